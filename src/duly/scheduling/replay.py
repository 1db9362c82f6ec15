"""From a journal to where every card stands: schedules are computed, only the entries are kept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import assert_never

from duly.cards import CardId
from duly.scheduling.entries import (
    Adoption,
    Bury,
    Entry,
    EntryId,
    Fitting,
    Logged,
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
from duly.scheduling.scheduler import Outcome, Scheduler
from duly.scheduling.schedulers import with_fitted

DAY = 86_400_000
"""A day in milliseconds."""


def replay(logged: Iterable[Logged], scheduler_named: Callable[[str], Scheduler]) -> dict[CardId, Schedule]:
    """The schedule of every card that is no longer as new. Each answer is given to the scheduler it names."""
    schedules: dict[CardId, Schedule] = {}
    past: defaultdict[CardId, list[Entry]] = defaultdict(list)
    facts = effective(logged)
    scheduler_named = with_fitted(facts, scheduler_named)
    for one in facts:
        card = one.entry.card
        schedules[card] = after(schedules.get(card, NEW), one.entry, scheduler_named, past[card])
        past[card].append(one.entry)
    return {card: schedule for card, schedule in schedules.items() if schedule != NEW}


def effective(logged: Iterable[Logged]) -> tuple[Logged, ...]:
    """The facts that count, in order: neither what was undone nor the undos themselves."""
    entries = in_order(logged)
    voided = _voided(entries)
    return tuple(one for one in entries if not isinstance(one.entry, Undo) and one.id not in voided)


def undoable(logged: Iterable[Logged]) -> tuple[Logged, ...]:
    """What the next undo takes back: the last fact that counts, with those of its step, and was not made elsewhere."""
    return _last_step([one for one in effective(logged) if not one.id.is_from_elsewhere])


def redoable(logged: Iterable[Logged]) -> tuple[Logged, ...]:
    """What the next redo takes back: the last undo of facts that still holds, unless one was made after it here."""
    entries = in_order(logged)
    voided = _voided(entries)
    undos = {one.id for one in entries if isinstance(one.entry, Undo)}
    holding: list[Logged] = []
    for one in reversed(entries):
        if one.id.is_from_elsewhere:
            continue
        if not isinstance(one.entry, Undo):
            break
        if one.id not in voided and one.entry.target not in undos:
            holding.append(one)
    return _last_step(holding[::-1])


def in_order(logged: Iterable[Logged]) -> list[Logged]:
    """The entries as they happened: by number on each device, and by moment across devices.

    A clock that was set back cannot put a device's entries out of their order: a moment counts as the latest one its
    device had reached. One that was ahead by more than a day had reached nothing: its moments count as a day after the
    earliest that came later.
    """
    by_device = sorted(logged, key=lambda one: (one.id.device, one.id.number))
    earliest: dict[str, int] = {}
    reached: list[int] = []
    for one in reversed(by_device):
        device, at = one.id.device, one.entry.moment.at
        earliest[device] = min(at, earliest.get(device, at))
        reached.append(min(at, earliest[device] + DAY))
    latest: dict[str, int] = {}
    keyed: list[tuple[int, str, int, Logged]] = []
    for one, at in zip(by_device, reversed(reached), strict=True):
        device = one.id.device
        latest[device] = max(at, latest.get(device, at))
        keyed.append((latest[device], device, one.id.number, one))
    keyed.sort(key=itemgetter(0, 1, 2))
    return [one for *_, one in keyed]


def _last_step(entries: Sequence[Logged]) -> tuple[Logged, ...]:
    return tuple(one for one in entries if one.first == entries[-1].first)


def _voided(entries: list[Logged]) -> set[EntryId]:
    """What is undone by an undo that holds. An undo is judged after those that target it, however long the chain."""
    targets = {one.id: one.entry.target for one in entries if isinstance(one.entry, Undo)}
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


def after(
    schedule: Schedule, entry: Entry, scheduler_named: Callable[[str], Scheduler], past: Iterable[Entry] = ()
) -> Schedule:
    """Where a fact leaves a card that stood at `schedule`. `past` are the facts about the card before it, in order."""
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
        case Adoption():
            taken = entry.schedule
            suspended, starred = taken.suspended or schedule.suspended, taken.starred or schedule.starred
            return replace(taken, suspended=suspended, starred=starred)
        case Fitting():
            return schedule
        case Undo():
            raise AssertionError("an undo is no fact")
        case unknown:
            assert_never(unknown)


def outcome(schedule: Schedule, review: Review, scheduler: Scheduler, past: Iterable[Entry]) -> Outcome:
    """What an answer was, and where it leads a card with this past."""
    answered = scheduler.answer(known_to(scheduler, schedule, past), review.grade, review.moment.day)
    if review.due is None:
        return answered
    return replace(answered, schedule=scheduler.moved(answered.schedule, review.due))


def known_to(scheduler: Scheduler, schedule: Schedule, past: Iterable[Entry]) -> Schedule:
    """The schedule with what this scheduler would remember of the card, had it ruled all the answers in its past.

    Where another scheduler ruled the last answer, nothing is converted: the memory is worked out from the grades. Only
    where the past holds none, as of a card that was learned elsewhere, the scheduler goes by interval and easiness.
    """
    if schedule.is_new or isinstance(schedule.memory, scheduler.memory_type):
        return schedule
    replayed = NEW
    for entry in past:
        replayed = after(replayed, entry, lambda _name: scheduler)
    return replace(schedule, memory=replayed.memory) if isinstance(replayed.memory, scheduler.memory_type) else schedule
