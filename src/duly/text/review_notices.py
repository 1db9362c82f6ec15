"""Sentences shown during a review: the action taken, a leech, a mistake in a file, an answer given in another quiz."""

from collections.abc import Iterable, Mapping

from duly.cards import Card, CardId
from duly.i18n import _, counted, translate
from duly.problem import Problem
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.journal_entries import Entry
from duly.scheduling.schedule import Schedule
from duly.study.session import Session
from duly.study.undo import ActionResult
from duly.text.card_lines import one_line
from duly.text.wording import entry_words


def action_text(result: ActionResult, cards: Mapping[CardId, Card]) -> str:
    """The action taken, and its card."""
    card = cards.get(result.card)
    name = entry_words(result.entry)
    if len(result.entries) > 1:
        name += " · " + counted("{n} card", "{n} cards", len(result.entries))
    return f"{name} · {one_line(card) if card else result.card}"


def first_grade(session: Session) -> str:
    """What the grades do, for a learner who is about to give the first one."""
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


def other_quiz_notice(entry: Entry, card: Card) -> str:
    """What another quiz did with the card that was asked here."""
    return _("Done in another quiz meanwhile: {what}").format(what=f"{entry_words(entry)} · {one_line(card)}")
