"""Merging journals: the entries of other devices, from their databases or from the files that they write."""

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
from duly.journal.merge_rows import rows_of_database
from duly.journal.restore import SIDE_FILES
from duly.message import message
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class MergeReport:
    """How many entries were added, and what was not.

    `waiting` take back an entry that is not here yet; `unreadable` are no entries at all; `unknown` has, of those that
    say nothing that duly understands, all they hold. `unfinished` are files whose last line is only half there.
    """

    added: int = 0
    waiting: int = 0
    unreadable: int = 0
    unknown: tuple[str, ...] = ()
    unfinished: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """What a device's file holds, a row for each line, None for one that is none; whether its last line is whole."""

    rows: Sequence[Row | None]
    is_whole: bool


def read_device_file(file: Path) -> DeviceFile:
    """Reads a device's file. Raises `DulyError` where it cannot be read."""
    *lines, rest = read_file(file).split(b"\n")
    return DeviceFile([row_of_line(line) for line in lines], not rest)


def merge(journal: Journal, files: Sequence[Path]) -> MergeReport:
    """Takes over what these databases and devices' files have and the journal has not, all of it or nothing.

    Where every card stands is computed anew. Raises `DulyError` where a file is neither, or cannot be read.
    """
    rows: list[Sequence[Row | None]] = []
    unfinished: list[Path] = []
    with journal.writing() as transaction:
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
            if not device.is_whole:
                unfinished.append(file)
        return merge_rows_of_files(transaction, rows, unfinished)


def merge_rows_of_files(
    transaction: Transaction, files: Sequence[Sequence[Row | None]], unfinished: Sequence[Path]
) -> MergeReport:
    """Takes over the rows of each file. What one takes back may be in another, so they are gone through until no more
    is added."""
    added = 0
    while True:
        reports = [transaction.merge_rows(rows) for rows in files]
        added += sum(report.added for report in reports)
        if not any(report.added for report in reports) or not any(report.waiting for report in reports):
            break
    if added:
        transaction.rebuild(replay(transaction.entries(), find_scheduler))
    return MergeReport(
        added,
        sum(report.waiting for report in reports),
        sum(report.unreadable for report in reports),
        tuple(dict.fromkeys(row for report in reports for row in report.unknown)),
        tuple(unfinished),
    )


@contextmanager
def _copy(database: Path) -> Iterator[Path]:
    """A copy to read, so that nothing is written beside a file of another's, which may be on a disk that is locked."""
    with tempfile.TemporaryDirectory(prefix="duly-") as folder:
        copy = Path(folder) / "duly.db"
        try:
            for tail in ("", SIDE_FILES[0]):
                source = database.with_name(database.name + tail)
                if not tail or source.exists():
                    shutil.copyfile(source, copy.with_name(copy.name + tail))
        except OSError as error:
            raise not_readable(database, error) from error
        yield copy
