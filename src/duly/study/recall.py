"""What was remembered when it was due, beside what the scheduler had predicted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from duly.scheduling.fsrs import Fsrs
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import ReplayStep
from duly.scheduling.schedule import FsrsMemory, Schedule
from duly.scheduling.sm2 import INTENDED_RECALL

INTERVALS = (1, 3, 7, 14, 20, 30, 60, 90, 180, 365)
"""The upper ends, in days, of the classes into which intervals are counted; one class more holds what is longer."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some answers were remembered."""

    passed: int = 0
    number: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there was nothing to remember."""
        return self.passed / self.number if self.number else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.passed + other.passed, self.number + other.number)


@dataclass(frozen=True, slots=True)
class Recall:
    """Of some answers to cards that were due, what was remembered, and the share that was `predicted`, 0 to 1."""

    real: Share
    predicted: float


def share_of(reviews: Sequence[Review]) -> Share:
    return Share(sum(review.grade.is_pass for review in reviews), len(reviews))


def recall_by_interval(of_due: Iterable[tuple[ReplayStep, Review]], fsrs: Fsrs) -> tuple[Recall | None, ...]:
    """What was remembered and predicted in each class of `INTERVALS`; None where a class is empty."""
    classes: list[list[tuple[Review, float]]] = [[] for _ in range(len(INTERVALS) + 1)]
    for step, entry in of_due:
        predicted = _predicted(step.before, entry.moment.day, fsrs)
        classes[class_of(step.before.interval, INTERVALS)].append((entry, predicted))
    return tuple(
        Recall(share_of([entry for entry, _ in part]), fmean(chance for _, chance in part)) if part else None
        for part in classes
    )


def _predicted(before: Schedule, day: int, fsrs: Fsrs) -> float:
    """The chance of recall on a study day, as the scheduler that ruled the last answer aims: SM-2 at 90 % when a card
    is due. The interval of a card that was learned elsewhere, on a day unknown, ends when it is due."""
    last = before.last if before.last is not None else (before.due or day) - before.interval
    elapsed = max(day - last, 0)
    if isinstance(before.memory, FsrsMemory):
        return fsrs.retrievability(before.memory.stability, elapsed)
    chance: float = INTENDED_RECALL ** (elapsed / max(before.interval, 1))
    return chance


def counted_in(values: Iterable[float], ends: Sequence[int]) -> tuple[int, ...]:
    """How many values lie in each class, its upper end included; the last class has none."""
    classes = [0] * (len(ends) + 1)
    for value in values:
        classes[class_of(value, ends)] += 1
    return tuple(classes)


def class_of(value: float, ends: Sequence[int]) -> int:
    """The index of the class in which a value lies."""
    return next((index for index, end in enumerate(ends) if value <= end), len(ends))
