"""A step: what was done at once, be it to one card or many, and is undone at once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.ending import Ending
from duly.scheduling.entries import Entry, Logged, Moment, Undo
from duly.scheduling.replay import after, replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.schedulers import named

Act = Callable[[CardId, Schedule], Entry | None]
"""What is done to a card that stands at a schedule; None where there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, taken back, or done again: at least one entry, and where that left the cards."""

    entries: tuple[Entry, ...]
    schedules: Mapping[CardId, Schedule]

    @property
    def card(self) -> CardId:
        """The card it was about; the first, if there are several."""
        return self.entry.card

    @property
    def entry(self) -> Entry:
        return self.entries[0]


def do(journal: Journal, cards: Iterable[CardId], act: Act) -> Step | None:
    """Does something to some cards, in one transaction; None if there was nothing to do. Raises `DulyError`."""
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.writing() as page:
        for card in cards:
            before = page.schedule(card)
            entry = act(card, before)
            if entry is not None:
                schedules[card] = after(before, entry, named)
                page.append(entry, schedules[card])
                entries.append(entry)
    return Step(tuple(entries), schedules) if entries else None


def undo(journal: Journal, known: Collection[CardId], moment: Moment) -> Step | None:
    """Takes the last step back that still counts, today's or any earlier one, as far as it is about `known` cards."""
    return _take_back(journal, moment, lambda ending: ending.undoable(known))


def redo(journal: Journal, known: Collection[CardId], moment: Moment) -> Step | None:
    """Takes the last undo back, unless something was done since."""
    return _take_back(journal, moment, lambda ending: ending.redoable(known))


def _take_back(journal: Journal, moment: Moment, which: Callable[[Ending], tuple[Logged, ...] | None]) -> Step | None:
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.writing() as page:
        for target in next(found for ending in page.endings() if (found := which(ending)) is not None):
            card = target.entry.card
            page.append(Undo(card, moment, target.id), NEW)
            history = page.entries_of((card,))
            schedules[card] = replay(history, named).get(card, NEW)
            page.reschedule(card, schedules[card])
            entries.append(_fact(target, history))
    return Step(tuple(entries), schedules) if entries else None


def _fact(taken_back: Logged, history: Iterable[Logged]) -> Entry:
    """The fact that an undo voids or, where an undo is taken back, restores."""
    entry = taken_back.entry
    if not isinstance(entry, Undo):
        return entry
    return next(one.entry for one in history if one.id == entry.target)
