"""Taking over the entries of one file into another: each that can be read and understood, and none twice."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from duly.journal.journal_rows import ENTRY_COLUMNS, Row, entry_of_row
from duly.journal.seen_notes import COLUMNS as NOTE_COLUMNS
from duly.scheduling.entries import EntryId

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite and its driver raise where a file is damaged."""

LEAST_ROW = 20
"""An entry takes more bytes than this."""

_COLUMNS = ENTRY_COLUMNS.split(", ")
_ENTER = f"insert into entries ({ENTRY_COLUMNS}) values ({', '.join('?' * len(_COLUMNS))})"
_BY_ID = f"select {ENTRY_COLUMNS} from entries where device = ? and number = ?"
DEVICE, NUMBER, TARGET_DEVICE, TARGET_NUMBER = map(
    _COLUMNS.index, ("device", "number", "target_device", "target_number")
)


FACT = [_COLUMNS.index(name) for name in ("kind", "note", "face", "at")]
"""The columns that an entry from another program has alike on every machine."""


@dataclass(slots=True)
class RowMergeReport:
    """What became of the entries of a file: added, not to be read, or read but not understood, with all they hold.

    `waiting` counts those that take back an entry which is not here yet.
    """

    added: int = 0
    unreadable: int = 0
    unknown: list[str] = field(default_factory=list)
    waiting: int = 0


def merge_rows(connection: sqlite3.Connection, file_rows: Iterable[Row | None]) -> RowMergeReport:
    """Adds those of the rows of one file that this journal has not, in a transaction that is open.

    A row is None where it cannot be read. Two copies of one file may have written other entries under the same ids,
    from some number of a device on. Those of the file are kept under another device, whose name follows from the first
    of them: taken over once more, they are known again. An entry that differs although a later one does not is damaged;
    the one that is there stays.
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
        except sqlite3.DatabaseError:  # a row that breaks the rules is no entry any more
            report.unknown.append(_in_words(row))
    forks = _forks(connection, rows)
    waiting = [row for row in rows if not _add_row(connection, row, forks, report)]
    while waiting and waiting != (left := [row for row in waiting if not _add_row(connection, row, forks, report)]):
        waiting = left
    report.waiting = len(waiting)
    return report


def _add_row(connection: sqlite3.Connection, row: Row, forks: "Forks", report: RowMergeReport) -> bool:
    """Adds an entry that is not there; False if it must wait for the one that it takes back."""
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
    """The entries of the journal in `file`, however damaged, in order; None for each that cannot be read."""
    with suppress(*UNREADABLE), closing(sqlite3.connect(file, isolation_level=None)) as source:
        source.execute("pragma writable_schema = on")  # reads a file that lacks its last pages, too
        yield from _rows(source)


def _in_words(row: Row) -> str:
    return ", ".join(str(value) for value in row if value is not None)


def merge_seen_notes(connection: sqlite3.Connection, file: Path) -> None:
    """Takes over the notes that the journal in `file` remembers and this one does not, as far as they can be read."""
    with suppress(*UNREADABLE), closing(sqlite3.connect(file, isolation_level=None)) as source:
        source.execute("pragma writable_schema = on")
        for row in source.execute(f"select {NOTE_COLUMNS} from seen"):
            connection.execute(
                "insert or ignore into seen (note, deck, question, answer, file) values (?,?,?,?,?)", row
            )


Forks = Mapping[str, tuple[int, str]]
"""By device, the number from which on two copies wrote under its name, and the name that one of them gets."""


def _forks(connection: sqlite3.Connection, rows: Sequence[Row]) -> Forks:
    """Where these rows and those that are there come from two copies."""
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
    """Whether two rows under one id are one entry.

    The same answer in Anki may be counted to another day, in another zone and by another scheduler on each machine.
    """
    if EntryId(row[DEVICE], row[NUMBER]).is_from_elsewhere:
        return all(row[column] == other[column] for column in FACT)
    return row == other


def _renamed(row: Row, forks: Forks) -> Row:
    """The row under the name of its copy, and that of the copy's entry which it undoes."""
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
    """Where entries were: without a gap, unless damage makes one that is wider than the file has room for."""
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
    """What can be read from the first to the last of these: all at once, or, where that fails, of each half of them."""
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
