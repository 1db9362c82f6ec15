"""The history of one card: every entry about it, and which were undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.scheduling.journal_entries import JournalEntry, Review, Undo
from duly.scheduling.replay import ReplayStep, in_order, replay_steps
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """An entry about a card, and its effect; `step` is None if the entry was undone."""

    journal_entry: JournalEntry
    step: ReplayStep | None


@dataclass(frozen=True, slots=True)
class CardHistory:
    """The entries of a card, oldest first, including undone ones, but without the undos."""

    facts: tuple[HistoryItem, ...]

    @property
    def answers(self) -> tuple[Review, ...]:
        """The answers that count."""
        return tuple(
            fact.step.entry for fact in self.facts if fact.step is not None and isinstance(fact.step.entry, Review)
        )

    @property
    def mean_took(self) -> float | None:
        """The mean milliseconds of an answer; None if no answer was timed."""
        times = [review.took for review in self.answers if review.took]
        return sum(times) / len(times) if times else None


def card_history(entries: Iterable[JournalEntry]) -> CardHistory:
    """The history of the card of these entries."""
    history = in_order(entries)
    steps_by_id = {step.journal_entry.id: step for step in replay_steps(history, find_scheduler)}
    return CardHistory(
        tuple(HistoryItem(item, steps_by_id.get(item.id)) for item in history if not isinstance(item.entry, Undo))
    )
