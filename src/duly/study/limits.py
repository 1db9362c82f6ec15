"""How much a study day may bring: overall, and for each deck that has limits of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from duly.cards import DeckName
from duly.cards.deck import levels
from duly.settings import DeckLimits, Settings

NO_END = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards a study day may bring, and whether one card of a note a day is enough.

    `decks` are the limits of single decks, those within them included; the overall ones hold besides.
    """

    new: int = 20
    reviews: int = 200
    bury_siblings: bool = True
    decks: Mapping[str, DeckLimits] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(settings.new_per_day, settings.reviews_per_day, settings.bury_siblings, settings.decks)

    def room_for_new(self, answered: Iterable[DeckName]) -> "Room":
        """Room for new cards, where today so many were begun in these decks."""
        return Room(self.new, {name: one.new_per_day for name, one in self.decks.items()}, answered)

    def room_for_reviews(self, answered: Iterable[DeckName]) -> "Room":
        """Room for reviews, where today so many were answered in these decks."""
        return Room(self.reviews, {name: one.reviews_per_day for name, one in self.decks.items()}, answered)


USUAL = Limits()
UNLIMITED = Limits(NO_END, NO_END, bury_siblings=False)


class Room:
    """The room that is left, overall and in each limited deck; each card that is taken needs a place in all of them."""

    def __init__(self, overall: int, decks: Mapping[str, int | None], answered: Iterable[DeckName]) -> None:
        self._left = overall
        self._decks = {name.casefold(): limit for name, limit in decks.items() if limit is not None}
        for deck in answered:
            self._take(deck)

    @property
    def is_full(self) -> bool:
        return self._left <= 0

    def takes(self, deck: DeckName) -> bool:
        """Whether there is room for a card of this deck; then it is taken."""
        free = self._left > 0 and all(self._decks[name] > 0 for name in self._limited(deck))
        if free:
            self._take(deck)
        return free

    def _take(self, deck: DeckName) -> None:
        self._left -= 1
        for name in self._limited(deck):
            self._decks[name] -= 1

    def _limited(self, deck: DeckName) -> list[str]:
        """The limited decks that this one is or lies in."""
        if not self._decks:
            return []
        return [name for name in map(str.casefold, levels(deck)) if name in self._decks]
