"""What a learner does with cards besides answering them; each action is undone and redone as a whole."""

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
"""What is done to a card that stands at a schedule; None where there is nothing to do."""


def perform(journal: Journal, cards: Iterable[CardId], act: Action) -> ActionResult | None:
    """Does something to some cards, in one transaction; None if there was nothing to do. Raises `DulyError`."""
    entries: list[Entry] = []
    schedules: dict[CardId, Schedule] = {}
    with journal.writing() as transaction:
        for card in cards:
            before = transaction.schedule(card)
            entry = act(card, before)
            if entry is not None:
                schedules[card] = apply(before, entry, find_scheduler)
                transaction.append(entry, schedules[card])
                entries.append(entry)
    return ActionResult(tuple(entries), schedules) if entries else None


class Actions:
    """Each method does one action, which undo takes back as a whole; None where there was nothing to do.

    Raises `DulyError` if the journal cannot be written: then nothing was done.
    """

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self.journal = journal
        self.clock = clock

    def suspend(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Sets cards aside until they are resumed."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.suspended else Suspend(card, moment))

    def resume(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Takes suspended cards up again."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Resume(card, moment) if before.suspended else None)

    def toggle_suspended(self, cards: Collection[CardId]) -> ActionResult | None:
        """Suspends cards or, where all of them are suspended, resumes them."""
        schedules = self.journal.schedules()
        suspended = all(schedules.get(card, NEW).suspended for card in cards)
        return self.resume(cards) if suspended else self.suspend(cards)

    def star(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Marks cards with a star."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.starred else Star(card, moment))

    def unstar(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Takes the stars off cards."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Unstar(card, moment) if before.starred else None)

    def toggle_star(self, cards: Collection[CardId]) -> ActionResult | None:
        """Stars cards or, where all of them are starred, takes their stars off."""
        schedules = self.journal.schedules()
        starred = all(schedules.get(card, NEW).starred for card in cards)
        return self.unstar(cards) if starred else self.star(cards)

    def bury(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Sets cards aside until tomorrow."""
        moment = self.clock.moment()
        tomorrow = StudyDay(moment.day + 1)
        return self._do(
            cards,
            lambda card, before: None if (before.buried_until or moment.day) >= tomorrow
            else Bury(card, moment, tomorrow),
        )  # fmt: skip

    def set_due(self, cards: Iterable[CardId], due: StudyDay) -> ActionResult | None:
        """Makes cards due on the study day `due`, whatever their interval says."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, _before: SetDue(card, moment, due))

    def reset(self, cards: Iterable[CardId]) -> ActionResult | None:
        """Makes cards new again; earlier answers stay in the journal and no longer count."""
        moment = self.clock.moment()
        return self._do(
            cards,
            lambda card, before: (
                None if replace(before, suspended=False, starred=False) == NEW else Reset(card, moment)
            ),
        )

    def undo(self, known: Collection[CardId]) -> ActionResult | None:
        """Takes the last step back that still counts, an answer too, as far as it is about `known` cards."""
        return undo(self.journal, known, self.clock.moment())

    def redo(self, known: Collection[CardId]) -> ActionResult | None:
        """Takes the last undo back, unless something was done since."""
        return redo(self.journal, known, self.clock.moment())

    def _do(self, cards: Iterable[CardId], act: Action) -> ActionResult | None:
        return perform(self.journal, cards, act)
