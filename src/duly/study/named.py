"""Decks and tags that a learner names: there has to be a card in them."""

from collections.abc import Iterable
from difflib import get_close_matches

from duly.cards import Card, DeckName
from duly.cards.deck import SEPARATOR, is_within, levels
from duly.errors import DulyError
from duly.message import message


def deck_named(name: str, cards: Iterable[Card]) -> DeckName:
    """The deck of this name, or the one deck whose last part is it. Raises `DulyError` where there is none."""
    known = {outer for card in cards for outer in levels(card.note.deck)}
    if DeckName(name) in known:
        return DeckName(name)
    ending = SEPARATOR + name.casefold()
    inner = sorted(deck for deck in known if (SEPARATOR + deck.casefold()).endswith(ending))
    if len(inner) == 1:
        return inner[0]
    meant = inner or get_close_matches(name, known, n=3)
    if meant:
        raise DulyError(message("there is no deck {deck!r}; did you mean {meant}?", deck=name, meant=", ".join(meant)))
    raise DulyError(message("there is no deck {deck!r}", deck=name))


def tag_named(name: str, cards: Iterable[Card]) -> str:
    """The tag of this name. Raises `DulyError` where no card has it, or one below it."""
    outer = DeckName(name)
    if not any(is_within(DeckName(tag), outer) for card in cards for tag in card.note.tags):
        raise DulyError(message("there is no tag {tag!r}", tag=name))
    return name
