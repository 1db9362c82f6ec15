"""The notes as they were seen last."""

from pathlib import Path

from tests.scheduling.histories import CAPITAL, review

from duly.cards import DeckName, NoteId
from duly.cards.note_snapshot import NoteSnapshot
from duly.journal import Journal
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory


def seen(question: str, note: str = "n1") -> NoteSnapshot:
    return NoteSnapshot(NoteId(note), DeckName("d"), question, "答\x00案", "/d.yaml")


def test_what_was_seen_last_is_remembered_across_restarts(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "duly.db") as journal:
        assert journal.seen_notes() == {}
        with journal.transaction() as transaction:
            transaction.save_seen_notes([seen("one"), seen("two", "n2")])
        with journal.transaction() as transaction:
            transaction.save_seen_notes([seen("one, in other words")])
    with Journal.open(tmp_path / "duly.db") as journal:
        assert journal.seen_notes() == {"n1": seen("one, in other words"), "n2": seen("two", "n2")}


def test_the_notes_that_are_learned_are_those_with_a_card_that_is_not_as_new(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "duly.db") as journal:
        with journal.transaction() as transaction:
            transaction.append(review(CAPITAL, 0), Schedule(memory=Sm2Memory(1)))
        assert journal.notes_with_progress() == {CAPITAL.note}
        with journal.transaction() as transaction:
            transaction.save_schedule(CAPITAL, NEW)
        assert journal.notes_with_progress() == set()
