"""Imports progress from Anki and other programs into the journal: each entry once, all entries or none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.gc_pause import pause_gc
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
    """What was imported. `answers` and `known`, those that the journal had already, count answers, the others cards.

    `stars` were added or removed in the other program. `earlier` and `later` are due on another day here than there,
    although both have the same last answer.
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


@pause_gc()
def import_into_journal(
    journal: Journal,
    cards: Sequence[ForeignProgress],
    now: Moment,
    *,
    keep_due: bool = False,
    watch: Watch = silent_watch,
) -> ImportReport:
    """Writes the entries that the journal lacks, and the resulting schedules, in one transaction.

    Answers that were exported from this journal are recognised by their instants. `keep_due` imports the due day of a
    card if the other program has its last answer. Raises `DulyError`, and writes nothing.
    """
    with journal.transaction() as transaction:
        importer = _Importer(transaction, now, keep_due)
        for foreign in watch(cards, message("Taking over progress")):
            importer.import_card(foreign)
        return importer.report


class _Importer:
    """Imports cards within a transaction."""

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
        self._entry_ids = {item.id for item in entries}
        self._exported_answers = {
            (item.entry.card, self._instants[item.id]) for item in entries if item.id in self._instants
        }

    def import_card(self, foreign: ForeignProgress) -> None:
        history = self._histories[foreign.card]
        old_length = len(history)
        self._import_log(foreign, history)
        if foreign.schedule is not None and not _is_learned(history):
            self._write_change(foreign, ImportedSchedule(foreign.card, self._now, foreign.schedule, foreign.origin))
            self.report.adopted += 1
        self._import_suspension(foreign, history)
        tomorrow = StudyDay(self._now.day + 1)
        if foreign.is_buried and (self._schedule(foreign.card, history).buried_until or self._now.day) < tomorrow:
            self._write_change(foreign, Bury(foreign.card, self._now, tomorrow))
            self.report.buried += 1
        self._import_star(foreign)
        if len(history) > old_length:
            schedule = self._schedule(foreign.card, history)
        else:
            schedule = self._transaction.schedule(foreign.card)
        schedule = self._import_due(foreign, history, schedule)
        if len(history) > old_length:
            self._transaction.save_schedule(foreign.card, schedule)
            self.report.cards += 1

    def _import_log(self, foreign: ForeignProgress, history: list[JournalEntry]) -> None:
        is_learned = _is_learned(history)
        for item in foreign.entries:
            is_answer = isinstance(item.entry, Review)
            if item.id in self._entry_ids or (foreign.card, item.id.number) in self._exported_answers:
                self.report.known += is_answer
            elif is_answer or isinstance(item.entry, Reset | SetDue) or not is_learned:
                self.report.answers += is_answer
                self._write(item)

    def _import_suspension(self, foreign: ForeignProgress, history: list[JournalEntry]) -> None:
        """Imports a change of the suspension since the last import; without one, the state here stays."""
        was_suspended = foreign.was_suspended
        if was_suspended is None:
            changes = [
                item.entry for item in history if item.id.is_from_elsewhere and isinstance(item.entry, Suspend | Resume)
            ]
            was_suspended = bool(changes) and isinstance(changes[-1], Suspend)
        if foreign.is_suspended == was_suspended:
            return
        if (
            foreign.was_suspended is not None
            and foreign.is_suspended == self._schedule(foreign.card, history).suspended
        ):
            return  # suspended here, too; or a sync that was killed had already written it
        if foreign.is_suspended:
            self._write_change(foreign, Suspend(foreign.card, self._now))
            self.report.suspended += 1
        else:
            self._write_change(foreign, Resume(foreign.card, self._now))
            self.report.resumed += 1

    def _import_star(self, foreign: ForeignProgress) -> None:
        if foreign.star_change is None or foreign.star_change == self._transaction.schedule(foreign.card).starred:
            return
        self._write_change(foreign, (Star if foreign.star_change else Unstar)(foreign.card, self._now))
        self.report.stars += 1

    def _import_due(self, foreign: ForeignProgress, history: list[JournalEntry], schedule: Schedule) -> Schedule:
        own_due, foreign_due = schedule.due, foreign.schedule.due if foreign.schedule else None
        if own_due is None or foreign_due is None or own_due == foreign_due:
            return schedule
        if not self._is_last_answer_in(foreign, history):
            return schedule
        if self._keep_due:
            self._write_change(foreign, SetDue(foreign.card, self._now, foreign_due))
            self.report.moved += 1
            return self._schedule(foreign.card, history)
        self.report.earlier += own_due < foreign_due
        self.report.later += own_due > foreign_due
        return schedule

    def _is_last_answer_in(self, foreign: ForeignProgress, history: list[JournalEntry]) -> bool:
        answers = [item.id for item in without_undone(history) if isinstance(item.entry, Review)]
        foreign_numbers = {item.id.number for item in foreign.entries}
        return bool(answers) and self._instants.get(answers[-1], answers[-1].number) in foreign_numbers

    def _schedule(self, card: CardId, history: list[JournalEntry]) -> Schedule:
        return replay([*self._histories[ALL_CARDS], *history], find_scheduler).get(card, NEW)

    def _write_change(self, foreign: ForeignProgress, entry: Entry) -> None:
        """Writes an entry for a change that the log of the other program does not have."""
        self._write(
            JournalEntry(self._transaction.next_id(f"{foreign.origin.casefold()}:{self._transaction.device}"), entry)
        )

    def _write(self, journal_entry: JournalEntry) -> None:
        self._transaction.import_entry(journal_entry)
        self._entry_ids.add(journal_entry.id)
        self._histories[journal_entry.entry.card].append(journal_entry)


def _is_learned(history: Iterable[JournalEntry]) -> bool:
    return any(isinstance(item.entry, LearningEntry) for item in history)
