"""Merges all readable and valid entries of one journal into another, each of them once."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from duly.journal.journal_rows import ENTRY_COLUMNS, Row, entry_of_row
from duly.journal.seen_notes import COLUMNS as NOTE_COLUMNS
from duly.scheduling.journal_entries import EntryId

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The errors that SQLite and its driver raise for a damaged file."""

LEAST_ROW = 20
"""The minimum size of an entry in bytes."""

_COLUMNS = ENTRY_COLUMNS.split(", ")
_INSERT_ENTRY = f"insert into entries ({ENTRY_COLUMNS}) values ({', '.join('?' * len(_COLUMNS))})"
_SELECT_BY_ID = f"select {ENTRY_COLUMNS} from entries where device = ? and number = ?"
DEVICE, NUMBER, TARGET_DEVICE, TARGET_NUMBER = map(
    _COLUMNS.index, ("device", "number", "target_device", "target_number")
)


SHARED_COLUMNS = [_COLUMNS.index(name) for name in ("kind", "note", "face", "at")]
"""The columns of an entry from another program that are the same on every device."""


@dataclass(slots=True)
class RowMergeReport:
    """The numbers of added and unreadable entries of a file, and the contents of invalid or conflicting ones.

    `waiting_count` counts undos whose entries are still missing.
    """

    added_count: int = 0
    unreadable_count: int = 0
    invalid_rows: list[str] = field(default_factory=list)
    waiting_count: int = 0


def merge_rows(connection: sqlite3.Connection, file_rows: Iterable[Row | None]) -> RowMergeReport:
    """Adds the rows of one file that this journal lacks, within an open transaction.

    Unreadable rows are None. Two copies of one journal may have written different entries with the same ids, from some
    number of a device on. Those of the file get another device name, derived from the first of them, so that they are
    recognised when the file is merged again. An entry that differs although a later one is the same is damaged, and is
    ignored.
    """
    report = RowMergeReport()
    rows: list[Row] = []
    for row in file_rows:
        if row is None:
            report.unreadable_count += 1
            continue
        try:
            entry_of_row(row)
            rows.append(row)
        except sqlite3.DatabaseError:  # the row is invalid
            report.invalid_rows.append(_row_text(row))
    forks = _forks(connection, rows)
    waiting = [row for row in rows if not _add_row(connection, row, forks, report)]
    while waiting and waiting != (
        remaining := [row for row in waiting if not _add_row(connection, row, forks, report)]
    ):
        waiting = remaining
    report.waiting_count = len(waiting)
    return report


def _add_row(connection: sqlite3.Connection, row: Row, forks: "Forks", report: RowMergeReport) -> bool:
    """Adds an entry unless it exists; returns False if it is an undo of an entry that is still missing."""
    new_row = _with_new_names(row, forks)
    existing_row = connection.execute(_SELECT_BY_ID, (new_row[DEVICE], new_row[NUMBER])).fetchone()
    if existing_row is not None:
        if not _is_same_entry(existing_row, new_row):
            report.invalid_rows.append(_row_text(row))
        return True
    try:
        connection.execute(_INSERT_ENTRY, new_row)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:  # not all errors have one
            return False
        report.invalid_rows.append(_row_text(row))
    else:
        report.added_count += 1
    return True


def rows_of_database(file: Path) -> Iterator[Row | None]:
    """The rows of the journal in `file`, however damaged, in order; None for each that is unreadable."""
    with suppress(*UNREADABLE), closing(sqlite3.connect(file, isolation_level=None)) as source:
        source.execute("pragma writable_schema = on")  # reads a file that lacks its last pages, too
        yield from _rows(source)


def _row_text(row: Row) -> str:
    return ", ".join(str(value) for value in row if value is not None)


def merge_seen_notes(connection: sqlite3.Connection, file: Path) -> None:
    """Adds the readable seen notes of the journal in `file` that this one lacks."""
    with suppress(*UNREADABLE), closing(sqlite3.connect(file, isolation_level=None)) as source:
        source.execute("pragma writable_schema = on")
        for row in source.execute(f"select {NOTE_COLUMNS} from seen"):
            connection.execute(
                "insert or ignore into seen (note, deck, question, answer, file) values (?,?,?,?,?)", row
            )


Forks = Mapping[str, tuple[int, str]]
"""By device: the first number that two copies used differently, and the new device name for one of the copies."""


def _forks(connection: sqlite3.Connection, rows: Sequence[Row]) -> Forks:
    """The devices for which these rows and the existing ones come from two copies of a journal."""
    last_same: dict[str, int] = {}
    differing_rows: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        device, number = row[DEVICE], row[NUMBER]
        existing_row = connection.execute(_SELECT_BY_ID, (device, number)).fetchone()
        if existing_row is not None and _is_same_entry(existing_row, row):
            last_same[device] = max(number, last_same.get(device, 0))
        elif existing_row is not None:
            differing_rows[device][number] = row
    forks: dict[str, tuple[int, str]] = {}
    for device, rows_by_number in differing_rows.items():
        first = min((number for number in rows_by_number if number > last_same.get(device, 0)), default=None)
        if first is not None:
            content = repr(rows_by_number[first]).encode(errors="surrogatepass")
            forks[device] = first, blake2b(content, digest_size=8).hexdigest()
    return forks


def _is_same_entry(first: Row, second: Row) -> bool:
    """Whether two rows with the same id are the same entry.

    The same review in Anki may have another study day, time zone and scheduler on each machine.
    """
    if EntryId(first[DEVICE], first[NUMBER]).is_from_elsewhere:
        return all(first[column] == second[column] for column in SHARED_COLUMNS)
    return first == second


def _with_new_names(row: Row, forks: Forks) -> Row:
    """The row with the new device names of its own entry and of the entry that it undoes."""
    values = list(row)
    for of_device, of_number in ((DEVICE, NUMBER), (TARGET_DEVICE, TARGET_NUMBER)):
        first, name = forks.get(row[of_device], (0, ""))
        if name and row[of_number] >= first:
            values[of_device] = name
    return tuple(values)


def _rows(source: sqlite3.Connection) -> Iterator[Row | None]:
    """The entries in order, with null for columns that older versions lack; None for each unreadable entry."""
    existing_columns = {name for _number, name, *_details in source.execute("pragma table_info(entries)")}
    columns = ", ".join(name if name in existing_columns else f"null as {name}" for name in _COLUMNS)
    yield from _rows_at(source, columns, _positions(source))


def _positions(source: sqlite3.Connection) -> Sequence[int]:
    """All possible positions of entries: the full range, unless damage makes it larger than the file can contain."""
    positions: set[int] = set()
    # The table and its indexes, from either end, each as far as it can be read.
    for order in ("position", "position desc", "device, number", "device desc, number desc", "note, face"):
        with suppress(*UNREADABLE):
            for (position,) in source.execute(f"select position from entries order by {order}"):
                positions.add(position)
    if not positions:
        return ()
    full_range = range(min(positions), max(positions) + 1)
    (pages,) = source.execute("pragma page_count").fetchone()
    (size,) = source.execute("pragma page_size").fetchone()
    return full_range if len(full_range) < pages * size // LEAST_ROW else sorted(positions)


def _rows_at(source: sqlite3.Connection, columns: str, positions: Sequence[int]) -> Iterator[Row | None]:
    """The rows at these positions, read at once, or if that fails, in halves."""
    if not positions:
        return
    try:
        rows: list[Row] = source.execute(
            f"select {columns} from entries where position between ? and ? order by position",
            (positions[0], positions[-1]),
        ).fetchall()
    except UNREADABLE:
        if len(positions) == 1:
            yield None
            return
        middle = len(positions) // 2
        yield from _rows_at(source, columns, positions[:middle])
        yield from _rows_at(source, columns, positions[middle:])
    else:
        yield from rows
