"""The options of a multiple choice, shuffled anew at every showing and alike on every machine."""

from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from duly.cards import Card, CardId, Choice


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from, as Markdown."""

    text: str
    right: bool


def written(choice: Choice) -> tuple[Option, ...]:
    """The options as they stand in the file, the right one first."""
    return (Option(choice.answer, True), *(Option(wrong, False) for wrong in choice.wrong))


def options_of(card: Card, showing: str) -> tuple[Option, ...]:
    """The options of a card at this `showing`; none if it is no multiple choice."""
    return shuffled(card.note.kind, card.id, showing) if isinstance(card.note.kind, Choice) else ()


def shuffled(choice: Choice, card: CardId, showing: str) -> tuple[Option, ...]:
    """The options in the order of this `showing`, any text that differs from one showing of the card to the next."""
    options = list(written(choice))
    Random(blake2b(f"{card}:{showing}".encode(), digest_size=8).digest()).shuffle(options)
    return tuple(options)
