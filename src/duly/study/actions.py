"""What a learner does with cards besides answering them: with any cards, asked or not, each time as one step."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Bury, Reset, Resume, SetDue, Star, Suspend, Unstar
from duly.scheduling.schedule import NEW
from duly.study import step
from duly.study.clock import Clock
from duly.study.step import Act, Step


class Actions:
    """Each method is one step that undo takes back whole, and None where there was nothing to do.

    Raises `DulyError` if the journal cannot be written: then nothing was done.
    """

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self.journal = journal
        self.clock = clock

    def suspend(self, cards: Iterable[CardId]) -> Step | None:
        """Sets cards aside until they are resumed."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.suspended else Suspend(card, moment))

    def resume(self, cards: Iterable[CardId]) -> Step | None:
        """Takes suspended cards up again."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Resume(card, moment) if before.suspended else None)

    def toggle_suspended(self, cards: Collection[CardId]) -> Step | None:
        """Suspends cards or, where all of them are suspended, resumes them."""
        schedules = self.journal.schedules()
        suspended = all(schedules.get(card, NEW).suspended for card in cards)
        return self.resume(cards) if suspended else self.suspend(cards)

    def star(self, cards: Iterable[CardId]) -> Step | None:
        """Marks cards with a star."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: None if before.starred else Star(card, moment))

    def unstar(self, cards: Iterable[CardId]) -> Step | None:
        """Takes the stars off cards."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, before: Unstar(card, moment) if before.starred else None)

    def toggle_star(self, cards: Collection[CardId]) -> Step | None:
        """Stars cards or, where all of them are starred, takes their stars off."""
        schedules = self.journal.schedules()
        starred = all(schedules.get(card, NEW).starred for card in cards)
        return self.unstar(cards) if starred else self.star(cards)

    def bury(self, cards: Iterable[CardId]) -> Step | None:
        """Sets cards aside until tomorrow."""
        moment = self.clock.moment()
        tomorrow = StudyDay(moment.day + 1)
        return self._do(
            cards,
            lambda card, before: None if (before.buried_until or moment.day) >= tomorrow
            else Bury(card, moment, tomorrow),
        )  # fmt: skip

    def set_due(self, cards: Iterable[CardId], due: StudyDay) -> Step | None:
        """Has cards come back on the study day `due`, whatever their interval says."""
        moment = self.clock.moment()
        return self._do(cards, lambda card, _before: SetDue(card, moment, due))

    def reset(self, cards: Iterable[CardId]) -> Step | None:
        """Has cards be as new; what was learned of them stays in the journal and no longer counts."""
        moment = self.clock.moment()
        return self._do(
            cards,
            lambda card, before: (
                None if replace(before, suspended=False, starred=False) == NEW else Reset(card, moment)
            ),
        )

    def undo(self, known: Collection[CardId]) -> Step | None:
        """Takes the last step back that still counts, an answer too, as far as it is about `known` cards."""
        return step.undo(self.journal, known, self.clock.moment())

    def redo(self, known: Collection[CardId]) -> Step | None:
        """Takes the last undo back, unless something was done since."""
        return step.redo(self.journal, known, self.clock.moment())

    def _do(self, cards: Iterable[CardId], act: Act) -> Step | None:
        return step.do(self.journal, cards, act)
