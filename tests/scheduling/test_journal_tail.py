"""Undo and redo find at the end of a journal what they would find in the whole."""

from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, moment, review

from duly.cards import CardId
from duly.scheduling.entries import Entry, EntryId, JournalEntry, Undo
from duly.scheduling.undo import JournalTail, redoable, undoable

DOINGS = st.lists(st.tuples(st.sampled_from(["answer", "answer", "undo", "redo"]), st.integers(1, 3)), max_size=25)


def journal(doings: list[tuple[str, int]]) -> list[JournalEntry]:
    """A journal in which each answer is to one card or, as one step, several; undo and redo take a whole step back."""
    written: list[JournalEntry] = []
    for doing, size in doings:
        first = len(written) + 1
        if doing == "answer":
            entries: list[Entry] = [review((CAPITAL, RIVER)[at % 2], 20_000) for at in range(size)]
        else:
            found = (undoable if doing == "undo" else redoable)(written)
            entries = [Undo(one.entry.card, moment(20_000), one.id) for one in found]
        for number, entry in enumerate(entries, first):
            written.append(JournalEntry(EntryId("desk", number), entry, first if number > first else None))
    return written


@given(DOINGS, st.integers(0, 30), st.sampled_from([(CAPITAL, RIVER), (RIVER,), ()]))
def test_an_ending_gives_what_the_whole_gives_or_asks_for_more(
    doings: list[tuple[str, int]], length: int, known: tuple[CardId, ...]
) -> None:
    whole = journal(doings)
    about = [one for one in whole if one.entry.card in known]
    ending = JournalTail(whole[max(0, len(whole) - length) :], is_whole=length > len(whole))
    assert ending.undoable(known) in (None, undoable(about))
    assert ending.redoable(known) in (None, redoable(about))


def test_a_short_ending_is_enough_after_answers() -> None:
    written = journal([("answer", 1)] * 20)
    ending = JournalTail(written[-3:], is_whole=False)
    assert ending.undoable((CAPITAL, RIVER)) == (written[-1],)
    assert ending.redoable((CAPITAL, RIVER)) == ()


def test_more_is_asked_for_where_what_was_done_lies_before() -> None:
    written = journal([("answer", 1)] * 5 + [("undo", 1)] * 5)
    for ending in (JournalTail(written[-3:], is_whole=False), JournalTail((), is_whole=False)):
        assert ending.undoable((CAPITAL, RIVER)) is None
        assert ending.redoable((CAPITAL, RIVER)) is None
    assert JournalTail(written, is_whole=True).undoable((CAPITAL, RIVER)) == ()
