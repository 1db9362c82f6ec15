"""SM-2 as Wozniak published it (*Optimization of learning*, 1990, section 3.2), in integers, and its relatives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule
from duly.scheduling.scheduler import AnswerKind, Outcome

CHANGES = (-80, -54, -32, -14, 0, 10)
"""What each grade adds to the easiness, in hundredths: 0.1 - (5 - q)(0.08 + (5 - q)0.02), times 100."""

LEAST_EASINESS = 130
LONGEST = 36_500
"""The longest interval in days."""


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

    def answer(self, schedule: Schedule, grade: Grade, today: StudyDay) -> Outcome:
        """Where this answer leads. A `today` before the card's last day is taken as that day."""
        day = today if schedule.last is None else max(today, schedule.last)
        kind = _kind(schedule, day)
        match kind:
            case AnswerKind.EXTRA:
                return Outcome(kind, schedule)
            case AnswerKind.DRILL:
                return Outcome(kind, _drilled(schedule, grade))
            case AnswerKind.AHEAD if grade.passed:
                changed = replace(schedule, interval=self._interval_ahead(schedule, day))
            case _:
                changed = self._passed(schedule, grade) if grade.passed else self._failed(schedule, grade)
        due = StudyDay(day + changed.interval)
        return Outcome(kind, replace(changed, due=due, last=day, drill=grade < Grade.GOOD))

    def futures(self, schedule: Schedule, today: StudyDay) -> Mapping[Grade, Outcome]:
        """Where each of the six grades would lead."""
        return {grade: self.answer(schedule, grade, today) for grade in Grade}

    def _passed(self, schedule: Schedule, grade: Grade) -> Schedule:
        easiness = _changed(schedule.easiness, grade)
        match schedule.repetitions:
            case 0:
                interval = 1
            case 1:
                interval = 6
            case _:
                interval = self._multiplied(schedule.interval, easiness if self.new_easiness else schedule.easiness)
        return replace(
            schedule, repetitions=schedule.repetitions + 1, interval=self._bounded(interval), easiness=easiness
        )

    def _failed(self, schedule: Schedule, grade: Grade) -> Schedule:
        return replace(
            schedule,
            repetitions=0,
            interval=1,
            easiness=_changed(schedule.easiness, grade) if self.lowers_on_failure else schedule.easiness,
            lapses=schedule.lapses + (schedule.repetitions > 0),
        )

    def _interval_ahead(self, schedule: Schedule, day: StudyDay) -> int:
        """The interval after an answer before its day: what was really waited counts, and nothing is shortened."""
        if schedule.repetitions < 2 or schedule.last is None:
            return self._bounded(schedule.interval)
        waited = self._multiplied(day - schedule.last, schedule.easiness)
        return self._bounded(max(schedule.interval, waited))

    def _multiplied(self, days: int, easiness: int) -> int:
        whole, hundredths = divmod(days * easiness, 100)
        if not self.half_even:
            return whole + (hundredths > 0)
        return whole + (hundredths > 50 or (hundredths == 50 and whole % 2 == 1))

    def _bounded(self, interval: int) -> int:
        return max(1, min(interval, self.max_interval))


def _kind(schedule: Schedule, day: StudyDay) -> AnswerKind:
    if schedule.last == day:
        return AnswerKind.DRILL if schedule.drill else AnswerKind.EXTRA
    if schedule.last is not None and schedule.due is not None and day < schedule.due:
        return AnswerKind.AHEAD
    return AnswerKind.REVIEW


def _drilled(schedule: Schedule, grade: Grade) -> Schedule:
    """Step 7 of the paper: asked again until the grade is at least 4; a forgotten card is then memorized anew."""
    if grade < Grade.GOOD:
        return schedule
    return replace(schedule, repetitions=max(schedule.repetitions, 1), drill=False)


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
