"""The state of a card for counting: new, young, mature or suspended."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from duly.cards import Card, CardId
from duly.scheduling.schedule import NEW, Schedule

MATURE = 21
"""The interval in days from which on a card is mature, as in Anki."""


class CardState(StrEnum):
    """The state of a card; a suspended card has no other state."""

    NEW = "new"
    YOUNG = "young"
    MATURE = "mature"
    SUSPENDED = "suspended"


def card_state(schedule: Schedule) -> CardState:
    """The state of a card with this schedule."""
    if schedule.suspended:
        return CardState.SUSPENDED
    if schedule.is_new:
        return CardState.NEW
    return CardState.MATURE if schedule.interval >= MATURE else CardState.YOUNG


def count_states(cards: Iterable[Card], schedules: Mapping[CardId, Schedule]) -> Mapping[CardState, int]:
    """The number of cards in each state."""
    return Counter(card_state(schedules.get(card.id, NEW)) for card in cards)
