"""The words for grades, spans of days, journal entries and due days."""

from datetime import UTC, datetime, timedelta
from typing import assert_never

from duly.i18n import _, counted
from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    Fitting,
    ImportedSchedule,
    Moment,
    Reset,
    Resume,
    Review,
    SetDue,
    Star,
    Suspend,
    Undo,
    Unstar,
)
from duly.scheduling.schedule import Memory, Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import Outcome
from duly.study.search import Order


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
    """A number of days in words: below 60 as days, below 730 as months, else as years."""
    if days < 60:
        return counted("{n} day", "{n} days", days)
    if days < 730:
        return _("{n} months").format(n=round(days / 30.4, 1))
    return _("{n} years").format(n=round(days / 365.25, 1))


def next_interval(outcome: Outcome, today: StudyDay) -> str:
    """The interval after an answer, with a ↻ before it if the card is asked again today."""
    due = outcome.schedule.due
    days = span(due - today) if due is not None else ""
    return f"↻ {days}" if outcome.schedule.drill else days


def duration(milliseconds: float) -> str:
    """A time in words: below a minute as seconds, below an hour as minutes, else as hours and minutes."""
    seconds = milliseconds / 1000
    if seconds < 60:
        return _("{n} s").format(n=f"{seconds:.1f}")
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    return _("{hours} h {minutes:02} min").format(hours=minutes // 60, minutes=minutes % 60)


def wall_clock(moment: Moment) -> str:
    """Date and time of a moment on the learner's clock at that time."""
    wall = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment.at, minutes=moment.offset)
    return f"{wall:%Y-%m-%d %H:%M}"


def entry_words(entry: Entry) -> str:
    """A journal entry in a few words."""
    match entry:
        case Review():
            return grade_name(entry.grade)
        case Undo():
            return _("undone")
        case Suspend():
            return _("suspended")
        case Resume():
            return _("taken up again")
        case Star():
            return _("starred")
        case Unstar():
            return _("star taken off")
        case Bury():
            return _("buried until {date}").format(date=calendar_date(entry.until))
        case Reset():
            return _("as new again")
        case SetDue():
            return _("due on {date}").format(date=calendar_date(entry.due))
        case ImportedSchedule():
            return _("taken from {origin}").format(origin=entry.origin)
        case Fitting():
            return _("FSRS fitted to your answers")
        case unknown:
            assert_never(unknown)


def short_span(days: int) -> str:
    """A number of days, abbreviated for columns."""
    if days < 60:
        return _("{n} d").format(n=days)
    if days < 730:
        return _("{n} mo").format(n=round(days / 30.4, 1))
    return _("{n} y").format(n=round(days / 365.25, 1))


def due_word(schedule: Schedule, today: StudyDay) -> str:
    """When a card is due, or why it is not, in one word or a date."""
    if schedule.suspended:
        return _("suspended")
    if (schedule.buried_until or today) > today:
        return _("buried")
    if schedule.due is None:
        return _("new")
    nearby_days = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return nearby_days.get(schedule.due - today) or calendar_date(schedule.due).isoformat()


def order_name(order: Order) -> str:
    """The name of an order of cards."""
    match order:
        case Order.WRITTEN:
            return _("as written")
        case Order.DUE:
            return _("soonest due first")
        case Order.INTERVAL:
            return _("longest interval first")
        case Order.EASINESS:
            return _("hardest first")
        case Order.LAPSES:
            return _("most lapses first")


def memory_words(memory: Memory) -> str:
    """What a scheduler remembers of a card, in a few words."""
    if isinstance(memory, Sm2Memory):
        return _("easiness {easiness}").format(easiness=f"{memory.easiness / 100:.2f}")
    stability, difficulty = f"{memory.stability:.1f}", f"{memory.difficulty:.1f}"
    return _("stability {stability} d · difficulty {difficulty}").format(stability=stability, difficulty=difficulty)


def days_away(days: int) -> str:
    """The distance of a day in days, abbreviated for columns."""
    return _("tomorrow") if days == 1 else short_span(days)
