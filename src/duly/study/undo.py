"""Undo and redo: each writes entries that take the last step back, an answer or any other action."""

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
    """What was done, undone or redone: at least one entry, and the new schedules of its cards."""

    entries: tuple[Entry, ...]
    schedules: Mapping[CardId, Schedule]

    @property
    def card(self) -> CardId:
        """The card it was about; the first, if there are several."""
        return self.entry.card

    @property
    def entry(self) -> Entry:
        return self.entries[0]


def undo(journal: Journal, known: Collection[CardId], moment: Moment) -> ActionResult | None:
    """Takes the last step back that still counts, today's or any earlier one, as far as it is about `known` cards."""
    return _take_back(journal, moment, lambda tail: tail.entries_to_undo(known))


def redo(journal: Journal, known: Collection[CardId], moment: Moment) -> ActionResult | None:
    """Takes the last undo back, unless something was done since."""
    return _take_back(journal, moment, lambda tail: tail.entries_to_redo(known))


def _take_back(
    journal: Journal, moment: Moment, which: Callable[[JournalTail], tuple[JournalEntry, ...] | None]
) -> ActionResult | None:
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.writing() as transaction:
        for target in next(step for tail in transaction.tails() if (step := which(tail)) is not None):
            card = target.entry.card
            transaction.append(Undo(card, moment, target.id), NEW)
            history = transaction.entries_of((card,))
            schedules[card] = replay(history, find_scheduler).get(card, NEW)
            transaction.reschedule(card, schedules[card])
            entries.append(_reported(target, history))
    return ActionResult(tuple(entries), schedules) if entries else None


def _reported(taken_back: JournalEntry, history: Iterable[JournalEntry]) -> Entry:
    """The entry that an undo takes back or, where an undo itself is taken back, restores."""
    entry = taken_back.entry
    if not isinstance(entry, Undo):
        return entry
    return next(item.entry for item in history if item.id == entry.target)
