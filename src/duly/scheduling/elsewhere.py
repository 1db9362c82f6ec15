"""What another program knows of a card's learning, in the terms of a journal."""

from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.entries import Logged
from duly.scheduling.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A card as it is known elsewhere.

    `entries` are what its log tells, oldest first, each under the id it has wherever that log is read; where the log
    begins in the middle, the first is an Adoption. `stands` is where the card stands there, None if it is not being
    learned or nobody can say; `suspended`, whether it is set aside there.
    """

    card: CardId
    entries: tuple[Logged, ...] = ()
    stands: Schedule | None = None
    suspended: bool = False
