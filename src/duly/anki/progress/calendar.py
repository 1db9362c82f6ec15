"""Converts Anki's due days and times to study days on the learner's calendar."""

from collections.abc import Callable
from dataclasses import dataclass

from duly.anki.raw_rows import RawCard, RawSettings
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Moment
from duly.scheduling.sm2 import LONGEST

DAY = 86_400
"""Seconds."""

HOUR = 3_600_000
"""Milliseconds."""

LEAST_SECOND = 1_000_000_000
"""The least `due` in seconds since 1970; smaller ones are in days."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The learner's calendar. `moment` converts milliseconds since 1970 to a moment on it; `now` is the present."""

    moment: Callable[[int], Moment]
    now: Moment

    def is_possible(self, instant: int) -> bool:
        """Whether this is a possible time of a review in milliseconds since 1970; clocks may differ by an hour."""
        return 1000 * DAY <= instant <= self.now.at + HOUR

    def due_day(self, card: RawCard, settings: RawSettings) -> StudyDay:
        """The study day on which a card is due, also if it is in a filtered deck.

        Impossible values become the nearest possible day.
        """
        due = card.home_due if card.home_deck and card.home_due else card.due
        if due >= LEAST_SECOND:
            return self._within_bounds(self._day(due))
        return self._within_bounds(self.first_day(settings) + due)

    def first_day(self, settings: RawSettings) -> int:
        """The study day from which the collection counts days: its creation date in the time zone of that time."""
        if settings.creation_offset is not None:
            return (settings.created - 60 * settings.creation_offset) // DAY
        if not self.is_possible(1000 * settings.created):
            return settings.created // DAY
        return (settings.created + 60 * self.moment(1000 * settings.created).offset) // DAY

    def _day(self, second: int) -> StudyDay:
        return self.moment(1000 * min(second, self.now.at // 1000 + LONGEST * DAY)).day

    def _within_bounds(self, day: int) -> StudyDay:
        return StudyDay(min(max(day, 0), self.now.day + LONGEST))
