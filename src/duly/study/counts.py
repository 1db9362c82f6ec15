"""How much there is to do: new, drilled, due and all cards of every deck, those below it included."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from duly.cards import Card, DeckName
from duly.cards.deck import levels
from duly.study.queue import Queue


@dataclass(frozen=True, slots=True)
class DeckCount:
    """A deck with the cards that are left today in it and below it, and all that lie there."""

    deck: DeckName
    new: int
    drills: int
    due: int
    total: int

    @property
    def depth(self) -> int:
        """How many decks it lies in."""
        return len(levels(self.deck)) - 1

    @property
    def waiting(self) -> int:
        return self.new + self.drills + self.due


def deck_counts(cards: Iterable[Card], queue: Queue) -> tuple[DeckCount, ...]:
    """A count for every deck, outer decks before those within, otherwise in the order of their first cards."""
    total: Counter[DeckName] = Counter()
    for deck, number in Counter(card.note.deck for card in cards).items():
        for level in levels(deck):
            total[level] += number
    new, drills, due = (_by_deck(part) for part in (queue.new, queue.drills, queue.reviews))
    return tuple(DeckCount(deck, new[deck], drills[deck], due[deck], total[deck]) for deck in _nested(total))


def _by_deck(cards: Iterable[Card]) -> Counter[DeckName]:
    return Counter(level for card in cards for level in levels(card.note.deck))


def _nested(decks: Iterable[DeckName]) -> list[DeckName]:
    """Every deck followed at once by those within it."""
    first = {deck: position for position, deck in enumerate(decks)}
    return sorted(first, key=lambda deck: [first[level] for level in levels(deck)])
