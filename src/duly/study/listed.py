"""A card as it stands in a list that is searched: with its schedule, and its text made ready for comparison."""

import unicodedata
from collections.abc import Iterable, Mapping

from duly.cards import Card, CardId
from duly.scheduling.schedule import NEW, Schedule


class Listed:
    """A card and where it stands. Its text is folded once, when a search first asks for it, and then kept."""

    __slots__ = ("_text", "card", "schedule")

    def __init__(self, card: Card, schedule: Schedule, text: str | None = None) -> None:
        self.card = card
        self.schedule = schedule
        self._text = text

    @property
    def text(self) -> str:
        """Everything that is written on the card's note, and the note's id."""
        if self._text is None:
            self._text = folded("\n".join((*self.card.note.texts, self.card.note.id)))
        return self._text

    def at(self, schedule: Schedule) -> "Listed":
        """The same card, standing elsewhere."""
        return Listed(self.card, schedule, self._text)


def listed(cards: Iterable[Card], schedules: Mapping[CardId, Schedule]) -> list[Listed]:
    """The cards in their order, each with its schedule."""
    return [Listed(card, schedules.get(card.id, NEW)) for card in cards]


def folded(text: str) -> str:
    """A text as search compares it: without regard to case, width and other forms of the same character."""
    return unicodedata.normalize("NFKC", text).casefold()
