"""Schedules as JSON, the same in every command that prints them."""

from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.schedule import Schedule


def as_json(schedule: Schedule) -> dict[str, object]:
    """What SM-2 knows of a card. The easiness is in hundredths, as it is computed here: 250 is 2.50."""
    return {
        "repetitions": schedule.repetitions,
        "interval": schedule.interval,
        "easiness": schedule.easiness,
        "due": date_or_none(schedule.due),
        "lapses": schedule.lapses,
    }


def date_or_none(day: StudyDay | None) -> str | None:
    """A study day as ISO 8601 has it."""
    return None if day is None else calendar_date(day).isoformat()
