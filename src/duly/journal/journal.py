"""The journal, the single source of truth about learning: appended entries, and the schedules computed from them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Self

from duly.cards import CardId, NoteId
from duly.cards.note_snapshot import NoteSnapshot
from duly.errors import DulyError
from duly.journal.backup import backup_file, copy_to, thin_out
from duly.journal.database import connect, connect_in_memory
from duly.journal.device_name import claim_device, current_device
from duly.journal.journal_errors import explain_errors
from duly.journal.journal_rows import ENTRY_COLUMNS, SCHEDULE_COLUMNS, entry_of_row, schedule_of_row
from duly.journal.seen_notes import read_seen_notes
from duly.journal.write_entries import Transaction, all_entries, entries_of
from duly.message import message
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import JournalEntry, Review
from duly.scheduling.replay import without_undone
from duly.scheduling.schedule import Schedule


class Journal:
    """An open journal. Several processes may have it open at once. Every method may raise `DulyError`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._device = ""
        self.file = file
        self._identity = _identity(file)
        self._rescue_copy: Path | None = None

    @classmethod
    def open(cls, file: Path, *, create: bool = True) -> Self:
        """Opens the journal at `file`, creating it and its folder if needed.

        With `create` off, a missing journal counts as empty, cannot be written, and is not created.
        """
        return cls(connect(file, create=create), file)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty journal in memory."""
        return cls(connect_in_memory(), Path(":memory:"))

    def close(self) -> None:
        """Closes the file. Raises `DulyError` if it was replaced or removed since something was written to it."""
        try:
            if self._device and self._rescue_copy is None:
                self._refuse_replaced()
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def device(self) -> str:
        """The random name of this device, stored in the file, under which entries are written."""
        with explain_errors(self.file):
            return current_device(self._connection)

    def entries(self) -> Iterator[JournalEntry]:
        """All entries in the order in which they were written."""
        with explain_errors(self.file):
            return all_entries(self._connection)

    def entries_of(self, cards: Iterable[CardId]) -> tuple[JournalEntry, ...]:
        """The entries about some cards, card by card."""
        with explain_errors(self.file):
            return entries_of(self._connection, cards)

    def answers_on(self, day: StudyDay) -> tuple[JournalEntry, ...]:
        """The answers that counted to a study day and were not undone, in order."""
        with explain_errors(self.file):
            rows = self._connection.execute(
                f"""
                select {ENTRY_COLUMNS} from entries where kind = 'review' and day = :day
                union all
                select {ENTRY_COLUMNS} from entries where kind = 'undo' and (note, face) in (
                    select note, face from entries where kind = 'review' and day = :day
                )
                """,
                {"day": day},
            )
            return tuple(item for item in without_undone(map(entry_of_row, rows)) if isinstance(item.entry, Review))

    def days(self) -> tuple[StudyDay, ...]:
        """The study days with an answer that was not undone, in order."""
        with explain_errors(self.file):
            days = [
                day
                for (day,) in self._connection.execute(
                    "select distinct day from entries where kind = 'review' order by day"
                )
            ]
            days_with_undo = {
                day
                for (day,) in self._connection.execute(
                    """
                select distinct review.day from entries join entries as review
                on review.device = entries.target_device and review.number = entries.target_number
                where entries.kind = 'undo' and review.kind = 'review'
                """
                )
            }
        return tuple(day for day in days if day not in days_with_undo or self.answers_on(day))

    def last_day(self, until: StudyDay | None = None) -> StudyDay | None:
        """The latest study day, not after `until`, with an answer that was not undone; None if there is none."""
        day: StudyDay | None = None if until is None else StudyDay(until + 1)
        while True:
            with explain_errors(self.file):
                (day,) = self._connection.execute(
                    "select max(day) from entries where kind = 'review' and (:before is null or day < :before)",
                    {"before": day},
                ).fetchone()
            if day is None or self.answers_on(day):
                return day

    def last_moment(self) -> int | None:
        """The time of the last entry, in milliseconds since 1970 in UTC; None in an empty journal."""
        with explain_errors(self.file):
            row = self._connection.execute("select at from entries order by position desc limit 1").fetchone()
            return row[0] if row else None

    @property
    def position(self) -> int:
        """The position of the last entry, which grows with each entry; 0 in an empty journal."""
        with explain_errors(self.file):
            (position,) = self._connection.execute("select coalesce(max(position), 0) from entries").fetchone()
            return int(position)

    def schedules(self) -> dict[CardId, Schedule]:
        """The schedules of all cards that are not new."""
        with explain_errors(self.file):
            return dict(map(schedule_of_row, self._connection.execute(f"select {SCHEDULE_COLUMNS} from schedules")))

    def seen_notes(self) -> dict[NoteId, NoteSnapshot]:
        """Snapshots of all notes as they were last seen, whether they still exist or not."""
        with explain_errors(self.file):
            return read_seen_notes(self._connection)

    def notes_with_progress(self) -> set[NoteId]:
        """The notes with a card that is not new."""
        with explain_errors(self.file):
            return {NoteId(note) for (note,) in self._connection.execute("select distinct note from schedules")}

    def replace_schedules(self, schedules: Mapping[CardId, Schedule]) -> None:
        """Replaces all computed schedules."""
        with self.transaction() as transaction:
            transaction.replace_schedules(schedules)

    def back_up(self, target: Path) -> None:
        """Writes a copy of the journal to `target`, atomically."""
        with explain_errors(self.file):
            copy_to(self._connection, target)

    def back_up_daily(self, today: date) -> None:
        """Makes the backup of this day if it is missing, and removes old ones. Does nothing for an empty journal.

        `today` is the calendar date of the study day.
        """
        target = backup_file(self.file, today.isoformat())
        if self.last_moment() is not None and not target.exists():
            self.back_up(target)
            thin_out(self.file)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction: it is committed at the end of the block, or rolled back if that raises.

        Raises `DulyError` if the file was replaced or removed while it was open.
        """
        self._refuse_replaced()
        with explain_errors(self.file):
            self._device = self._device or claim_device(self._connection, self.file)
            self._connection.execute("begin immediate")
            try:
                yield Transaction(self._connection, self._device)
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
        self._refuse_replaced()

    def _refuse_replaced(self) -> None:
        """Raises `DulyError` if the file was replaced or removed: SQLite would go on writing to the one it opened."""
        if _identity(self.file) == self._identity:
            return
        if self._rescue_copy is None:
            rescue_copy = backup_file(self.file, f"rescued-{datetime.now().astimezone():%Y-%m-%dT%H%M%S}")
            self.back_up(rescue_copy)
            self._rescue_copy = rescue_copy
            with suppress(sqlite3.Error):  # a remaining log would be played into the new file
                self._connection.execute("pragma wal_checkpoint(truncate)")
        raise DulyError(
            message(
                "{file} was replaced or removed by another program; all answers until now are in {copy}. Leave, and"
                " type duly restore, which brings both together",
                file=self.file,
                copy=self._rescue_copy,
            )
        )


def _identity(file: Path) -> tuple[int, int] | None:
    """What distinguishes the file from another one at the same path; None if it is missing or empty."""
    try:
        status = file.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_size else None
