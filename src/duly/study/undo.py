"""Undo and redo of answers and other actions; both write Undo entries."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.journal_entries import Entry, JournalEntry, Moment, Undo
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.undo_targets import JournalTail


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The result of an action, an undo or a redo: at least one entry, and the new schedules of its cards."""

    entries: tuple[Entry, ...]
    schedules: Mapping[CardId, Schedule]

    @property
    def card(self) -> CardId:
        """The card of the action; the first one if there are several."""
        return self.entry.card

    @property
    def entry(self) -> Entry:
        return self.entries[0]


def undo(journal: Journal, cards: Collection[CardId], moment: Moment) -> ActionResult | None:
    """Undoes the last undo step that counts, as far as it is about `cards`; None if there is none."""
    return _take_back(journal, moment, lambda tail: tail.entries_to_undo(cards))


def redo(journal: Journal, cards: Collection[CardId], moment: Moment) -> ActionResult | None:
    """Redoes the last undone step, unless another action followed; None if there is none."""
    return _take_back(journal, moment, lambda tail: tail.entries_to_redo(cards))


def _take_back(
    journal: Journal, moment: Moment, find_step: Callable[[JournalTail], tuple[JournalEntry, ...] | None]
) -> ActionResult | None:
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.transaction() as transaction:
        for target in next(step for tail in transaction.tails() if (step := find_step(tail)) is not None):
            card = target.entry.card
            transaction.append(Undo(card, moment, target.id), NEW)
            history = transaction.entries_of((card,))
            schedules[card] = replay(history, find_scheduler).get(card, NEW)
            transaction.save_schedule(card, schedules[card])
            entries.append(_affected_entry(target, history))
    return ActionResult(tuple(entries), schedules) if entries else None


def _affected_entry(target: JournalEntry, history: Iterable[JournalEntry]) -> Entry:
    """The entry that the undo of `target` takes back or, if `target` is an undo, restores."""
    entry = target.entry
    if not isinstance(entry, Undo):
        return entry
    return next(item.entry for item in history if item.id == entry.target)
