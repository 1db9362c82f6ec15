"""Imports what was learned in Anki and elsewhere into the journal: each entry once, all of them or none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.gc_pause import gc_paused
from duly.journal import Journal, Transaction
from duly.message import message
from duly.scheduling.day import StudyDay
from duly.scheduling.foreign_progress import ForeignProgress
from duly.scheduling.journal_entries import (
    ALL_CARDS,
    Bury,
    Entry,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Reset,
    Resume,
    Review,
    SetDue,
    Star,
    Suspend,
    Unstar,
)
from duly.scheduling.replay import replay, without_undone
from duly.scheduling.review_history import answer_instants
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.work_progress import Watch, silent_watch

LearningEntry = Review | ImportedSchedule | Reset | SetDue
"""Entries that show that a card was learned here."""


@dataclass(slots=True)
class ImportReport:
    """What was taken over. `answers` and `known`, those that the journal had already, count answers, the others cards.

    `stars` were put on or taken off there. `earlier` and `later` come back on another day here than there, though both
    know the same last answer.
    """

    cards: int = 0
    answers: int = 0
    known: int = 0
    adopted: int = 0
    suspended: int = 0
    resumed: int = 0
    buried: int = 0
    stars: int = 0
    moved: int = 0
    earlier: int = 0
    later: int = 0


@gc_paused()
def import_into_journal(
    journal: Journal,
    cards: Sequence[ForeignProgress],
    now: Moment,
    *,
    keep_due: bool = False,
    watch: Watch = silent_watch,
) -> ImportReport:
    """Writes what the journal does not have yet, and where that leaves the cards, in one transaction.

    Answers that were carried there from this journal are known by their instants. `keep_due` takes over the day on
    which a card comes back there, if its last answer is known there. Raises `DulyError`, with nothing written.
    """
    with journal.writing() as transaction:
        importer = _Import(transaction, now, keep_due)
        for foreign in watch(cards, message("Taking over progress")):
            importer.take(foreign)
        return importer.report


class _Import:
    """Cards being taken over, in the middle of a transaction."""

    def __init__(self, transaction: Transaction, now: Moment, keep_due: bool) -> None:
        self.report = ImportReport()
        self._transaction = transaction
        self._now = now
        self._keep_due = keep_due
        self._histories: defaultdict[CardId, list[JournalEntry]] = defaultdict(list)
        entries = tuple(transaction.entries())
        for item in entries:
            self._histories[item.entry.card].append(item)
        self._instants = answer_instants(entries)
        self._known = {item.id for item in entries}
        self._carried = {(item.entry.card, self._instants[item.id]) for item in entries if item.id in self._instants}

    def take(self, foreign: ForeignProgress) -> None:
        history = self._histories[foreign.card]
        before = len(history)
        self._take_log(foreign, history)
        if foreign.schedule is not None and not _is_learned(history):
            self._write_unlogged(foreign, ImportedSchedule(foreign.card, self._now, foreign.schedule, foreign.origin))
            self.report.adopted += 1
        self._take_suspension(foreign, history)
        if foreign.is_buried:
            self._write_unlogged(foreign, Bury(foreign.card, self._now, StudyDay(self._now.day + 1)))
            self.report.buried += 1
        self._take_star(foreign)
        schedule = self._schedule(history) if len(history) > before else self._transaction.schedule(foreign.card)
        schedule = self._take_due(foreign, history, schedule)
        if len(history) > before:
            self._transaction.reschedule(foreign.card, schedule)
            self.report.cards += 1

    def _take_log(self, foreign: ForeignProgress, history: list[JournalEntry]) -> None:
        learned = _is_learned(history)
        for item in foreign.entries:
            is_answer = isinstance(item.entry, Review)
            if item.id in self._known or (foreign.card, item.id.number) in self._carried:
                self.report.known += is_answer
            elif is_answer or isinstance(item.entry, Reset | SetDue) or not learned:
                self.report.answers += is_answer
                self._write(item)

    def _take_suspension(self, foreign: ForeignProgress, history: list[JournalEntry]) -> None:
        """Follows Anki where that has changed since the last import; otherwise what was done here stays."""
        before = foreign.was_suspended
        if before is None:
            changes = [
                item.entry for item in history if item.id.is_from_elsewhere and isinstance(item.entry, Suspend | Resume)
            ]
            before = bool(changes) and isinstance(changes[-1], Suspend)
        if foreign.is_suspended == before:
            return
        if foreign.is_suspended:
            self._write_unlogged(foreign, Suspend(foreign.card, self._now))
            self.report.suspended += 1
        else:
            self._write_unlogged(foreign, Resume(foreign.card, self._now))
            self.report.resumed += 1

    def _take_star(self, foreign: ForeignProgress) -> None:
        if foreign.star_change is None or foreign.star_change == self._transaction.schedule(foreign.card).starred:
            return
        self._write_unlogged(foreign, (Star if foreign.star_change else Unstar)(foreign.card, self._now))
        self.report.stars += 1

    def _take_due(self, foreign: ForeignProgress, history: list[JournalEntry], schedule: Schedule) -> Schedule:
        here, there = schedule.due, foreign.schedule.due if foreign.schedule else None
        if here is None or there is None or here == there or not self._is_last_answer_in(foreign, history):
            return schedule
        if self._keep_due:
            self._write_unlogged(foreign, SetDue(foreign.card, self._now, there))
            self.report.moved += 1
            return self._schedule(history)
        self.report.earlier += here < there
        self.report.later += here > there
        return schedule

    def _is_last_answer_in(self, foreign: ForeignProgress, history: list[JournalEntry]) -> bool:
        answers = [item.id for item in without_undone(history) if isinstance(item.entry, Review)]
        there = {item.id.number for item in foreign.entries}
        return bool(answers) and self._instants.get(answers[-1], answers[-1].number) in there

    def _schedule(self, history: list[JournalEntry]) -> Schedule:
        about_all = self._histories[ALL_CARDS]
        return replay([*about_all, *history], find_scheduler).get(history[0].entry.card, NEW)

    def _write_unlogged(self, foreign: ForeignProgress, entry: Entry) -> None:
        """Writes an entry for what the other program knows without a line in its log."""
        self._write(
            JournalEntry(self._transaction.next_id(f"{foreign.origin.casefold()}:{self._transaction.device}"), entry)
        )

    def _write(self, logged: JournalEntry) -> None:
        self._transaction.import_entry(logged)
        self._known.add(logged.id)
        self._histories[logged.entry.card].append(logged)


def _is_learned(history: Iterable[JournalEntry]) -> bool:
    return any(isinstance(item.entry, LearningEntry) for item in history)
