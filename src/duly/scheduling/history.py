"""The history of a card that counts: every answer with where the card stood before and after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.effects import effects
from duly.scheduling.entries import Adoption, EntryId, Logged, Reset, Review
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class Answer:
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
    answers: tuple[Answer, ...] = ()


def histories(logged: Iterable[Logged], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, History]:
    """The history of every card that is no longer as new. `logged` is a whole journal, in the order it was written."""
    entries = tuple(logged)
    instants = answer_instants(entries)
    schedules: dict[CardId, Schedule] = {}
    answers: dict[CardId, list[Answer]] = {}
    for effect in effects(entries, scheduler_named):
        entry = effect.logged.entry
        schedules[entry.card] = effect.after
        told = answers.setdefault(entry.card, [])
        if isinstance(entry, Reset | Adoption):
            told.clear()
        elif isinstance(entry, Review):
            told.append(Answer(instants[effect.logged.id], entry.grade, entry.took, effect.before, effect.after))
    return {card: History(schedule, tuple(answers[card])) for card, schedule in schedules.items() if schedule != NEW}


def answer_instants(logged: Iterable[Logged]) -> dict[EntryId, int]:
    """A millisecond of its own for each answer of a journal, undone or not: the one in which it was given.

    Where two answers share one, that which was written later gets the next free one. So entries that are appended
    change no instant that was given out before, and an answer is known by it wherever it has been carried.
    """
    instants: dict[EntryId, int] = {}
    taken: set[int] = set()
    for one in logged:
        if isinstance(one.entry, Review):
            instant = max(1, one.entry.moment.at)
            while instant in taken:
                instant += 1
            taken.add(instant)
            instants[one.id] = instant
    return instants
