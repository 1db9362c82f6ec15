"""The past of one card: everything that was written down about it, what it came to, and what was undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.scheduling.effects import Effect, effects
from duly.scheduling.entries import Logged, Review, Undo
from duly.scheduling.replay import in_order
from duly.scheduling.schedulers import named


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was done to a card; `effect` is what it did, None where it was undone."""

    logged: Logged
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Past:
    """The facts of a card, oldest first, those undone among them; undos themselves are none."""

    facts: tuple[Fact, ...]

    @property
    def answers(self) -> tuple[Review, ...]:
        """The answers that count."""
        return tuple(
            fact.effect.logged.entry
            for fact in self.facts
            if fact.effect is not None and isinstance(fact.effect.logged.entry, Review)
        )

    @property
    def took(self) -> float | None:
        """The milliseconds an answer took, on average; None if no answer was timed."""
        times = [review.took for review in self.answers if review.took]
        return sum(times) / len(times) if times else None


def past(entries: Iterable[Logged]) -> Past:
    """The past of the card that these entries are about."""
    history = in_order(entries)
    done = {one.logged.id: one for one in effects(history, named)}
    return Past(tuple(Fact(one, done.get(one.id)) for one in history if not isinstance(one.entry, Undo)))
