"""All schedulers, by the names that journal entries record."""

from duly.errors import DulyError
from duly.message import message
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.scheduler import Scheduler
from duly.scheduling.sm2 import PROFILES

NAMES = (*PROFILES, FSRS)
_FSRS = Fsrs()


def named(name: str) -> Scheduler:
    """The scheduler of this name, FSRS with its default parameters. Raises `DulyError` where there is none."""
    scheduler = _FSRS if name == FSRS else PROFILES.get(name)
    if scheduler is None:
        raise DulyError(message("there is no scheduler {name!r}; there are {known}", name=name, known=", ".join(NAMES)))
    return scheduler
