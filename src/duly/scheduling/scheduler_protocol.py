"""The interface of schedulers, and the kinds of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Memory, Schedule


class AnswerKind(StrEnum):
    """The kind of an answer: to a due card, repeated in a drill, repeated without need, or before the due day."""

    REVIEW = "review"
    DRILL = "drill"
    EXTRA = "extra"
    AHEAD = "ahead"


def answer_kind(schedule: Schedule, day: StudyDay) -> AnswerKind:
    """The kind of an answer on a study day to a card with this schedule. The day is not before the card's last day."""
    if schedule.last == day:
        return AnswerKind.DRILL if schedule.drill else AnswerKind.EXTRA
    if schedule.last is not None and schedule.due is not None and day < schedule.due:
        return AnswerKind.AHEAD
    return AnswerKind.REVIEW


@dataclass(frozen=True, slots=True)
class Outcome:
    """The kind of an answer, and the resulting schedule."""

    kind: AnswerKind
    schedule: Schedule


class Scheduler(Protocol):
    """A pure function from a schedule, a grade and a study day to an outcome, with its properties."""

    @property
    def name(self) -> str:
        """The name that journal entries record, such as ``sm2-paper``."""

    @property
    def memory_type(self) -> type[Memory]:
        """The type of its memory. If a card has another scheduler's memory, one is computed from the card's answers."""

    @property
    def records_due(self) -> bool:
        """Whether entries record the due day after each answer, because it does not follow from the grades."""

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """The outcome of an answer. If `today` is before the card's last day, the last day counts."""

    def outcomes(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """The outcomes of the six grades."""

    def with_due(self, schedule: Schedule, due: StudyDay) -> Schedule:
        """The schedule with a due day that something else chose, such as fuzz."""
