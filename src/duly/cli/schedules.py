"""Schedules as JSON, the same in every command that prints them."""

from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.schedule import Schedule, Sm2Memory


def as_json(schedule: Schedule) -> dict[str, object]:
    """Where a card stands, and what its scheduler remembers: SM-2's easiness in hundredths, as it is computed here (250
    is 2.50), or FSRS's stability in days."""
    memory = schedule.memory
    remembered = (
        {"repetitions": memory.repetitions, "interval": schedule.interval, "easiness": memory.easiness}
        if isinstance(memory, Sm2Memory)
        else {"interval": schedule.interval, "stability": memory.stability, "difficulty": memory.difficulty}
    )
    return {**remembered, "due": date_or_none(schedule.due), "lapses": schedule.lapses}


def date_or_none(day: StudyDay | None) -> str | None:
    """A study day as ISO 8601 has it."""
    return None if day is None else calendar_date(day).isoformat()
