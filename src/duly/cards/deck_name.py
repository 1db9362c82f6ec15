"""The name of a deck, whose levels are parted by ``::`` as in Anki."""

from typing import NewType

DeckName = NewType("DeckName", str)

SEPARATOR = "::"


def deck_levels(deck: DeckName) -> tuple[DeckName, ...]:
    """The deck and those it lies in, outermost first: ``a::b`` gives ``a``, ``a::b``."""
    parts = deck.split(SEPARATOR)
    return tuple(DeckName(SEPARATOR.join(parts[: depth + 1])) for depth in range(len(parts)))


def is_within(deck: DeckName, outer: DeckName) -> bool:
    """Whether `deck` is `outer` or lies below it. Anki takes deck names without regard to case, and so do we."""
    inner, around = deck.casefold(), outer.casefold()
    return inner == around or inner.startswith(around + SEPARATOR)
