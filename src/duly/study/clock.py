"""The learner's clock, checked against the journal.

A clock that was set back by one day does not repeat a study day. A clock that seems to be further behind is assumed to
be right, and the earlier answers to have been given while a clock was ahead.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds, offset_minutes, study_day
from duly.scheduling.journal_entries import Moment

TOLERATED_DAYS = 1
"""The number of days by which a clock may be set back, for a journey or by mistake, without repeating a study day."""


class Clock:
    """Gives study days, which begin at the hour `rollover`, and moments. `now` is the clock of the user interface."""

    def __init__(self, journal: Journal, now: Callable[[], datetime], rollover: int) -> None:
        self.now = now
        self.rollover = rollover
        self._journal = journal
        self._last_answer_day: StudyDay | None = None
        self.refresh()

    def refresh(self) -> None:
        """Reads the last study day with an answer from the journal, ignoring days in the future."""
        self._last_answer_day = self._journal.last_day(self._last_plausible_day())

    def record_answer_day(self, day: StudyDay) -> None:
        """Records that an answer was given on a study day."""
        self._last_answer_day = day

    @property
    def today(self) -> StudyDay:
        """The study day of this moment, or the next one if it has answers already."""
        day = study_day(self.now(), self.rollover)
        last_day = self._last_answer_day
        return max(day, last_day) if last_day is not None and last_day <= self._last_plausible_day() else day

    @property
    def last_future_day(self) -> StudyDay | None:
        """The last study day with an answer if it is in the future, because a clock was ahead; else None."""
        last = self._journal.last_day()
        return last if last is not None and last > self._last_plausible_day() else None

    def _last_plausible_day(self) -> StudyDay:
        return StudyDay(study_day(self.now(), self.rollover) + TOLERATED_DAYS)

    @property
    def lag(self) -> timedelta:
        """The time by which the clock is behind the last entry of the journal; zero if it is not."""
        last = self._journal.last_moment()
        return timedelta(milliseconds=max((last or 0) - milliseconds(self.now()), 0))

    def moment(self, day: StudyDay | None = None) -> Moment:
        """This moment, with today or the given study day."""
        now = self.now()
        return Moment(milliseconds(now), self.today if day is None else day, offset_minutes(now))
