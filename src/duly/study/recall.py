"""The recall of due cards, compared with the predictions of the scheduler."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from duly.scheduling.fsrs import Fsrs
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import ReplayStep
from duly.scheduling.schedule import FsrsMemory, Schedule
from duly.scheduling.sm2 import INTENDED_RECALL

INTERVALS = (1, 3, 7, 14, 20, 30, 60, 90, 180, 365)
"""The upper ends, in days, of classes of intervals; one more class has longer intervals."""


@dataclass(frozen=True, slots=True)
class Share:
    """The number of right answers among a number of answers."""

    pass_count: int = 0
    count: int = 0

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None if there are no answers."""
        return self.pass_count / self.count if self.count else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.pass_count + other.pass_count, self.count + other.count)


@dataclass(frozen=True, slots=True)
class Recall:
    """The real recall of due cards, and the mean of the predicted probabilities, 0 to 1."""

    real_share: Share
    predicted_share: float


def share_of(reviews: Sequence[Review]) -> Share:
    return Share(sum(review.grade.is_pass for review in reviews), len(reviews))


def recall_by_interval(due_answers: Iterable[tuple[ReplayStep, Review]], fsrs: Fsrs) -> tuple[Recall | None, ...]:
    """The real and predicted recall in each class of `INTERVALS`; None for an empty class."""
    classes: list[list[tuple[Review, float]]] = [[] for _ in range(len(INTERVALS) + 1)]
    for step, entry in due_answers:
        probability = _predicted_recall(step.before, entry.moment.day, fsrs)
        classes[class_of(step.before.interval, INTERVALS)].append((entry, probability))
    return tuple(
        Recall(share_of([entry for entry, _ in part]), fmean(chance for _, chance in part)) if part else None
        for part in classes
    )


def _predicted_recall(before: Schedule, day: int, fsrs: Fsrs) -> float:
    """The probability of recall on a study day, predicted by the scheduler of the last answer; SM-2 intends 90 % when a
    card is due. For a card that was learned elsewhere on an unknown day, the interval ends on the due day."""
    last = before.last if before.last is not None else (before.due or day) - before.interval
    elapsed = max(day - last, 0)
    if isinstance(before.memory, FsrsMemory):
        return fsrs.retrievability(before.memory.stability, elapsed)
    chance: float = INTENDED_RECALL ** (elapsed / max(before.interval, 1))
    return chance


def count_by_class(values: Iterable[float], ends: Sequence[int]) -> tuple[int, ...]:
    """The number of values in each class, which includes its upper end; the last class has no upper end."""
    classes = [0] * (len(ends) + 1)
    for value in values:
        classes[class_of(value, ends)] += 1
    return tuple(classes)


def class_of(value: float, ends: Sequence[int]) -> int:
    """The index of the class of a value."""
    return next((index for index, end in enumerate(ends) if value <= end), len(ends))
