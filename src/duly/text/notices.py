"""Notices during a review and at its end: the action taken, a leech, a mistake in a file, a clock set wrong, today."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from duly.cards import Card, CardId
from duly.i18n import _, counted, translate
from duly.problem import Problem
from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.entries import Entry
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.schedule import Schedule
from duly.study.actions import ActionResult
from duly.study.forecast import HomeForecast
from duly.study.session import QueueProgress, Session
from duly.text.card_lines import one_line
from duly.text.wording import span, what_happened


def describe_step(step: ActionResult, known: Mapping[CardId, Card]) -> str:
    """The action taken, and its card."""
    card = known.get(step.card)
    name = what_happened(step.entry)
    if len(step.entries) > 1:
        name += " · " + counted("{n} card", "{n} cards", len(step.entries))
    return f"{name} · {one_line(card) if card else step.card}"


def nothing_to_ask(session: Session) -> str:
    """Why a session asks nothing: no card is what was asked for, or what is, is done or not due."""
    return _("Nothing is left here for today.") if session.scope else _("No card matches.")


def day_summary(progress: QueueProgress, forecast: HomeForecast) -> str:
    """Today in one line: the cards that are done and left, those due tomorrow, and the days running."""
    words = (
        _("Today: done {done}, left {left}, tomorrow {tomorrow}, {days} running")
        if forecast.streak
        else _("Today: done {done}, left {left}, tomorrow {tomorrow}")
    )
    left, days = progress.total - progress.done, span(forecast.streak)
    return words.format(done=progress.done, left=left, tomorrow=forecast.due[1], days=days)


def first_grade(session: Session) -> str:
    """What the grades do, for who is about to give the first."""
    if session.scheduler.name == FSRS:
        return _("asks again today (? tells more).")
    return _("asks again today. Hard and Easy change later intervals, by E (? tells more).")


def leech_notice(card: Card, schedule: Schedule) -> str:
    """The notice on a card that has become a leech."""
    return _("A leech, forgotten {n} times. Reword it, or suspend it, when it comes again: {card}").format(
        n=schedule.lapses, card=one_line(card)
    )


def file_problem(card: Card, errors: Iterable[Problem]) -> str:
    """The first mistake in the file of a card, with its place; "" if the file has none."""
    file = card.note.place.file if card.note.place else None
    error = next((problem for problem in errors if problem.place.file == file), None)
    return f"{error.place}: {translate(error.message)}" if error else ""


def future_warning(last: StudyDay) -> str:
    """The warning that the journal has answers from the future, until the study day `last`."""
    return _(
        "A clock was ahead: there are answers until {date}. duly journal --future list shows them,"
        " --future redate dates them anew."
    ).format(date=calendar_date(last))


def clock_warning(behind: timedelta) -> str:
    """The warning that the clock is `behind` the last entry of the journal."""
    minutes = max(round(behind / timedelta(minutes=1)), 1)
    hours = round(minutes / 60)
    span = counted("{n} minute", "{n} minutes", minutes) if minutes < 120 else counted("{n} hour", "{n} hours", hours)
    return _("The clock is {span} behind the last entry of the journal. Is it set right?").format(span=span)


def done_elsewhere(entry: Entry, card: Card) -> str:
    """What another quiz did with the card that was asked here."""
    return _("Done in another quiz meanwhile: {what}").format(what=f"{what_happened(entry)} · {one_line(card)}")
