"""What is told of steps, leeches and clocks, as sentences."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from duly.cards import Card, CardId
from duly.i18n import _, counted, said
from duly.problem import Problem
from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.schedule import Schedule
from duly.study.step import Step
from duly.tui.showing import one_line
from duly.tui.words import what_happened


def step_told(step: Step, known: Mapping[CardId, Card]) -> str:
    """What was done, and to which card."""
    card = known.get(step.card)
    name = what_happened(step.entry)
    if len(step.entries) > 1:
        name += " · " + counted("{n} card", "{n} cards", len(step.entries))
    return f"{name} · {one_line(card) if card else step.card}"


def leech_told(card: Card, schedule: Schedule) -> str:
    """What is said of a card that was forgotten once too often."""
    return _("A leech, forgotten {n} times. Reword it, or suspend it, when it comes again: {card}").format(
        n=schedule.lapses, card=one_line(card)
    )


def problem_told(card: Card, errors: Iterable[Problem]) -> str:
    """The first mistake in the file of a card, as a sentence with its place; "" where the file has none."""
    file = card.note.place.file if card.note.place else None
    found = next((problem for problem in errors if problem.place.file == file), None)
    return f"{found.place}: {said(found.message)}" if found else ""


def ahead_told(last: StudyDay) -> str:
    """What is said where the journal has answers from the future, until the study day `last`."""
    return _(
        "A clock was ahead: there are answers until {date}. duly journal --future list shows them,"
        " --future redate dates them anew."
    ).format(date=calendar_date(last))


def clock_told(behind: timedelta) -> str:
    """What is said where the clock is behind the journal."""
    minutes = max(round(behind / timedelta(minutes=1)), 1)
    hours = round(minutes / 60)
    span = counted("{n} minute", "{n} minutes", minutes) if minutes < 120 else counted("{n} hour", "{n} hours", hours)
    return _("The clock is {span} behind the last entry of the journal. Is it set right?").format(span=span)
