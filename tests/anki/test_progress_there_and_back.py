"""Progress that goes into a package and comes out again on another device."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.anki.package_export import export_package
from duly.anki.progress.calendar import Calendar
from duly.anki.progress.from_anki import read_progress
from duly.anki.progress.to_anki import ReviewHistories
from duly.anki.read.open_anki import open_anki
from duly.cards import Card, CardId, Cloze, DeckName, Note, NoteId, Reversed, cards_of
from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds, study_day
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Entry, EntryId, JournalEntry, Moment, Reset, Resume, Review, Suspend, Undo
from duly.scheduling.replay import replay
from duly.scheduling.review_history import histories
from duly.scheduling.schedule import Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.import_into_journal import ImportReport, import_into_journal

pytestmark = pytest.mark.slow

DECK = DeckName("d")
NOTES = (Note(NoteId("rev"), Reversed("q", "a"), DECK), Note(NoteId("cloze"), Cloze("{{c1::a}} {{c7::b}}"), DECK))
CARDS: tuple[Card, ...] = tuple(card for note in NOTES for card in cards_of(note))
BEGINNING = datetime(2024, 1, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def moment(instant: int) -> Moment:
    return Moment(instant, study_day(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)), 0)


@st.composite
def lives(draw: st.DrawFn, scheduler: str = "sm2-paper") -> Sequence[JournalEntry]:
    """What a learner did on two devices, as time went by: all grades, lapses, drills, resets, suspensions, undos.

    Answers that FSRS ruled led to any day, as retentions, fuzz and balance choose it.
    """
    now, journal = milliseconds(BEGINNING), list[JournalEntry]()
    for number in range(1, draw(st.integers(0, 30)) + 1):
        now += draw(st.sampled_from([1, 60_000, 3_600_000, 86_400_000, 6 * 86_400_000, 20 * 86_400_000]))
        card = draw(st.sampled_from(CARDS)).id
        undone = draw(st.sampled_from(journal)) if journal and not draw(st.integers(0, 6)) else None
        today = moment(now).day
        due = st.integers(today + 1, today + 400).map(StudyDay) if scheduler == "fsrs" else st.none()
        answers: st.SearchStrategy[Entry] = st.builds(
            Review, st.just(card), st.just(moment(now)), st.sampled_from(Grade), st.just(scheduler), due=due
        )
        other_entries: st.SearchStrategy[Entry] = st.sampled_from(
            [Suspend(card, moment(now)), Resume(card, moment(now)), Reset(card, moment(now))]
        )
        entry: Entry = draw(st.one_of(answers, answers, answers, answers, other_entries))
        if undone is not None:
            entry = Undo(undone.entry.card, moment(now), undone.id)
        journal.append(JournalEntry(EntryId(draw(st.sampled_from(["desk", "laptop"])), number), entry))
    return journal


def import_entries(file: Path, entries: Sequence[JournalEntry]) -> None:
    """Writes entries into a journal."""
    with Journal.open(file) as journal, journal.transaction() as transaction:
        for logged in entries:
            transaction.import_entry(logged)
        for card, schedule in replay(entries, find_scheduler).items():
            transaction.save_schedule(card, schedule)


def write_package(source: Path, folder: Path) -> Path:
    """A package with what the journal `source` knows."""
    with Journal.open(source) as journal:
        review_histories = ReviewHistories(histories(journal.entries(), find_scheduler), study_day(NOW))
    export_package(NOTES, folder / "out.apkg", folder / "exports.db", NOW, review_histories=review_histories)
    return folder / "out.apkg"


def import_package(
    package: Path, target: Path, *, scheduler: str = "sm2-paper", keep_due: bool = False
) -> tuple[ImportReport, dict[CardId, Schedule], list[JournalEntry]]:
    """What an import into the journal `target` does, and what is in it then."""
    now = moment(milliseconds(NOW))
    with Journal.open(target) as journal, open_anki(package) as collection:
        anki_progress = read_progress(collection, [card.id for card in CARDS], Calendar(moment, now), scheduler)
        assert not anki_progress.left_out_counts
        report = import_into_journal(journal, anki_progress.cards, now, keep_due=keep_due)
        entries = list(journal.entries())
        assert journal.schedules() == replay(entries, find_scheduler)
        return report, journal.schedules(), entries


@settings(max_examples=30)
@given(lives(), st.booleans())
def test_another_device_schedules_as_the_first_and_importing_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, before: Sequence[JournalEntry], keep_due: bool
) -> None:
    folder = tmp_path_factory.mktemp("devices")
    first_journal, second_journal = folder / "here.db", folder / "there.db"
    import_entries(first_journal, before)
    package = write_package(first_journal, folder)
    _, schedules, entries = import_package(package, second_journal, keep_due=keep_due)
    assert schedules == replay(before, find_scheduler)
    report, *same = import_package(package, second_journal, keep_due=keep_due)
    assert replace(report, known=0) == ImportReport()
    assert same == [schedules, entries]
    report, schedules, _ = import_package(package, first_journal, keep_due=keep_due)
    assert replace(report, known=0, cards=0, suspended=0) == ImportReport()
    assert schedules == replay(before, find_scheduler)
    package_back = write_package(second_journal, folder)
    report, schedules, _ = import_package(package_back, first_journal, keep_due=keep_due)
    assert replace(report, known=0) == ImportReport()
    assert schedules == replay(before, find_scheduler)


@settings(max_examples=30)
@given(lives("fsrs"))
def test_under_fsrs_another_device_has_the_same_memory_and_due_days(
    tmp_path_factory: pytest.TempPathFactory, before: Sequence[JournalEntry]
) -> None:
    folder = tmp_path_factory.mktemp("devices")
    first_journal, second_journal = folder / "here.db", folder / "there.db"
    import_entries(first_journal, before)
    _, schedules, _ = import_package(write_package(first_journal, folder), second_journal, scheduler="fsrs")
    assert schedules == replay(before, find_scheduler)
    report, schedules, _ = import_package(write_package(second_journal, folder), first_journal, scheduler="fsrs")
    assert replace(report, known=0, cards=0, suspended=0) == ImportReport()
    assert schedules == replay(before, find_scheduler)
