"""All schedulers by the names that journal entries record, and FSRS with the latest fitted parameters."""

from collections.abc import Callable, Sequence

from duly.errors import DulyError
from duly.message import message
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.journal_entries import Fitting, JournalEntry
from duly.scheduling.scheduler_protocol import Scheduler
from duly.scheduling.sm2 import PROFILES

SCHEDULER_NAMES = (*PROFILES, FSRS)
_FSRS = Fsrs()

SchedulerNamed = Callable[[str], Scheduler]


def find_scheduler(name: str) -> Scheduler:
    """The scheduler of this name, FSRS with its default parameters. Raises `DulyError` if there is none."""
    scheduler = _FSRS if name == FSRS else PROFILES.get(name)
    if scheduler is None:
        raise DulyError(
            message("there is no scheduler {name!r}; there are {known}", name=name, known=[*SCHEDULER_NAMES])
        )
    return scheduler


def fitted_fsrs(facts: Sequence[JournalEntry]) -> Fsrs:
    """FSRS with the latest fitted parameters, or the default ones."""
    latest = next((fact.entry for fact in reversed(facts) if isinstance(fact.entry, Fitting)), None)
    return _FSRS if latest is None else Fsrs(latest.parameters)


def with_fitted_fsrs(facts: Sequence[JournalEntry], scheduler_named: SchedulerNamed) -> SchedulerNamed:
    """The same schedulers, but FSRS with the latest fitted parameters for all answers, also earlier ones."""
    latest = fitted_fsrs(facts)
    return scheduler_named if latest is _FSRS else lambda name: latest if name == FSRS else scheduler_named(name)
