"""From journal entries to schedules: what counts, in which order, and what each entry changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import assert_never

from duly.cards import CardId
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    EntryId,
    Fitting,
    ImportedSchedule,
    JournalEntry,
    Reset,
    Resume,
    Review,
    SetDue,
    Star,
    Suspend,
    Undo,
    Unstar,
)
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_protocol import AnswerKind, Outcome, Scheduler
from duly.scheduling.scheduler_registry import with_fitted_fsrs

DAY = 86_400_000
"""A day in milliseconds."""


def replay(logged: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, Schedule]:
    """The schedule of every card that is no longer new. Each answer is given to the scheduler it names."""
    schedules = {step.logged.entry.card: step.after for step in replay_steps(logged, scheduler_named)}
    return {card: schedule for card, schedule in schedules.items() if schedule != NEW}


def without_undone(logged: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """The facts that count, in order: neither what was undone nor the undos themselves."""
    entries = in_order(logged)
    voided = undone_ids(entries)
    return tuple(item for item in entries if not isinstance(item.entry, Undo) and item.id not in voided)


def in_order(logged: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The entries as they happened: by number on each device, and by moment across devices; see `with_order_keys`."""
    return [entry for *_key, entry in with_order_keys(logged)]


def with_order_keys(logged: Iterable[JournalEntry]) -> list[tuple[int, str, int, JournalEntry]]:
    """The entries in order, each behind its sort key: its moment as it counts, its device and its number.

    A clock that was set back cannot put a device's entries out of their order: a moment counts as the latest one its
    device had reached. One that was ahead by more than a day had reached nothing: its moments count as a day after the
    earliest that came later.
    """
    by_device = sorted(logged, key=lambda entry: (entry.id.device, entry.id.number))
    earliest: dict[str, int] = {}
    reached: list[int] = []
    for logged_entry in reversed(by_device):
        device, at = logged_entry.id.device, logged_entry.entry.moment.at
        earliest[device] = min(at, earliest.get(device, at))
        reached.append(min(at, earliest[device] + DAY))
    latest: dict[str, int] = {}
    ordered: list[tuple[int, str, int, JournalEntry]] = []
    for logged_entry, at in zip(by_device, reversed(reached), strict=True):
        device = logged_entry.id.device
        latest[device] = max(at, latest.get(device, at))
        ordered.append((latest[device], device, logged_entry.id.number, logged_entry))
    ordered.sort(key=itemgetter(0, 1, 2))
    return ordered


def undone_ids(entries: list[JournalEntry]) -> set[EntryId]:
    """What is undone by an undo that holds. An undo is judged after those that target it, however long the chain."""
    targets = {item.id: item.entry.target for item in entries if isinstance(item.entry, Undo)}
    unjudged = Counter(targets.values())
    ready = [undo for undo in targets if not unjudged[undo]]
    voided: set[EntryId] = set()
    while ready:
        undo = ready.pop()
        target = targets[undo]
        if undo not in voided:
            voided.add(target)
        unjudged[target] -= 1
        if target in targets and not unjudged[target]:
            ready.append(target)
    return voided


def apply(
    schedule: Schedule, entry: Entry, scheduler_named: Callable[[str], Scheduler], past: Iterable[Entry] = ()
) -> Schedule:
    """The schedule of a card after a fact. `past` are the earlier facts about the card, in order."""
    match entry:
        case Review():
            return outcome(schedule, entry, scheduler_named(entry.scheduler), past).schedule
        case Suspend():
            return replace(schedule, suspended=True)
        case Resume():
            return replace(schedule, suspended=False)
        case Star():
            return replace(schedule, starred=True)
        case Unstar():
            return replace(schedule, starred=False)
        case Bury():
            return replace(schedule, buried_until=entry.until)
        case Reset():
            return Schedule(suspended=schedule.suspended, starred=schedule.starred)
        case SetDue():
            return replace(schedule, due=entry.due, drill=False, buried_until=None)
        case ImportedSchedule():
            # Another device imported this, not knowing yet that the card had been learned here.
            imported = entry.schedule if schedule.is_new else schedule
            suspended, starred = imported.suspended or schedule.suspended, imported.starred or schedule.starred
            return replace(imported, suspended=suspended, starred=starred)
        case Fitting():
            return schedule
        case Undo():
            raise AssertionError("an undo is no fact")
        case unknown:
            assert_never(unknown)


def outcome(schedule: Schedule, review: Review, scheduler: Scheduler, past: Iterable[Entry]) -> Outcome:
    """The outcome of an answer to a card with these earlier facts."""
    answered = scheduler.answer(with_memory_of(scheduler, schedule, past), review.grade, review.moment.day)
    if review.due is None:
        return answered
    return replace(answered, schedule=scheduler.moved(answered.schedule, review.due))


def with_memory_of(scheduler: Scheduler, schedule: Schedule, past: Iterable[Entry]) -> Schedule:
    """The schedule with the memory that this scheduler would have, had it scheduled all earlier answers.

    Where another scheduler had the last answer, no memory is converted: it is computed from the grades. Only where
    there are none, as for a card that was learned elsewhere, the scheduler starts from interval and easiness.
    """
    if schedule.is_new or isinstance(schedule.memory, scheduler.memory_type):
        return schedule
    replayed = NEW
    for entry in past:
        replayed = apply(replayed, entry, lambda _name: scheduler)
    return replace(schedule, memory=replayed.memory) if isinstance(replayed.memory, scheduler.memory_type) else schedule


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """A fact that counts, where its card stood before and after; for an answer, which kind it was."""

    logged: JournalEntry
    before: Schedule
    after: Schedule
    kind: AnswerKind | None = None


def replay_steps(logged: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> Iterator[ReplayStep]:
    """The facts of a journal in order, each with what it did. Each answer is given to the scheduler it names."""
    schedules: dict[CardId, Schedule] = {}
    past: defaultdict[CardId, list[Entry]] = defaultdict(list)
    facts = without_undone(logged)
    scheduler_named = with_fitted_fsrs(facts, scheduler_named)
    for fact in facts:
        entry = fact.entry
        before = schedules.get(entry.card, NEW)
        kind = None
        if isinstance(entry, Review):
            answered = outcome(before, entry, scheduler_named(entry.scheduler), past[entry.card])
            kind, then = answered.kind, answered.schedule
        else:
            then = apply(before, entry, scheduler_named)
        schedules[entry.card] = then
        past[entry.card].append(entry)
        yield ReplayStep(fact, before, then, kind)
