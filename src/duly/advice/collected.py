"""All the advice there is: on a note by itself, on a card by how it is learned, on the notes of a collection."""

from collections.abc import Callable, Iterator, Sequence

from duly.advice.advice import Advice, Work
from duly.advice.alike import near_duplicates
from duly.advice.context import context
from duly.advice.facts import several_facts, several_questions
from duly.advice.giveaway import giveaway
from duly.advice.hard import hard
from duly.advice.length import long_answer
from duly.advice.lists import enumeration
from duly.advice.literature import MATUSCHAK, TESTING, WOZNIAK
from duly.advice.yes_no import yes_no
from duly.cards import Card, Note
from duly.message import Message
from duly.scheduling.schedule import Schedule

CHECKS: tuple[tuple[str, Callable[[Note], Message | None], Work], ...] = (
    ("long-answer", long_answer, WOZNIAK),
    ("several-facts", several_facts, WOZNIAK),
    ("several-questions", several_questions, MATUSCHAK),
    ("enumeration", enumeration, WOZNIAK),
    ("yes-no", yes_no, MATUSCHAK),
    ("context", context, MATUSCHAK),
    ("giveaway", giveaway, TESTING),
)
"""What is looked for in every note, under which name, and the work that says why."""


def on_note(note: Note) -> tuple[Advice, ...]:
    """What could be better about a note, whatever others there are."""
    found = ((kind, check(note), work) for kind, check, work in CHECKS)
    return tuple(Advice(note, kind, said, work) for kind, said, work in found if said is not None)


def on_card(card: Card, schedule: Schedule) -> tuple[Advice, ...]:
    """What could be better about a card's note, in view of how the card is learned."""
    found = hard(card, schedule)
    return (*on_note(card.note), *([found] if found else []))


def on_notes(notes: Sequence[Note]) -> Iterator[Advice]:
    """What could be better about each note of a collection, by itself and beside the others."""
    for note in notes:
        yield from on_note(note)
    yield from near_duplicates(notes)
