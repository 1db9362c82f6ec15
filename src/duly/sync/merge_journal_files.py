"""Merges the journals of other devices into this one, from their databases or the files in a shared folder."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file
from duly.errors import DulyError, not_readable
from duly.journal import Journal, Transaction
from duly.journal.database import is_journal
from duly.journal.entry_json import row_of_line
from duly.journal.journal_rows import Row
from duly.journal.merge_entries import rows_of_database
from duly.journal.restore import SIDE_FILES
from duly.message import message
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class MergeReport:
    """How many entries were added, and which were not.

    `waiting` counts undos of entries that are not here yet; `unreadable` counts lines that are not entries; `unknown`
    has the contents of entries that this version does not understand. The last line of `unfinished_files` is cut off.
    """

    added: int = 0
    waiting: int = 0
    unreadable: int = 0
    unknown: tuple[str, ...] = ()
    unfinished_files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A device's file: a row for each line, None for an invalid one; whether the last line is complete."""

    rows: Sequence[Row | None]
    is_complete: bool


def read_device_file(file: Path) -> DeviceFile:
    """Reads a device's file. Raises `DulyError` where it cannot be read."""
    *lines, last_line = read_file(file).split(b"\n")
    return DeviceFile([row_of_line(line) for line in lines], not last_line)


def merge(journal: Journal, files: Sequence[Path]) -> MergeReport:
    """Adds the entries of these databases and device files that the journal lacks: all of them or none.

    All schedules are recomputed. Raises `DulyError` where a file is of neither kind, or cannot be read.
    """
    rows: list[Sequence[Row | None]] = []
    unfinished_files: list[Path] = []
    with journal.transaction() as transaction:
        for file in files:
            if is_journal(file):
                with _copy(file) as database:
                    rows.append([*rows_of_database(database)])
                    transaction.merge_seen_notes(database)
                continue
            device = read_device_file(file)
            if device.rows.count(None) == len(device.rows):
                sentence = message("{file} is neither a database of duly nor the file of a device", file=file)
                raise DulyError(sentence)
            rows.append(device.rows)
            if not device.is_complete:
                unfinished_files.append(file)
        return merge_rows_of_files(transaction, rows, unfinished_files)


def merge_rows_of_files(
    transaction: Transaction, files: Sequence[Sequence[Row | None]], unfinished_files: Sequence[Path]
) -> MergeReport:
    """Adds the rows of each file. An undo may target an entry of another file, so this repeats until nothing is
    added.
    """
    added = 0
    while True:
        reports = [transaction.merge_rows(rows) for rows in files]
        added += sum(report.added_count for report in reports)
        if not any(report.added_count for report in reports) or not any(report.waiting_count for report in reports):
            break
    if added:
        transaction.replace_schedules(replay(transaction.entries(), find_scheduler))
    return MergeReport(
        added,
        sum(report.waiting_count for report in reports),
        sum(report.unreadable_count for report in reports),
        tuple(dict.fromkeys(row for report in reports for row in report.invalid_rows)),
        tuple(unfinished_files),
    )


@contextmanager
def _copy(database: Path) -> Iterator[Path]:
    """A copy of the database: opening the original would write beside it, and its disk may be read-only."""
    with tempfile.TemporaryDirectory(prefix="duly-") as folder:
        copy = Path(folder) / "duly.db"
        try:
            for suffix in ("", SIDE_FILES[0]):
                source = database.with_name(database.name + suffix)
                if not suffix or source.exists():
                    shutil.copyfile(source, copy.with_name(copy.name + suffix))
        except OSError as error:
            raise not_readable(database, error) from error
        yield copy
