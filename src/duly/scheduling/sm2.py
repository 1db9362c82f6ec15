"""SM-2 as Wozniak published it (*Optimization of learning*, 1990, section 3.2), in integers, and its variants."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import AnswerKind, Outcome, answer_kind

CHANGES = (-80, -54, -32, -14, 0, 10)
"""The change of the easiness for each grade, in hundredths: 0.1 - (5 - q)(0.08 + (5 - q)0.02), times 100."""

LEAST_EASINESS = 130
LONGEST = 36_500
"""The longest interval in days."""

INTENDED_RECALL = 0.9
"""The share of due cards that should be remembered, as the author of SM-2 intended."""


@dataclass(frozen=True, slots=True)
class Sm2:
    """SM-2 with three switches for the differences between programs; the paper has all of them off.

    `uses_new_easiness`: the interval is multiplied by the easiness after the answer instead of before it.
    `rounds_half_even`: intervals are rounded to the nearest day, halves to the even one, instead of up.
    `lowers_on_failure`: grades below 3 lower the easiness, too.
    """

    name: str
    uses_new_easiness: bool = False
    rounds_half_even: bool = False
    lowers_on_failure: bool = False
    max_interval: int = LONGEST

    @property
    def memory_type(self) -> type[Sm2Memory]:
        return Sm2Memory

    @property
    def records_due(self) -> bool:
        return False

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """The outcome of an answer. If `today` is before the card's last day, the last day counts."""
        day = today if schedule.last is None else max(today, schedule.last)
        memory = schedule.memory if isinstance(schedule.memory, Sm2Memory) else _assumed_memory(schedule)
        kind = answer_kind(schedule, day)
        match kind:
            case AnswerKind.EXTRA:
                return Outcome(kind, schedule)
            case AnswerKind.DRILL:
                return Outcome(kind, _schedule_after_drill(schedule, memory, grade))
            case AnswerKind.AHEAD if grade.is_pass:
                interval = self._interval_ahead(schedule, memory, day)
                new_schedule = replace(schedule, interval=interval, memory=memory)
            case _ if grade.is_pass:
                new_schedule = self._schedule_after_pass(schedule, memory, grade)
            case _:
                new_schedule = self._schedule_after_failure(schedule, memory, grade)
        due = StudyDay(day + new_schedule.interval)
        return Outcome(kind, replace(new_schedule, due=due, last=day, drill=grade < Grade.GOOD))

    def outcomes(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """The outcomes of the six grades."""
        return {grade: self.answer(schedule, grade, today) for grade in Grade}

    def with_due(self, schedule: Schedule, due: StudyDay) -> Schedule:
        """The schedule with another due day; the interval stays, because SM-2 computes the next one from it."""
        return replace(schedule, due=due)

    def _schedule_after_pass(self, schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
        easiness = _new_easiness(memory.easiness, grade)
        match memory.repetitions:
            case 0:
                interval = 1
            case 1:
                interval = 6
            case _:
                interval = self._multiply(schedule.interval, easiness if self.uses_new_easiness else memory.easiness)
        return replace(schedule, interval=self._clip(interval), memory=Sm2Memory(memory.repetitions + 1, easiness))

    def _schedule_after_failure(self, schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
        easiness = _new_easiness(memory.easiness, grade) if self.lowers_on_failure else memory.easiness
        lapses = schedule.lapses + (memory.repetitions > 0)
        return replace(schedule, interval=1, lapses=lapses, memory=Sm2Memory(0, easiness))

    def _interval_ahead(self, schedule: Schedule, memory: Sm2Memory, day: StudyDay) -> int:
        """The interval after an answer before the due day: computed from the elapsed days, but never shortened."""
        if memory.repetitions < 2 or schedule.last is None:
            return self._clip(schedule.interval)
        earned_interval = self._multiply(day - schedule.last, memory.easiness)
        return self._clip(max(schedule.interval, earned_interval))

    def _multiply(self, days: int, easiness: int) -> int:
        product, hundredths = divmod(days * easiness, 100)
        if not self.rounds_half_even:
            return product + (hundredths > 0)
        return product + (hundredths > 50 or (hundredths == 50 and product % 2 == 1))

    def _clip(self, interval: int) -> int:
        return max(1, min(interval, self.max_interval))


def repetitions_of(interval: int) -> int:
    """The repetitions that an interval in days implies: SM-2 multiplies an interval from the third answer on."""
    return 0 if interval < 1 else 1 if interval == 1 else 2


def _assumed_memory(schedule: Schedule) -> Sm2Memory:
    """The memory that SM-2 assumes for a card with unknown answers."""
    return Sm2Memory(repetitions_of(schedule.interval))


def _schedule_after_drill(schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
    """Step 7 of the paper: the card is asked until the grade is at least 4; then a forgotten card is known again."""
    if grade < Grade.GOOD:
        return schedule
    return replace(schedule, drill=False, memory=Sm2Memory(max(memory.repetitions, 1), memory.easiness))


def _new_easiness(easiness: int, grade: Grade) -> int:
    return max(LEAST_EASINESS, easiness + CHANGES[grade])


PROFILES: Mapping[str, Sm2] = MappingProxyType(
    {
        scheduler.name: scheduler
        for scheduler in (
            Sm2("sm2-paper"),
            Sm2("sm2-vendor", rounds_half_even=True, lowers_on_failure=True),
            Sm2("sm2-calculator", lowers_on_failure=True),
            Sm2("sm2-newef", uses_new_easiness=True),
        )
    }
)
"""The variants of SM-2 in other programs, by the names that journal entries record.

``sm2-vendor`` is SuperMemo's sample code of 1998, ``sm2-calculator`` follows the PyPI package supermemo2,
``sm2-newef`` changes the easiness before it multiplies.
"""
