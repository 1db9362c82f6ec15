"""How far cards have come: new, young, mature, or set aside."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from duly.cards import Card, CardId
from duly.scheduling.schedule import NEW, Schedule

MATURE = 21
"""The interval in days from which on a card is mature, as in Anki."""


class Stage(StrEnum):
    """What a card is counted as; a suspended card is nothing else."""

    NEW = "new"
    YOUNG = "young"
    MATURE = "mature"
    SUSPENDED = "suspended"


def stage(schedule: Schedule) -> Stage:
    """The stage of a card with this schedule."""
    if schedule.suspended:
        return Stage.SUSPENDED
    if schedule.is_new:
        return Stage.NEW
    return Stage.MATURE if schedule.interval >= MATURE else Stage.YOUNG


def stages(cards: Iterable[Card], schedules: Mapping[CardId, Schedule]) -> Mapping[Stage, int]:
    """How many cards are at each stage."""
    return Counter(stage(schedules.get(card.id, NEW)) for card in cards)
