"""FSRS-6, a model of how long a card is remembered; with whole study days and double precision.

The formulae are those of the free spaced repetition scheduler (open-spaced-repetition, 2025) as py-fsrs 6.3 has them;
where published implementations differ, elapsed time is counted in study days, and stability is at most 36,500 days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, isfinite, log

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import Outcome, answer_kind

NAME = "fsrs"

DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""The 21 default parameters of FSRS-6, fitted by its authors to the logs of many learners."""

LEAST_PARAMETERS = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
GREATEST_PARAMETERS = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""The bounds of fitted parameters in py-fsrs and fsrs-rs."""

LEAST_STABILITY, GREATEST_STABILITY = 0.001, 36_500.0
"""Bounds of the stability, in days."""

DEFAULT_RETENTION = 0.9
LONGEST = 36_500
"""The longest interval in days."""

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
"""FSRS's ratings."""


def retrievability(stability: float, elapsed: int, curve: tuple[float, float]) -> float:
    """The probability that a card of this stability is remembered `elapsed` study days after its last answer."""
    decay, factor = curve
    recall: float = (1 + factor * elapsed / stability) ** decay
    return recall


def filled_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """21 parameters from as many, or from the 17 of FSRS-4.5 or the 19 of FSRS-5, by the rule of fsrs-rs.

    They lead to the same days as before, except for repeated answers on one day, which FSRS-4.5 ignores. Raises
    `ValueError` for any other number of parameters, or if one is not finite.
    """
    if not all(map(isfinite, parameters)):
        raise ValueError("a parameter that is not a number")
    match len(parameters):
        case 21:
            return tuple(parameters)
        case 19:
            return (*parameters, 0.0, 0.5)
        case 17:
            w4, w5, w6 = parameters[4:7]
            converted = (w4 + 2 * w5, log(3 * w5 + 1) / 3, w6 + 0.5)
            return (*parameters[:4], *converted, *parameters[7:], 0.0, 0.0, 0.0, 0.5)
        case number:
            raise ValueError(f"{number} parameters")


def bounded_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """The parameters, each clipped to its bounds."""
    return tuple(map(_clip, LEAST_PARAMETERS, parameters, GREATEST_PARAMETERS))


def checked_parameters(parameters: Sequence[object]) -> tuple[float, ...]:
    """The parameters, if they are valid; 1 % beyond the bounds is accepted, because fsrs-rs has single precision.

    Raises `ValueError` or `TypeError`.
    """
    bounds = zip(parameters, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True)
    valid_parameters = tuple(
        value
        for value, least, greatest in bounds
        if isinstance(value, float | int) and least * 0.99 <= value <= greatest * 1.01
    )
    if len(valid_parameters) != len(DEFAULT_PARAMETERS):
        raise ValueError("parameters that FSRS cannot have")
    return valid_parameters


def rating(grade: Grade) -> int:
    """FSRS's rating for a grade, 1 to 4: every grade below 3 is Again."""
    return max(AGAIN, grade - 1)


@dataclass(frozen=True, slots=True)
class Fsrs:
    """FSRS with a learner's parameters. `retention` is the desired probability of recall of a card that is due.

    `curve` is the decay of the forgetting curve, and the factor for which recall after the stability is 90 %.
    """

    parameters: Sequence[float] = DEFAULT_PARAMETERS
    retention: float = DEFAULT_RETENTION
    max_interval: int = LONGEST
    curve: tuple[float, float] = field(init=False, repr=False, compare=False)
    _stretch: float = field(init=False, repr=False, compare=False)
    """The interval at a stability of `factor` days."""

    def __post_init__(self) -> None:
        # Computed once, because a simulation uses them a million times.
        decay = -self.parameters[20]
        object.__setattr__(self, "curve", (decay, 0.9 ** (1 / decay) - 1))
        object.__setattr__(self, "_stretch", self.retention ** (1 / decay) - 1)

    @property
    def name(self) -> str:
        return NAME

    @property
    def memory_type(self) -> type[FsrsMemory]:
        return FsrsMemory

    @property
    def records_due(self) -> bool:
        """True: the day depends on the current parameters and retention, which differ between devices."""
        return True

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """The outcome of an answer. If `today` is before the card's last day, the last day counts.

        Every answer counts, also a second one on the same day; only forgotten cards are asked again on that day.
        """
        day = today if schedule.last is None else max(today, schedule.last)
        memory = self.memory_after(schedule, grade, day)
        interval = self.interval(memory.stability)
        is_lapse = grade < Grade.HARD and schedule.last is not None and schedule.last < day
        new_schedule = replace(
            schedule,
            due=StudyDay(day + interval),
            last=day,
            interval=interval,
            lapses=schedule.lapses + is_lapse,
            drill=grade < Grade.HARD,
            memory=memory,
        )
        return Outcome(answer_kind(schedule, day), new_schedule)

    def outcomes(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """The outcomes of the six grades."""
        return {grade: self.answer(schedule, grade, today) for grade in Grade}

    def with_due(self, schedule: Schedule, due: StudyDay) -> Schedule:
        """The schedule with another due day and the interval up to it; the memory does not depend on them."""
        return replace(schedule, due=due, interval=max(1, due - schedule.last) if schedule.last is not None else 0)

    def memory_after(self, schedule: Schedule, grade: Grade, day: StudyDay) -> FsrsMemory:
        """The memory of a card after an answer on a study day, which is not before the card's last day."""
        if schedule.is_new:
            return self.first_memory(rating(grade))
        memory = schedule.memory
        if isinstance(memory, Sm2Memory):
            memory = self.memory_from_sm2(schedule.interval, memory.easiness / 100)
        return self.next_memory(memory, rating(grade), day - schedule.last if schedule.last is not None else 0)

    def first_memory(self, rating: int) -> FsrsMemory:
        """The memory after a card's first answer."""
        return FsrsMemory(
            self._clip_stability(self.parameters[rating - 1]), _clip(1, self._first_difficulty(rating), 10)
        )

    def next_memory(self, memory: FsrsMemory, rating: int, elapsed: int) -> FsrsMemory:
        """The memory after a later answer. `elapsed` is in study days since the one before, 0 on the same day."""
        if elapsed <= 0:
            stability = self.same_day_stability(memory.stability, rating)
        else:
            recall = self.retrievability(memory.stability, elapsed)
            next_stability = self._stability_after_lapse if rating == AGAIN else self._stability_after_recall
            stability = next_stability(memory, recall, rating)
        return FsrsMemory(self._clip_stability(stability), self._next_difficulty(memory.difficulty, rating))

    def retrievability(self, stability: float, elapsed: int) -> float:
        """The probability that a card is remembered `elapsed` study days after its last answer."""
        return retrievability(stability, elapsed, self.curve)

    def interval(self, stability: float) -> int:
        """The number of days after which the probability of recall is the retention."""
        days = round((stability / self.curve[1]) * self._stretch)
        return min(max(days, 1), self.max_interval)

    def memory_from_sm2(self, interval: int, ease: float, retention: float = DEFAULT_RETENTION) -> FsrsMemory:
        """Estimates the memory of a card from its SM-2 interval in days and its ease, such as 2.5.

        `retention` is the share of right answers under these intervals.
        """
        w = self.parameters
        decay, factor = self.curve
        stability = max(interval, LEAST_STABILITY) * factor / (retention ** (1 / decay) - 1)
        growth = exp(w[8]) * stability ** -w[9] * (exp((1 - retention) * w[10]) - 1)
        return FsrsMemory(self._clip_stability(stability), _clip(1, 11 - (ease - 1) / growth, 10))

    def same_day_stability(self, stability: float, rating: int) -> float:
        """The stability after another answer on the same day, not yet clipped to its bounds."""
        w = self.parameters
        growth: float = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        return stability * (growth if rating == AGAIN else max(growth, 1.0))

    def _stability_after_lapse(self, memory: FsrsMemory, recall: float, _rating: int) -> float:
        w = self.parameters
        stability = memory.stability
        after_lapse: float = (
            w[11] * memory.difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp((1 - recall) * w[14])
        )
        return min(after_lapse, stability / exp(w[17] * w[18]))

    def _stability_after_recall(self, memory: FsrsMemory, recall: float, rating: int) -> float:
        w = self.parameters
        growth: float = (
            exp(w[8]) * (11 - memory.difficulty) * memory.stability ** -w[9] * (exp((1 - recall) * w[10]) - 1)
        )
        return memory.stability * (1 + growth * (w[15] if rating == HARD else 1) * (w[16] if rating == EASY else 1))

    def _first_difficulty(self, rating: int) -> float:
        w = self.parameters
        return w[4] - exp(w[5] * (rating - 1)) + 1

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        w = self.parameters
        changed_difficulty = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return _clip(1, w[7] * self._first_difficulty(EASY) + (1 - w[7]) * changed_difficulty, 10)

    def _clip_stability(self, stability: float) -> float:
        return _clip(LEAST_STABILITY, stability, GREATEST_STABILITY)


def _clip(least: float, value: float, greatest: float) -> float:
    return least if value < least else greatest if value > greatest else value
