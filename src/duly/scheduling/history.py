"""The history of a card that counts: every answer with where the card stood before and after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.entries import EntryId, ImportedSchedule, JournalEntry, Reset, Review
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay_steps
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """An answer that counts. `instant` is its millisecond since 1970 in UTC, which no other answer shares; `took` is in
    milliseconds."""

    instant: int
    grade: Grade
    took: int
    before: Schedule
    after: Schedule


@dataclass(frozen=True, slots=True)
class History:
    """Where a card stands, and the answers that count since it was last new, or taken over from elsewhere."""

    schedule: Schedule = NEW
    answers: tuple[ReviewRecord, ...] = ()


def histories(logged: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, History]:
    """The history of every card that is no longer as new. `logged` is a whole journal, in the order it was written."""
    entries = tuple(logged)
    instants = answer_instants(entries)
    schedules: dict[CardId, Schedule] = {}
    answers: dict[CardId, list[ReviewRecord]] = {}
    for effect in replay_steps(entries, scheduler_named):
        entry = effect.logged.entry
        schedules[entry.card] = effect.after
        records = answers.setdefault(entry.card, [])
        if isinstance(entry, Reset | ImportedSchedule):
            records.clear()
        elif isinstance(entry, Review):
            records.append(
                ReviewRecord(instants[effect.logged.id], entry.grade, entry.took, effect.before, effect.after)
            )
    return {card: History(schedule, tuple(answers[card])) for card, schedule in schedules.items() if schedule != NEW}


def answer_instants(logged: Iterable[JournalEntry]) -> dict[EntryId, int]:
    """A millisecond of its own for each answer of a journal, undone or not: the one in which it was given.

    Where two answers share one, that which was written later gets the next free one. So entries that are appended
    change no instant that was given out before, and an answer is known by it wherever it has been carried.
    """
    instants: dict[EntryId, int] = {}
    used: set[int] = set()
    for item in logged:
        if isinstance(item.entry, Review):
            instant = max(1, item.entry.moment.at)
            while instant in used:
                instant += 1
            used.add(instant)
            instants[item.id] = instant
    return instants
