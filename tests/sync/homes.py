"""Homes of duly for tests: journals of several computers, and the folders between them."""

from collections.abc import Iterable
from pathlib import Path

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Entry, EntryId, JournalEntry, Moment, Review, Undo
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.sync.shared_folder import FolderReport, sync_folder

HOUR = 3_600_000
DAY = 24 * HOUR


class Computer:
    """The journal of a computer, which is learned with and closed each time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "duly.db"

    def answers(
        self,
        card: CardId,
        at: int,
        grade: Grade = Grade.GOOD,
        scheduler: str = "sm2-paper",
        due: StudyDay | None = None,
    ) -> EntryId:
        """An answer at a millisecond, which counts to the day in UTC that it lies in."""
        return self.writes(Review(card, Moment(at, StudyDay(at // DAY), 0), grade, scheduler, 1500, due))

    def undoes(self, target: EntryId, card: CardId, at: int) -> EntryId:
        return self.writes(Undo(card, Moment(at, StudyDay(at // DAY), 0), target))

    def writes(self, *entries: Entry) -> EntryId:
        with Journal.open(self.file) as journal:
            with journal.transaction() as transaction:
                for entry in entries:
                    last = transaction.append(entry, NEW)
            journal.replace_schedules(replay(journal.entries(), find_scheduler))
            return last.id

    def has(self, entries: Iterable[JournalEntry]) -> None:
        """Writes entries under the ids that they have."""
        with Journal.open(self.file) as journal:
            with journal.transaction() as transaction:
                for logged in entries:
                    transaction.import_entry(logged)
            journal.replace_schedules(replay(journal.entries(), find_scheduler))

    def syncs(self, folder: Path) -> FolderReport:
        with Journal.open(self.file) as journal:
            return sync_folder(journal, folder)

    def schedules(self) -> dict[CardId, Schedule]:
        with Journal.open(self.file) as journal:
            return journal.schedules()

    def entries(self) -> set[JournalEntry]:
        with Journal.open(self.file) as journal:
            return set(journal.entries())

    @property
    def device(self) -> str:
        with Journal.open(self.file) as journal:
            return journal.device
