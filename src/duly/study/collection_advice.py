"""Advice on a collection: on its notes, and on its cards in view of how they are learned."""

from collections.abc import Iterator

from duly.advice import Advice, advice_on_notes
from duly.advice.all_advice import advice_on_learning
from duly.journal import Journal
from duly.message import message
from duly.problem import Place, Problem, Severity
from duly.scheduling.schedule import NEW
from duly.study.decks import Decks


def advice_on(decks: Decks, journal: Journal) -> Iterator[Advice]:
    """The advice on every note and every card."""
    yield from advice_on_notes(decks.notes)
    schedules = journal.schedules()
    for card in decks.cards:
        if advice := advice_on_learning(card, schedules.get(card.id, NEW)):
            yield advice


def advice_as_problem(advice: Advice) -> Problem:
    """Advice as a problem, with its source in short."""
    place = advice.note.place
    assert isinstance(place, Place), "the notes of decks stand in files"
    sentence = message("{advice} ({work})", advice=advice.message, work=advice.work.short)
    return Problem(place, advice.kind, sentence, Severity.ADVICE)
