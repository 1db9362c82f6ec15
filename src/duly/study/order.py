"""The orders in which cards are listed."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from duly.scheduling.schedule import Memory, Schedule, Sm2Memory
from duly.study.listed import Listed


class Order(StrEnum):
    """By what a list of cards is sorted."""

    WRITTEN = "written"
    DUE = "due"
    INTERVAL = "interval"
    EASINESS = "easiness"
    LAPSES = "lapses"


_KEYS: Mapping[Order, Callable[[Schedule], tuple[bool, float]]] = {
    Order.DUE: lambda one: (one.due is None, one.due or 0),
    Order.INTERVAL: lambda one: (one.is_new, -one.interval),
    Order.EASINESS: lambda one: (one.is_new, _ease(one.memory)),
    Order.LAPSES: lambda one: (one.is_new, -one.lapses),
}


def _ease(memory: Memory) -> float:
    """What is small for a hard card: SM-2's easiness; FSRS's difficulty, 1 to 10, from the other end."""
    return memory.easiness if isinstance(memory, Sm2Memory) else -memory.difficulty


def ordered(cards: Iterable[Listed], order: Order) -> list[Listed]:
    """The cards in this order: the soonest due, longest interval, hardest, or most often forgotten ones first.

    Cards that are alike in it stay in the order in which they came; new ones are last.
    """
    if order is Order.WRITTEN:
        return list(cards)
    key = _KEYS[order]
    return sorted(cards, key=lambda one: key(one.schedule))
