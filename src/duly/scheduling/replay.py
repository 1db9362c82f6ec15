"""Replays journal entries: which of them count, in which order, and the schedules that they lead to."""

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


def replay(entries: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, Schedule]:
    """The schedule of every card that is not new. Each answer is scheduled by the scheduler that it names."""
    schedules = {step.entry.card: step.after for step in replay_steps(entries, scheduler_named)}
    return {card: schedule for card, schedule in schedules.items() if schedule != NEW}


def without_undone(entries: Iterable[JournalEntry]) -> tuple[JournalEntry, ...]:
    """The entries that count, in order: without undone entries and without undos."""
    entries = in_order(entries)
    undone = undone_ids(entries)
    return tuple(item for item in entries if not isinstance(item.entry, Undo) and item.id not in undone)


def in_order(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The entries as they happened: by number on each device, and by moment across devices; see `with_order_keys`."""
    return [entry for *_key, entry in with_order_keys(entries)]


def with_order_keys(entries: Iterable[JournalEntry]) -> list[tuple[int, str, int, JournalEntry]]:
    """The entries in order, each after its sort key: its corrected time, its device and its number.

    Entries of a device stay in the order of their numbers, even if its clock was set back: an entry then gets the
    latest time of the entries before it. If a clock was ahead by more than a day, an entry gets at most the earliest
    time of the entries after it, plus a day.
    """
    by_device = sorted(entries, key=lambda entry: (entry.id.device, entry.id.number))
    earliest_later: dict[str, int] = {}
    plausible_times: list[int] = []
    for journal_entry in reversed(by_device):
        device, at = journal_entry.id.device, journal_entry.entry.moment.at
        earliest_later[device] = min(at, earliest_later.get(device, at))
        plausible_times.append(min(at, earliest_later[device] + DAY))
    latest_earlier: dict[str, int] = {}
    ordered: list[tuple[int, str, int, JournalEntry]] = []
    for journal_entry, at in zip(by_device, reversed(plausible_times), strict=True):
        device = journal_entry.id.device
        latest_earlier[device] = max(at, latest_earlier.get(device, at))
        ordered.append((latest_earlier[device], device, journal_entry.id.number, journal_entry))
    ordered.sort(key=itemgetter(0, 1, 2))
    return ordered


def undone_ids(entries: list[JournalEntry]) -> set[EntryId]:
    """The ids of undone entries. An undo may be undone itself, so the undos that target it are resolved first."""
    targets = {item.id: item.entry.target for item in entries if isinstance(item.entry, Undo)}
    pending_undos = Counter(targets.values())
    ready_undos = [undo for undo in targets if not pending_undos[undo]]
    undone: set[EntryId] = set()
    while ready_undos:
        undo = ready_undos.pop()
        target = targets[undo]
        if undo not in undone:
            undone.add(target)
        pending_undos[target] -= 1
        if target in targets and not pending_undos[target]:
            ready_undos.append(target)
    return undone


def apply(
    schedule: Schedule, entry: Entry, scheduler_named: Callable[[str], Scheduler], earlier_entries: Iterable[Entry] = ()
) -> Schedule:
    """The schedule of a card after an entry. `earlier_entries` are those of the card before it, in order."""
    match entry:
        case Review():
            return outcome(schedule, entry, scheduler_named(entry.scheduler), earlier_entries).schedule
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
            # If the card was learned here already, the entry is from a device that did not know it yet.
            new_schedule = entry.schedule if schedule.is_new else schedule
            suspended, starred = new_schedule.suspended or schedule.suspended, new_schedule.starred or schedule.starred
            return replace(new_schedule, suspended=suspended, starred=starred)
        case Fitting():
            return schedule
        case Undo():
            raise AssertionError("undos are removed before entries are applied")
        case unknown:
            assert_never(unknown)


def outcome(schedule: Schedule, review: Review, scheduler: Scheduler, earlier_entries: Iterable[Entry]) -> Outcome:
    """The outcome of an answer to a card with these earlier entries."""
    schedule_with_memory = with_memory_of(scheduler, schedule, earlier_entries)
    planned_outcome = scheduler.answer(schedule_with_memory, review.grade, review.moment.day)
    if review.due is None:
        return planned_outcome
    return replace(planned_outcome, schedule=scheduler.with_due(planned_outcome.schedule, review.due))


def with_memory_of(scheduler: Scheduler, schedule: Schedule, earlier_entries: Iterable[Entry]) -> Schedule:
    """The schedule with the memory that this scheduler would have if it had scheduled all earlier answers.

    The memory of another scheduler is not converted; it is computed anew from the grades. If there are none, because
    the card was learned elsewhere, the schedule is unchanged, and the scheduler starts from interval and easiness.
    """
    if schedule.is_new or isinstance(schedule.memory, scheduler.memory_type):
        return schedule
    replayed_schedule = NEW
    for entry in earlier_entries:
        replayed_schedule = apply(replayed_schedule, entry, lambda _name: scheduler)
    memory = replayed_schedule.memory
    return replace(schedule, memory=memory) if isinstance(memory, scheduler.memory_type) else schedule


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """An entry that counts, the schedules of its card before and after it, and for an answer its kind."""

    journal_entry: JournalEntry
    before: Schedule
    after: Schedule
    kind: AnswerKind | None = None

    @property
    def entry(self) -> Entry:
        return self.journal_entry.entry


def replay_steps(entries: Iterable[JournalEntry], scheduler_named: Callable[[str], Scheduler]) -> Iterator[ReplayStep]:
    """The entries of a journal that count, in order, with their effects. Each answer is scheduled by the
    scheduler that it names.
    """
    schedules: dict[CardId, Schedule] = {}
    earlier_entries: defaultdict[CardId, list[Entry]] = defaultdict(list)
    counting_entries = without_undone(entries)
    scheduler_named = with_fitted_fsrs(counting_entries, scheduler_named)
    for journal_entry in counting_entries:
        entry = journal_entry.entry
        before = schedules.get(entry.card, NEW)
        kind = None
        if isinstance(entry, Review):
            answer_outcome = outcome(before, entry, scheduler_named(entry.scheduler), earlier_entries[entry.card])
            kind, after = answer_outcome.kind, answer_outcome.schedule
        else:
            after = apply(before, entry, scheduler_named)
        schedules[entry.card] = after
        earlier_entries[entry.card].append(entry)
        yield ReplayStep(journal_entry, before, after, kind)
