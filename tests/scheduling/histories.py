"""Journals for tests: entries made by the line, and entries and whole histories made by chance."""

from collections.abc import Sequence

from hypothesis import strategies as st

from duly.cards import BACK, FRONT, CardId, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    EntryId,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Reset,
    Resume,
    Review,
    SetDue,
    Star,
    Suspend,
    Undo,
    Unstar,
)
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import SCHEDULER_NAMES

CAPITAL = CardId(NoteId("capital"), FRONT)
RIVER = CardId(NoteId("river"), BACK)

DAY_LENGTH = 86_400_000


def moment(day: int, at: int | None = None) -> Moment:
    """Noon of a study day, or the moment `at`, in milliseconds."""
    return Moment(day * DAY_LENGTH + DAY_LENGTH // 2 if at is None else at, StudyDay(day), 0)


def review(card: CardId, day: int, grade: int = 4, scheduler: str = "sm2-paper", due: int | None = None) -> Review:
    return Review(card, moment(day), Grade(grade), scheduler, 1500, None if due is None else StudyDay(due))


def logged(*entries: Entry, device: str = "desk") -> list[JournalEntry]:
    """The entries as one device logs them, numbered from 1."""
    return [JournalEntry(EntryId(device, number), entry) for number, entry in enumerate(entries, 1)]


def undo(target: JournalEntry, day: int) -> Undo:
    return Undo(target.entry.card, moment(day), target.id)


def sm2_memory(schedule: Schedule) -> Sm2Memory:
    """What SM-2 remembers of a card that it rules."""
    assert isinstance(schedule.memory, Sm2Memory)
    return schedule.memory


days = st.integers(20_000, 20_400).map(StudyDay)
cards = st.sampled_from([CAPITAL, RIVER, CardId(NoteId("a/b c"), FRONT)])
moments = st.builds(Moment, st.integers(0, 4_000_000_000_000), days, st.integers(-900, 900))
memories = st.one_of(
    st.builds(Sm2Memory, st.integers(0, 30), st.integers(65, 400).map(lambda half: 2 * half)),
    st.builds(FsrsMemory, st.floats(0.001, 36_500), st.floats(1, 10)),
)
schedules = st.builds(
    Schedule,
    interval=st.integers(0, 36_500),
    lapses=st.integers(0, 50),
    due=st.none() | days,
    last=st.none() | days,
    drill=st.booleans(),
    suspended=st.booleans(),
    buried_until=st.none() | days,
    starred=st.booleans(),
    memory=memories,
)


def reviews(schedulers: Sequence[str]) -> st.SearchStrategy[Review]:
    """Answers ruled by some schedulers."""
    grades = st.sampled_from(list(Grade))
    return st.builds(
        Review, cards, moments, grades, st.sampled_from(schedulers), st.integers(0, 60_000), st.none() | days
    )


others: st.SearchStrategy[Entry] = st.one_of(
    st.builds(Suspend, cards, moments),
    st.builds(Resume, cards, moments),
    st.builds(Star, cards, moments),
    st.builds(Unstar, cards, moments),
    st.builds(Bury, cards, moments, days),
    st.builds(Reset, cards, moments),
    st.builds(SetDue, cards, moments, days),
    st.builds(ImportedSchedule, cards, moments, schedules, st.text()),
)


facts: st.SearchStrategy[Entry] = reviews(SCHEDULER_NAMES) | others


@st.composite
def journals(draw: st.DrawFn, facts: st.SearchStrategy[Entry] = facts) -> Sequence[JournalEntry]:
    """The journal of one device: facts, and undos of any entry before them, undos too."""
    entries: list[JournalEntry] = []
    for number in range(1, draw(st.integers(0, 15)) + 1):
        takes_back = draw(st.booleans())
        if entries and takes_back:
            target = draw(st.sampled_from(entries))
            entry: Entry = Undo(target.entry.card, draw(moments), target.id)
        else:
            entry = draw(facts)
        entries.append(JournalEntry(EntryId("desk", number), entry))
    return entries
