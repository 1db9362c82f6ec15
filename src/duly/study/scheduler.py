"""The scheduler that rules the answers of a session: the one that is set, with what was fitted to the learner."""

from dataclasses import replace

from duly.journal import Journal, Transaction
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.replay import without_undone
from duly.scheduling.scheduler import Scheduler
from duly.scheduling.schedulers import fitted, named
from duly.settings import Settings


def scheduler_in_force(settings: Settings, journal: Journal | Transaction) -> Scheduler:
    """The scheduler of the settings."""
    return fsrs_in_force(settings, journal) if settings.scheduler == FSRS else named(settings.scheduler)


def fsrs_in_force(settings: Settings, journal: Journal | Transaction) -> Fsrs:
    """FSRS as it would rule now: with the latest parameters in the journal, and the retention that is set."""
    return replace(fitted_fsrs(journal), retention=settings.retention)


def fitted_fsrs(journal: Journal | Transaction) -> Fsrs:
    """FSRS with the latest parameters in the journal."""
    return fitted(without_undone(journal.entries_of(())))
