"""The day a learner means when a card is to come back: in so many days, or on a date."""

import re
from datetime import date

from duly.errors import DulyError
from duly.message import message
from duly.scheduling.day import StudyDay, day_of
from duly.scheduling.sm2 import LONGEST

_DAYS = re.compile(r"\+?(\d{1,5})")  # ``3``, ``+3``, ``０``


def due_day(text: str, today: StudyDay) -> StudyDay:
    """Parses a study day: ``0`` is today, ``3`` is in three days, ``2026-12-05`` is that date.

    Full-width digits are accepted. Raises `DulyError` for anything else, and for days that are past or too far away.
    """
    stripped_text = text.strip()
    if match := _DAYS.fullmatch(stripped_text):
        day = today + int(match[1])
    else:
        try:
            day = day_of(date.fromisoformat(stripped_text))
        except ValueError:
            raise DulyError(
                message("{text!r} is not a day; write a number of days, or a date like 2026-12-05", text=stripped_text)
            ) from None
    if day < today:
        raise DulyError(message("{text} is over; the earliest day is today, which is 0", text=stripped_text))
    if day - today > LONGEST:
        raise DulyError(message("{text} is too far away; at most {days} days", text=stripped_text, days=LONGEST))
    return StudyDay(day)


def number_of_days(text: str) -> int:
    """A number of days, 1 or more. Raises `DulyError`."""
    match = _DAYS.fullmatch(text.strip())
    if match is None or not 1 <= int(match[1]) <= LONGEST:
        raise DulyError(message("{text!r} is not a number of days; write one like 3", text=text))
    return int(match[1])
