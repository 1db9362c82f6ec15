"""What every fact of a journal did: the schedule of its card before and after."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.entries import Entry, Logged, Review
from duly.scheduling.replay import after, effective, outcome
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import AnswerKind, Scheduler
from duly.scheduling.schedulers import with_fitted


@dataclass(frozen=True, slots=True)
class Effect:
    """A fact that counts, where its card stood before and after; for an answer, which kind it was."""

    logged: Logged
    before: Schedule
    after: Schedule
    kind: AnswerKind | None = None


def effects(logged: Iterable[Logged], scheduler_named: Callable[[str], Scheduler]) -> Iterator[Effect]:
    """The facts of a journal in order, each with what it did. Each answer is given to the scheduler it names."""
    schedules: dict[CardId, Schedule] = {}
    past: defaultdict[CardId, list[Entry]] = defaultdict(list)
    facts = effective(logged)
    scheduler_named = with_fitted(facts, scheduler_named)
    for one in facts:
        entry = one.entry
        before = schedules.get(entry.card, NEW)
        kind = None
        if isinstance(entry, Review):
            answered = outcome(before, entry, scheduler_named(entry.scheduler), past[entry.card])
            kind, then = answered.kind, answered.schedule
        else:
            then = after(before, entry, scheduler_named)
        schedules[entry.card] = then
        past[entry.card].append(entry)
        yield Effect(one, before, then, kind)
