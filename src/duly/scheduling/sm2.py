"""SM-2 as Wozniak published it (*Optimization of learning*, 1990, section 3.2), in integers, and its relatives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import AnswerKind, Outcome, answer_kind

CHANGES = (-80, -54, -32, -14, 0, 10)
"""What each grade adds to the easiness, in hundredths: 0.1 - (5 - q)(0.08 + (5 - q)0.02), times 100."""

LEAST_EASINESS = 130
LONGEST = 36_500
"""The longest interval in days."""

INTENDED_RECALL = 0.9
"""The share of cards that its author meant to be remembered when they are due."""


@dataclass(frozen=True, slots=True)
class Sm2:
    """SM-2 with the three switches in which programs differ; all off is the paper's.

    `new_easiness`: the interval is multiplied by the easiness after this answer instead of before it.
    `half_even`: intervals go to the nearest day, halves to the even one, instead of up.
    `lowers_on_failure`: the easiness sinks on grades below 3 as well.
    """

    name: str
    new_easiness: bool = False
    half_even: bool = False
    lowers_on_failure: bool = False
    max_interval: int = LONGEST

    @property
    def memory_type(self) -> type[Sm2Memory]:
        return Sm2Memory

    @property
    def records_due(self) -> bool:
        return False

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """Where this answer leads. A `today` before the card's last day is taken as that day."""
        day = today if schedule.last is None else max(today, schedule.last)
        memory = schedule.memory if isinstance(schedule.memory, Sm2Memory) else _guessed(schedule)
        kind = answer_kind(schedule, day)
        match kind:
            case AnswerKind.EXTRA:
                return Outcome(kind, schedule)
            case AnswerKind.DRILL:
                return Outcome(kind, _drilled(schedule, memory, grade))
            case AnswerKind.AHEAD if grade.passed:
                interval = self._interval_ahead(schedule, memory, day)
                changed = replace(schedule, interval=interval, memory=memory)
            case _ if grade.passed:
                changed = self._passed(schedule, memory, grade)
            case _:
                changed = self._failed(schedule, memory, grade)
        due = StudyDay(day + changed.interval)
        return Outcome(kind, replace(changed, due=due, last=day, drill=grade < Grade.GOOD))

    def futures(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """Where each of the six grades would lead."""
        return {grade: self.answer(schedule, grade, today) for grade in Grade}

    def moved(self, schedule: Schedule, due: StudyDay) -> Schedule:
        """The schedule with another due day; the interval stays SM-2's, for the next one is worked out from it."""
        return replace(schedule, due=due)

    def _passed(self, schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
        easiness = _changed(memory.easiness, grade)
        match memory.repetitions:
            case 0:
                interval = 1
            case 1:
                interval = 6
            case _:
                interval = self._multiplied(schedule.interval, easiness if self.new_easiness else memory.easiness)
        return replace(schedule, interval=self._bounded(interval), memory=Sm2Memory(memory.repetitions + 1, easiness))

    def _failed(self, schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
        easiness = _changed(memory.easiness, grade) if self.lowers_on_failure else memory.easiness
        lapses = schedule.lapses + (memory.repetitions > 0)
        return replace(schedule, interval=1, lapses=lapses, memory=Sm2Memory(0, easiness))

    def _interval_ahead(self, schedule: Schedule, memory: Sm2Memory, day: StudyDay) -> int:
        """The interval after an answer before its day: what was really waited counts, and nothing is shortened."""
        if memory.repetitions < 2 or schedule.last is None:
            return self._bounded(schedule.interval)
        waited = self._multiplied(day - schedule.last, memory.easiness)
        return self._bounded(max(schedule.interval, waited))

    def _multiplied(self, days: int, easiness: int) -> int:
        whole, hundredths = divmod(days * easiness, 100)
        if not self.half_even:
            return whole + (hundredths > 0)
        return whole + (hundredths > 50 or (hundredths == 50 and whole % 2 == 1))

    def _bounded(self, interval: int) -> int:
        return max(1, min(interval, self.max_interval))


def repetitions_of(interval: int) -> int:
    """The repetitions that an interval in days implies: SM-2 multiplies an interval from the third answer on."""
    return 0 if interval < 1 else 1 if interval == 1 else 2


def _guessed(schedule: Schedule) -> Sm2Memory:
    """What SM-2 assumes of a card whose answers are not known."""
    return Sm2Memory(repetitions_of(schedule.interval))


def _drilled(schedule: Schedule, memory: Sm2Memory, grade: Grade) -> Schedule:
    """Step 7 of the paper: asked again until the grade is at least 4; a forgotten card is then memorized anew."""
    if grade < Grade.GOOD:
        return schedule
    return replace(schedule, drill=False, memory=Sm2Memory(max(memory.repetitions, 1), memory.easiness))


def _changed(easiness: int, grade: Grade) -> int:
    return max(LEAST_EASINESS, easiness + CHANGES[grade])


PROFILES: Mapping[str, Sm2] = MappingProxyType(
    {
        scheduler.name: scheduler
        for scheduler in (
            Sm2("sm2-paper"),
            Sm2("sm2-vendor", half_even=True, lowers_on_failure=True),
            Sm2("sm2-calculator", lowers_on_failure=True),
            Sm2("sm2-newef", new_easiness=True),
        )
    }
)
"""SM-2 as people know it from other programs, by the name a journal entry records.

``sm2-vendor`` is SuperMemo's sample code of 1998, ``sm2-calculator`` follows the PyPI package supermemo2,
``sm2-newef`` changes the easiness before it multiplies.
"""
