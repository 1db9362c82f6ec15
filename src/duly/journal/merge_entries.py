"""Merges the entries of one journal into another: all that are readable and valid, and each once."""

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
"""What SQLite and its driver raise where a file is damaged."""

LEAST_ROW = 20
"""The minimum size of an entry in bytes."""

_COLUMNS = ENTRY_COLUMNS.split(", ")
_ENTER = f"insert into entries ({ENTRY_COLUMNS}) values ({', '.join('?' * len(_COLUMNS))})"
_BY_ID = f"select {ENTRY_COLUMNS} from entries where device = ? and number = ?"
DEVICE, NUMBER, TARGET_DEVICE, TARGET_NUMBER = map(
    _COLUMNS.index, ("device", "number", "target_device", "target_number")
)


FACT = [_COLUMNS.index(name) for name in ("kind", "note", "face", "at")]
"""The columns of an entry from another program that are the same on every machine."""


@dataclass(slots=True)
class RowMergeReport:
    """How many entries of a file were added or unreadable, and the contents of those that were not understood.

    `waiting` counts undos of entries that are not here yet.
    """

    added: int = 0
    unreadable: int = 0
    unknown: list[str] = field(default_factory=list)
    waiting: int = 0


def merge_rows(connection: sqlite3.Connection, file_rows: Iterable[Row | None]) -> RowMergeReport:
    """Adds the rows of one file that this journal lacks, within an open transaction.

    Unreadable rows are None. Two copies of one journal may have written different entries with the same ids, from some
    number of a device on. Those of the file get another device name, derived from the first of them, so that they are
    recognised when merged again. An entry that differs although a later one does not is damaged, and ignored.
    """
    report = RowMergeReport()
    rows: list[Row] = []
    for row in file_rows:
        if row is None:
            report.unreadable += 1
            continue
        try:
            entry_of_row(row)
            rows.append(row)
        except sqlite3.DatabaseError:  # the row is invalid
            report.unknown.append(_in_words(row))
    forks = _forks(connection, rows)
    waiting = [row for row in rows if not _add_row(connection, row, forks, report)]
    while waiting and waiting != (left := [row for row in waiting if not _add_row(connection, row, forks, report)]):
        waiting = left
    report.waiting = len(waiting)
    return report


def _add_row(connection: sqlite3.Connection, row: Row, forks: "Forks", report: RowMergeReport) -> bool:
    """Adds an entry unless it exists; False if it is an undo of an entry that is not there yet."""
    renamed = _renamed(row, forks)
    there = connection.execute(_BY_ID, (renamed[DEVICE], renamed[NUMBER])).fetchone()
    if there is not None:
        if not _is_same(there, renamed):
            report.unknown.append(_in_words(row))
        return True
    try:
        connection.execute(_ENTER, renamed)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:  # not all errors have one
            return False
        report.unknown.append(_in_words(row))
    else:
        report.added += 1
    return True


def rows_of_database(file: Path) -> Iterator[Row | None]:
    """The rows of the journal in `file`, however damaged, in order; None for each that is unreadable."""
    with suppress(*UNREADABLE), closing(sqlite3.connect(file, isolation_level=None)) as source:
        source.execute("pragma writable_schema = on")  # reads a file that lacks its last pages, too
        yield from _rows(source)


def _in_words(row: Row) -> str:
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
"""By device, the number from which two copies wrote under its name, and the new name for one of them."""


def _forks(connection: sqlite3.Connection, rows: Sequence[Row]) -> Forks:
    """The devices under whose names these rows and the existing ones come from two copies."""
    same: dict[str, int] = {}
    differing: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        device, number = row[DEVICE], row[NUMBER]
        there = connection.execute(_BY_ID, (device, number)).fetchone()
        if there is not None and _is_same(there, row):
            same[device] = max(number, same.get(device, 0))
        elif there is not None:
            differing[device][number] = row
    forks: dict[str, tuple[int, str]] = {}
    for device, others in differing.items():
        first = min((number for number in others if number > same.get(device, 0)), default=None)
        if first is not None:
            content = repr(others[first]).encode(errors="surrogatepass")
            forks[device] = first, blake2b(content, digest_size=8).hexdigest()
    return forks


def _is_same(row: Row, other: Row) -> bool:
    """Whether two rows with the same id are the same entry.

    The same review in Anki may have another study day, time zone and scheduler on each machine.
    """
    if EntryId(row[DEVICE], row[NUMBER]).is_from_elsewhere:
        return all(row[column] == other[column] for column in FACT)
    return row == other


def _renamed(row: Row, forks: Forks) -> Row:
    """The row with the new device names for itself and for the entry that it undoes."""
    values = list(row)
    for of_device, of_number in ((DEVICE, NUMBER), (TARGET_DEVICE, TARGET_NUMBER)):
        first, name = forks.get(row[of_device], (0, ""))
        if name and row[of_number] >= first:
            values[of_device] = name
    return tuple(values)


def _rows(source: sqlite3.Connection) -> Iterator[Row | None]:
    """The entries in order, with null for columns that an earlier version has not; None for each that is unreadable."""
    there = {name for _number, name, *_rest in source.execute("pragma table_info(entries)")}
    columns = ", ".join(name if name in there else f"null as {name}" for name in _COLUMNS)
    yield from _at(source, columns, _positions(source))


def _positions(source: sqlite3.Connection) -> Sequence[int]:
    """All possible positions of entries: a full range, unless damage makes it larger than the file can contain."""
    positions: set[int] = set()
    # The table and its indexes, from either end, each as far as it can be read.
    for order in ("position", "position desc", "device, number", "device desc, number desc", "note, face"):
        with suppress(*UNREADABLE):
            for (position,) in source.execute(f"select position from entries order by {order}"):
                positions.add(position)
    if not positions:
        return ()
    whole = range(min(positions), max(positions) + 1)
    (pages,) = source.execute("pragma page_count").fetchone()
    (size,) = source.execute("pragma page_size").fetchone()
    return whole if len(whole) < pages * size // LEAST_ROW else sorted(positions)


def _at(source: sqlite3.Connection, columns: str, positions: Sequence[int]) -> Iterator[Row | None]:
    """The rows at these positions, read all at once, or by halves where that fails."""
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
        yield from _at(source, columns, positions[:middle])
        yield from _at(source, columns, positions[middle:])
    else:
        yield from rows
