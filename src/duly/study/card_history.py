"""The history of one card: every entry about it, and which were undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.scheduling.journal_entries import JournalEntry, Review, Undo
from duly.scheduling.replay import ReplayStep, in_order, replay_steps
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Something that was done to a card; `step` is what it changed, None where it was undone."""

    logged: JournalEntry
    step: ReplayStep | None


@dataclass(frozen=True, slots=True)
class CardHistory:
    """The facts of a card, oldest first, with those that were undone, but without the undos."""

    facts: tuple[HistoryItem, ...]

    @property
    def answers(self) -> tuple[Review, ...]:
        """The answers that count."""
        return tuple(
            fact.step.entry for fact in self.facts if fact.step is not None and isinstance(fact.step.entry, Review)
        )

    @property
    def took(self) -> float | None:
        """The milliseconds an answer took, on average; None if no answer was timed."""
        times = [review.took for review in self.answers if review.took]
        return sum(times) / len(times) if times else None


def card_history(entries: Iterable[JournalEntry]) -> CardHistory:
    """The history of the card that these entries are about."""
    history = in_order(entries)
    done = {step.journal_entry.id: step for step in replay_steps(history, find_scheduler)}
    return CardHistory(
        tuple(HistoryItem(item, done.get(item.id)) for item in history if not isinstance(item.entry, Undo))
    )
