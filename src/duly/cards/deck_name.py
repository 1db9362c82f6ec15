"""The name of a deck, whose levels are separated by ``::`` as in Anki."""

from typing import NewType

DeckName = NewType("DeckName", str)

SEPARATOR = "::"


def deck_levels(deck: DeckName) -> tuple[DeckName, ...]:
    """A deck and all decks that contain it, outermost first: ``a``, ``a::b`` for ``a::b``."""
    parts = deck.split(SEPARATOR)
    return tuple(DeckName(SEPARATOR.join(parts[: depth + 1])) for depth in range(len(parts)))


def is_within(deck: DeckName, outer: DeckName) -> bool:
    """Whether `deck` is `outer` or a deck below it. Case is ignored, as in Anki."""
    folded_deck, folded_outer = deck.casefold(), outer.casefold()
    return folded_deck == folded_outer or folded_deck.startswith(folded_outer + SEPARATOR)
