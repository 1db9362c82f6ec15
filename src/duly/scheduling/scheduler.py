"""What every scheduler can do: say where an answer leads, for all grades at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule


class AnswerKind(StrEnum):
    """What an answer was: due, repeated on the day of its review, once more without need, or before its day."""

    REVIEW = "review"
    DRILL = "drill"
    EXTRA = "extra"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer was, and where it leads."""

    kind: AnswerKind
    schedule: Schedule


class Scheduler(Protocol):
    """Pure: a schedule, a grade and a day in, an outcome out."""

    @property
    def name(self) -> str:
        """The name journal entries are marked with, such as ``sm2-paper``."""

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """Where this answer leads. A `today` before the card's last day is taken as that day."""

    def futures(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """Where each of the six grades would lead."""
