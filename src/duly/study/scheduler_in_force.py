"""The scheduler for new answers: the one in the settings, with the parameters that were fitted to the learner."""

from dataclasses import replace

from duly.journal import Journal, Transaction
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.replay import without_undone
from duly.scheduling.scheduler_protocol import Scheduler
from duly.scheduling.scheduler_registry import find_scheduler, fitted_fsrs
from duly.settings import Settings


def scheduler_in_force(settings: Settings, journal: Journal | Transaction) -> Scheduler:
    """The scheduler that the settings name, FSRS with the parameters in the journal."""
    return fsrs_in_force(settings, journal) if settings.scheduler == FSRS else find_scheduler(settings.scheduler)


def fsrs_in_force(settings: Settings, journal: Journal | Transaction) -> Fsrs:
    """FSRS with the latest parameters in the journal and the retention of the settings."""
    return replace(fsrs_from_journal(journal), retention=settings.retention)


def fsrs_from_journal(journal: Journal | Transaction) -> Fsrs:
    """FSRS with the latest parameters in the journal."""
    return fitted_fsrs(without_undone(journal.entries_of(())))
