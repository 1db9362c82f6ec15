"""Actions on cards other than answers: suspend, star, bury and more. Undo takes each back as a whole."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Bury, Entry, Reset, Resume, SetDue, Star, Suspend, Unstar
from duly.scheduling.replay import apply
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.clock import Clock
from duly.study.undo import ActionResult, redo, undo

Action = Callable[[CardId, Schedule], Entry | None]
"""Makes the entry for a card with this schedule; None if there is nothing to do."""


def perform(journal: Journal, cards: Iterable[CardId], action: Action) -> ActionResult | None:
    """Applies an action to cards in one transaction; None if there was nothing to do. Raises `DulyError`."""
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.transaction() as transaction:
        for card in cards:
            before = transaction.schedule(card)
            entry = action(card, before)
            if entry is not None:
                schedules[card] = apply(before, entry, find_scheduler)
                transaction.append(entry, schedules[card])
                entries.append(entry)
    return ActionResult(tuple(entries), schedules) if entries else None


class Actions:
    """The actions of a learner. Undo takes each back as a whole; None if there was nothing to do.

    Every method raises `DulyError`, and changes nothing, if the journal cannot be written.
    """

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self.journal = journal
        self.clock = clock

    def suspend(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Suspends cards: they are not asked until they are resumed."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.suspended else Suspend(card, moment))

    def resume(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Resumes suspended cards."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Resume(card, moment) if before.suspended else None)

    def toggle_suspended(self, cards: Collection[CardId]) -> ActionResult | None:
        """Suspends cards, or resumes them if all are suspended."""
        schedules = self.journal.schedules()
        all_suspended = all(schedules.get(card, NEW).suspended for card in cards)
        return self.resume(cards) if all_suspended else self.suspend(cards)

    def star(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Marks cards with a star."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.starred else Star(card, moment))

    def unstar(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Removes the stars of cards."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Unstar(card, moment) if before.starred else None)

    def toggle_star(self, cards: Collection[CardId]) -> ActionResult | None:
        """Adds stars to cards, or removes them if all cards have one."""
        schedules = self.journal.schedules()
        all_starred = all(schedules.get(card, NEW).starred for card in cards)
        return self.unstar(cards) if all_starred else self.star(cards)

    def bury(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Buries cards: they are not asked before tomorrow."""
        moment = self.clock.moment()
        tomorrow = StudyDay(moment.day + 1)
        return self._do(
            cards,
            lambda card, before: None if (before.buried_until or moment.day) >= tomorrow
            else Bury(card, moment, tomorrow),
        )  # fmt: skip

    def set_due(self, cards: Iterable[CardId], due: StudyDay) -> ActionResult | None:
        """Makes cards due on the study day `due`, regardless of their interval."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, _before: SetDue(card, moment, due))

    def reset(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Makes cards new again; their earlier answers stay in the journal but no longer count."""
        moment = self.clock.moment()
        return self._do(
            cards,
            lambda card, before: (
                None if replace(before, suspended=False, starred=False) == NEW else Reset(card, moment)
            ),
        )

    def undo(self, cards: Collection[CardId]) -> ActionResult | None:
        """Undoes the last undo step that counts, an answer or another action, as far as it is about `cards`."""
        return undo(self.journal, cards, self.clock.moment())

    def redo(self, cards: Collection[CardId]) -> ActionResult | None:
        """Redoes the last undone step, unless another action followed."""
        return redo(self.journal, cards, self.clock.moment())

    def _do(self, cards: Iterable[CardId], action: Action) -> ActionResult | None:
        return perform(self.journal, cards, action)
