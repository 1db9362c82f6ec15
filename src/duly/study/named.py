"""Decks and tags that a learner names: there has to be a card in them."""

from collections.abc import Iterable

from duly.cards import Card, DeckName
from duly.cards.deck import is_within
from duly.errors import DulyError
from duly.message import message


def deck_named(name: str, cards: Iterable[Card]) -> DeckName:
    """The deck of this name. Raises `DulyError` where no card lies in it or below it."""
    deck = DeckName(name)
    if not any(is_within(card.note.deck, deck) for card in cards):
        raise DulyError(message("there is no deck {deck!r}", deck=name))
    return deck


def tag_named(name: str, cards: Iterable[Card]) -> str:
    """The tag of this name. Raises `DulyError` where no card has it, or one below it."""
    outer = DeckName(name)
    if not any(is_within(DeckName(tag), outer) for card in cards for tag in card.note.tags):
        raise DulyError(message("there is no tag {tag!r}", tag=name))
    return name
