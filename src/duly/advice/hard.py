"""A card that is forgotten again and again: seldom the learner's fault."""

from duly.advice.advice import Advice
from duly.advice.literature import SM2, WOZNIAK
from duly.cards import Card
from duly.message import message
from duly.scheduling.leech import is_leech
from duly.scheduling.schedule import Schedule
from duly.scheduling.sm2 import LEAST_EASINESS


def hard(card: Card, schedule: Schedule) -> Advice | None:
    """Of a leech, and of a card whose easiness has sunk as low as it can."""
    if is_leech(schedule):
        said = message(
            "this was forgotten {n} times, and repeating it more often will not help; reword it, split it, or drop it",
            n=schedule.lapses,
        )
        return Advice(card.note, "leech", said, WOZNIAK)
    if schedule.easiness is not None and schedule.easiness <= LEAST_EASINESS:
        said = message("no card is harder for SM-2 (easiness 1.30); reword it, or split it into easier ones")
        return Advice(card.note, "hard", said, SM2)
    return None
