"""Anki's counts of days and seconds on the learner's calendar."""

from collections.abc import Callable
from dataclasses import dataclass

from duly.anki.raw_rows import RawCard, RawSettings
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Moment
from duly.scheduling.sm2 import LONGEST

DAY = 86_400
"""Seconds."""

HOUR = 3_600_000
"""Milliseconds."""

LEAST_SECOND = 1_000_000_000
"""From here on a `due` counts seconds since 1970; below, days."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`moment` tells what a learner's clock and calendar said at a millisecond since 1970; `now` is this moment."""

    moment: Callable[[int], Moment]
    now: Moment

    def holds(self, instant: int) -> bool:
        """Whether anybody can have learned at this millisecond, give or take an hour between two clocks."""
        return 1000 * DAY <= instant <= self.now.at + HOUR

    def due_day(self, card: RawCard, settings: RawSettings) -> StudyDay:
        """The study day on which a card comes back, which a filtered deck may have borrowed.

        What no calendar holds is taken as the nearest day that makes sense.
        """
        due = card.home_due if card.home_deck and card.home_due else card.due
        if due >= LEAST_SECOND:
            return self._bounded(self._day(due))
        return self._bounded(self.first_day(settings) + due)

    def first_day(self, settings: RawSettings) -> int:
        """The study day from which the collection counts: its date where it was made, which old ones do not tell."""
        if settings.creation_offset is not None:
            return (settings.created - 60 * settings.creation_offset) // DAY
        if not self.holds(1000 * settings.created):
            return settings.created // DAY
        return (settings.created + 60 * self.moment(1000 * settings.created).offset) // DAY

    def _day(self, second: int) -> StudyDay:
        return self.moment(1000 * min(second, self.now.at // 1000 + LONGEST * DAY)).day

    def _bounded(self, day: int) -> StudyDay:
        return StudyDay(min(max(day, 0), self.now.day + LONGEST))
