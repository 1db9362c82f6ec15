"""The study day, which begins at a rollover hour in the night instead of midnight."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NewType

StudyDay = NewType("StudyDay", int)
"""Days since 1970-01-01."""

EPOCH = date(1970, 1, 1)
EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND, MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)
FIRST_DAY, LAST_DAY = (date.min - EPOCH).days + 2, (date.max - EPOCH).days - 2
"""The first and last day of the calendar, less two, so that no time zone and no rollover hour leads beyond its ends."""
ROLLOVER = 4
"""The hour, on the wall clock, at which a study day begins unless the settings say otherwise."""


def study_day(now: datetime, rollover: int = ROLLOVER) -> StudyDay:
    """The study day of a moment by its own wall clock, so that daylight saving time needs no rule."""
    return StudyDay((now - timedelta(hours=rollover)).toordinal() - EPOCH.toordinal())


def day_of(date: date) -> StudyDay:
    """The study day that begins on a date."""
    return StudyDay((date - EPOCH).days)


def calendar_date(day: StudyDay) -> date:
    """The date of a study day; the first or last date of the calendar for a day outside of it."""
    return EPOCH + timedelta(days=min(max(day, FIRST_DAY), LAST_DAY))


def bounds(day: StudyDay, rollover: int = ROLLOVER) -> tuple[datetime, datetime]:
    """The start and end of a study day on the wall clock, as times without a zone."""
    begins = datetime.combine(calendar_date(day), time(rollover))
    return begins, begins + timedelta(days=1)


def milliseconds(now: datetime) -> int:
    """A moment as milliseconds since 1970-01-01 UTC. `now` must have a time zone."""
    return (now - EPOCH_UTC) // MILLISECOND


def offset_minutes(now: datetime) -> int:
    """Minutes by which the wall clock of `now` is ahead of UTC. `now` must have a time zone."""
    offset = now.utcoffset()
    assert offset is not None, "a moment without its zone"
    return offset // MINUTE
