"""Figures of the cards that there are, from their answers in a period: deck by deck, and the leeches among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId, DeckName
from duly.scheduling.entries import Review
from duly.scheduling.schedule import NEW, Schedule, is_leech
from duly.study.recall import Share, share_of


@dataclass(frozen=True, slots=True)
class DeckFigures:
    """Of the cards of one deck alone: what was remembered when due, and the milliseconds that `cards` of them took."""

    recalled: Share
    cards: int
    took: int


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that was forgotten again and again, and the milliseconds that it took in the period."""

    card: Card
    lapses: int
    took: int


def figures_by_deck(
    cards: Iterable[Card], of_due: Iterable[Review], took: Mapping[CardId, int]
) -> Mapping[DeckName, DeckFigures]:
    """The figures of each deck with answers: `of_due` are those to cards that were due, `took` all milliseconds."""
    reviews: dict[CardId, list[Review]] = {}
    for review in of_due:
        reviews.setdefault(review.card, []).append(review)
    answered: dict[DeckName, list[CardId]] = {}
    for card in cards:
        if card.id in took:
            answered.setdefault(card.note.deck, []).append(card.id)
    return {
        deck: DeckFigures(
            share_of([review for card in members for review in reviews.get(card, ())]),
            len(members),
            sum(took[card] for card in members),
        )
        for deck, members in answered.items()
    }


def leeches_of(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], took: Mapping[CardId, int]
) -> tuple[Leech, ...]:
    """The leeches, those with most lapses first; `took` are the milliseconds of each card."""
    standing = ((card, schedules.get(card.id, NEW)) for card in cards)
    leeches = [Leech(card, schedule.lapses, took.get(card.id, 0)) for card, schedule in standing if is_leech(schedule)]
    return tuple(sorted(leeches, key=lambda leech: -leech.lapses))
