"""The words for grades and for spans of days."""

from duly.i18n import _, counted
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.scheduler import Outcome


def grade_name(grade: Grade) -> str:
    """The name on a grade's button."""
    match grade:
        case Grade.BLACKOUT:
            return _("Blackout")
        case Grade.WRONG:
            return _("Wrong")
        case Grade.AGAIN:
            return _("Again")
        case Grade.HARD:
            return _("Hard")
        case Grade.GOOD:
            return _("Good")
        case Grade.EASY:
            return _("Easy")


def span(days: int) -> str:
    """A number of days as a person says it: days, then months, then years."""
    if days < 60:
        return counted("{n} day", "{n} days", days)
    if days < 730:
        return _("{n} months").format(n=round(days / 30.4, 1))
    return _("{n} years").format(n=round(days / 365.25, 1))


def leads(outcome: Outcome, today: StudyDay) -> str:
    """Where an answer leads: a ↻ if the card is asked again today, and the days until it is due."""
    due = outcome.schedule.due
    days = span(due - today) if due is not None else ""
    return f"↻ {days}" if outcome.schedule.drill else days


def duration(milliseconds: float) -> str:
    """A time as a person says it: tenths of seconds, then minutes, then hours."""
    seconds = milliseconds / 1000
    if seconds < 60:
        return _("{n} s").format(n=f"{seconds:.1f}")
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    return _("{hours} h {minutes:02} min").format(hours=minutes // 60, minutes=minutes % 60)
