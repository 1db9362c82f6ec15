"""Statistics of decks and of single cards in a period: recall and time by deck, leeches, the slowest cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from duly.cards import Card, CardId, DeckName
from duly.scheduling.journal_entries import Review
from duly.scheduling.leech import is_leech
from duly.scheduling.schedule import NEW, Schedule
from duly.study.recall import Share, share_of

MOST_SLOW = 10
"""The maximum number of slow cards that are listed."""


@dataclass(frozen=True, slots=True)
class DeckFigures:
    """The figures of a deck without the decks below it: the recall of due `young` and `mature` cards, the number of
    answered `cards`, and the milliseconds of the answers."""

    young: Share
    mature: Share
    cards: int
    took: int

    @property
    def recalled(self) -> Share:
        """The recall of all due cards."""
        return self.young + self.mature


@dataclass(frozen=True, slots=True)
class Leech:
    """A leech, its schedule, and the milliseconds of its answers in the period."""

    card: Card
    schedule: Schedule
    took: int


@dataclass(frozen=True, slots=True)
class CardTime:
    """A card, the number of its answers in the period, and their milliseconds."""

    card: Card
    answers: int
    took: int


def figures_by_deck(
    cards: Iterable[Card], young: Iterable[Review], mature: Iterable[Review], took: Mapping[CardId, Sequence[int]]
) -> Mapping[DeckName, DeckFigures]:
    """The figures of each deck with answers: `young` and `mature` are answers to due cards, `took` has the milliseconds
    of all answers by card."""
    answered_cards: dict[DeckName, list[CardId]] = {}
    for card in cards:
        if card.id in took:
            answered_cards.setdefault(card.note.deck, []).append(card.id)
    deck_of = {card: deck for deck, members in answered_cards.items() for card in members}
    young_shares, mature_shares = _share_by_deck(young, deck_of), _share_by_deck(mature, deck_of)
    return {
        deck: DeckFigures(
            young_shares.get(deck, Share()),
            mature_shares.get(deck, Share()),
            len(members),
            sum(sum(took[card]) for card in members),
        )
        for deck, members in answered_cards.items()
    }


def leeches_of(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], took: Mapping[CardId, Sequence[int]]
) -> tuple[Leech, ...]:
    """The leeches, those with most lapses first."""
    cards_with_schedules = ((card, schedules.get(card.id, NEW)) for card in cards)
    leeches = [
        Leech(card, schedule, sum(took.get(card.id, ())))
        for card, schedule in cards_with_schedules
        if is_leech(schedule)
    ]
    return tuple(sorted(leeches, key=lambda leech: -leech.schedule.lapses))


def slowest_of(cards: Iterable[Card], took: Mapping[CardId, Sequence[int]]) -> tuple[CardTime, ...]:
    """The cards that took the most time, at most `MOST_SLOW`."""
    times = (CardTime(card, len(took[card.id]), sum(took[card.id])) for card in cards if card.id in took)
    return tuple(nlargest(MOST_SLOW, (time for time in times if time.took), key=lambda time: time.took))


def _share_by_deck(reviews: Iterable[Review], deck_of: Mapping[CardId, DeckName]) -> Mapping[DeckName, Share]:
    by_deck: dict[DeckName, list[Review]] = {}
    for review in reviews:
        if review.card in deck_of:
            by_deck.setdefault(deck_of[review.card], []).append(review)
    return {deck: share_of(deck_reviews) for deck, deck_reviews in by_deck.items()}
