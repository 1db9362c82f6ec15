"""Schedules as JSON, the same in every command that prints them."""

from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.schedule import Schedule, Sm2Memory


def as_json(schedule: Schedule) -> dict[str, object]:
    """Where a card stands. SM-2's easiness is in hundredths, as it is computed here: 250 is 2.50; FSRS's stability in
    days. What belongs to the other scheduler is null."""
    memory = schedule.memory
    sm2, fsrs = (memory, None) if isinstance(memory, Sm2Memory) else (None, memory)
    return {
        "repetitions": sm2 and sm2.repetitions,
        "interval": schedule.interval,
        "easiness": sm2 and sm2.easiness,
        "stability": fsrs and fsrs.stability,
        "difficulty": fsrs and fsrs.difficulty,
        "due": date_or_none(schedule.due),
        "lapses": schedule.lapses,
    }


def date_or_none(day: StudyDay | None) -> str | None:
    """A study day as ISO 8601 has it."""
    return None if day is None else calendar_date(day).isoformat()
