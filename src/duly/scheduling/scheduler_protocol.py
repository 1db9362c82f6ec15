"""The interface of a scheduler: from a schedule and a grade to an outcome; and what kind of answer that was."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Memory, Schedule


class AnswerKind(StrEnum):
    """What an answer was: due, repeated on the day of its review, once more without need, or before its day."""

    REVIEW = "review"
    DRILL = "drill"
    EXTRA = "extra"
    AHEAD = "ahead"


def answer_kind(schedule: Schedule, day: StudyDay) -> AnswerKind:
    """The kind of an answer on a study day to a card with this schedule. The day is not before the card's last."""
    if schedule.last == day:
        return AnswerKind.DRILL if schedule.drill else AnswerKind.EXTRA
    if schedule.last is not None and schedule.due is not None and day < schedule.due:
        return AnswerKind.AHEAD
    return AnswerKind.REVIEW


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

    @property
    def memory_type(self) -> type[Memory]:
        """The type of its memory. In place of another scheduler's memory, one is computed from the card's answers."""

    @property
    def records_due(self) -> bool:
        """Whether the day an answer leads to is written into its entry, because it does not follow from the grades."""

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """Where this answer leads. A `today` before the card's last day is taken as that day."""

    def futures(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """Where each of the six grades would lead."""

    def moved(self, schedule: Schedule, due: StudyDay) -> Schedule:
        """The schedule after an answer whose due day was chosen by something else, such as fuzz."""
