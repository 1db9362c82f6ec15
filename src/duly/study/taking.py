"""Taking over what was learned in Anki and elsewhere: into the journal as entries, each once, all of them or none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.collector import held_off
from duly.journal import Journal, Page
from duly.message import message
from duly.scheduling.elsewhere import Elsewhere
from duly.scheduling.entries import ALL_CARDS, Adoption, Entry, Logged, Moment, Reset, Resume, Review, SetDue, Suspend
from duly.scheduling.history import answer_instants
from duly.scheduling.replay import effective, replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.schedulers import named
from duly.watch import Watch, unwatched

Learned = Review | Adoption | Reset | SetDue
"""Entries after which nobody says any more that a card was not learned here."""


@dataclass(slots=True)
class Taken:
    """What was taken over. `answers` and `known`, those that the journal had already, count answers, the others cards.

    `earlier` and `later` come back on another day here than there, though both know the same last answer.
    """

    cards: int = 0
    answers: int = 0
    known: int = 0
    adopted: int = 0
    suspended: int = 0
    resumed: int = 0
    moved: int = 0
    earlier: int = 0
    later: int = 0


@held_off()
def take(
    journal: Journal, cards: Sequence[Elsewhere], now: Moment, *, keep_due: bool = False, watch: Watch = unwatched
) -> Taken:
    """Writes what the journal does not have yet, and where that leaves the cards, in one transaction.

    Answers that were carried there from this journal are known by their instants. `keep_due` takes over the day on
    which a card comes back there, if its last answer is known there. Raises `DulyError`, with nothing written.
    """
    with journal.writing() as page:
        taking = _Taking(page, now, keep_due)
        for told in watch(cards, message("Taking over progress")):
            taking.take(told)
        return taking.taken


class _Taking:
    """Cards being taken over, in the middle of a transaction."""

    def __init__(self, page: Page, now: Moment, keep_due: bool) -> None:
        self.taken = Taken()
        self._page = page
        self._now = now
        self._keep_due = keep_due
        self._histories: defaultdict[CardId, list[Logged]] = defaultdict(list)
        entries = tuple(page.entries())
        for one in entries:
            self._histories[one.entry.card].append(one)
        self._instants = answer_instants(entries)
        self._known = {one.id for one in entries}
        self._carried = {(one.entry.card, self._instants[one.id]) for one in entries if one.id in self._instants}

    def take(self, told: Elsewhere) -> None:
        history = self._histories[told.card]
        before = len(history)
        self._take_log(told, history)
        if told.stands is not None and not _is_learned(history):
            self._find(told, Adoption(told.card, self._now, told.stands, told.origin))
            self.taken.adopted += 1
        self._take_suspension(told, history)
        schedule = self._schedule(history) if len(history) > before else self._page.schedule(told.card)
        schedule = self._take_due(told, history, schedule)
        if len(history) > before:
            self._page.reschedule(told.card, schedule)
            self.taken.cards += 1

    def _take_log(self, told: Elsewhere, history: list[Logged]) -> None:
        learned = _is_learned(history)
        for one in told.entries:
            is_answer = isinstance(one.entry, Review)
            if one.id in self._known or (told.card, one.id.number) in self._carried:
                self.taken.known += is_answer
            elif is_answer or isinstance(one.entry, Reset) or not learned:
                self.taken.answers += is_answer
                self._write(one)

    def _take_suspension(self, told: Elsewhere, history: list[Logged]) -> None:
        """Follows Anki where it says another thing than the last time: what the learner does here since then stands."""
        said = [one.entry for one in history if one.id.is_from_elsewhere and isinstance(one.entry, Suspend | Resume)]
        if told.suspended == (bool(said) and isinstance(said[-1], Suspend)):
            return
        if told.suspended:
            self._find(told, Suspend(told.card, self._now))
            self.taken.suspended += 1
        else:
            self._find(told, Resume(told.card, self._now))
            self.taken.resumed += 1

    def _take_due(self, told: Elsewhere, history: list[Logged], schedule: Schedule) -> Schedule:
        here, there = schedule.due, told.stands.due if told.stands else None
        if here is None or there is None or here == there or not self._is_last_answer_in(told, history):
            return schedule
        if self._keep_due:
            self._find(told, SetDue(told.card, self._now, there))
            self.taken.moved += 1
            return self._schedule(history)
        self.taken.earlier += here < there
        self.taken.later += here > there
        return schedule

    def _is_last_answer_in(self, told: Elsewhere, history: list[Logged]) -> bool:
        answers = [one.id for one in effective(history) if isinstance(one.entry, Review)]
        there = {one.id.number for one in told.entries}
        return bool(answers) and self._instants.get(answers[-1], answers[-1].number) in there

    def _schedule(self, history: list[Logged]) -> Schedule:
        about_all = self._histories[ALL_CARDS]
        return replay([*about_all, *history], named).get(history[0].entry.card, NEW)

    def _find(self, told: Elsewhere, entry: Entry) -> None:
        """Writes down what the other program holds without a line in a log."""
        self._write(Logged(self._page.next_id(f"{told.origin.casefold()}:{self._page.device}"), entry))

    def _write(self, logged: Logged) -> None:
        self._page.take(logged)
        self._known.add(logged.id)
        self._histories[logged.entry.card].append(logged)


def _is_learned(history: Iterable[Logged]) -> bool:
    return any(isinstance(one.entry, Learned) for one in history)
