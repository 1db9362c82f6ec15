"""The learner's clock, checked against the journal.

A clock that was set back by a day does not repeat a study day. One that seems to be further behind is taken as right:
then an earlier answer was given while a clock was ahead.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds, offset_minutes, study_day
from duly.scheduling.journal_entries import Moment

BRIDGED = 1
"""By how many days a clock may be set back, for a journey or by mistake, without a study day coming again."""


class Clock:
    """Tells study days and moments. `now` is the clock of the face; `rollover` the hour at which a day begins."""

    def __init__(self, journal: Journal, now: Callable[[], datetime], rollover: int) -> None:
        self.now = now
        self.rollover = rollover
        self._journal = journal
        self._latest: StudyDay | None = None
        self.refresh()

    def refresh(self) -> None:
        """Reads from the journal the last study day with an answer, leaving out days in the future."""
        self._latest = self._journal.last_day(self._bridged())

    def reached(self, day: StudyDay) -> None:
        """Takes note of a study day that was answered on."""
        self._latest = day

    @property
    def today(self) -> StudyDay:
        """The study day of this moment, or the next if an answer counted to that already."""
        day = study_day(self.now(), self.rollover)
        return max(day, self._latest) if self._latest is not None and self._latest <= self._bridged() else day

    @property
    def last_future_day(self) -> StudyDay | None:
        """The last study day of the journal, if it lies in the future: a clock was ahead when it was answered on."""
        last = self._journal.last_day()
        return last if last is not None and last > self._bridged() else None

    def _bridged(self) -> StudyDay:
        return StudyDay(study_day(self.now(), self.rollover) + BRIDGED)

    @property
    def behind(self) -> timedelta:
        """How far the clock is behind the last entry of the journal; zero where it is not."""
        last = self._journal.last_moment()
        return timedelta(milliseconds=max((last or 0) - milliseconds(self.now()), 0))

    def moment(self, day: StudyDay | None = None) -> Moment:
        """This moment, counting to today or to the study day that is given."""
        now = self.now()
        return Moment(milliseconds(now), self.today if day is None else day, offset_minutes(now))
