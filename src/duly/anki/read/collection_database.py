"""Opens the database of a collection so that nothing in it can run code, change or use unbounded memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from duly.anki.read.damage import DamageError
from duly.message import message

HEADER = b"SQLite format 3\0"
LARGEST_VALUE = 256 << 20
"""The most bytes one value (a field, a note type) may have."""
LARGEST_NUMBER = 1 << 53
"""Larger than any time in milliseconds, id or count in Anki; exact in JSON."""


@contextmanager
def open_database(file: Path) -> Iterator[sqlite3.Connection]:
    """The database in `file`, which is our own copy. Raises `DamageError` or `sqlite3.Error`."""
    with closing(sqlite3.connect(file)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.create_collation("unicase", _unicase)
        for pragma in ("query_only = on", "trusted_schema = off", "cell_size_check = on", "mmap_size = 0"):
            connection.execute(f"pragma {pragma}")
        _check(connection)
        yield connection


def tables(connection: sqlite3.Connection) -> frozenset[str]:
    """The names of the tables."""
    return frozenset(name for (name,) in connection.execute("select name from sqlite_master where type = 'table'"))


def rows(connection: sqlite3.Connection, query: str, shape: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query. `shape` has the type of each column: ``i`` an integer, ``t`` a text, ``b`` bytes.

    Raises `DamageError` if a value has another type, because SQLite allows any type in any column.
    """
    for row in connection.execute(query):
        yield tuple(_READERS[kind](value) for kind, value in zip(shape, row, strict=True))


def integer(value: object) -> int:
    """The value as an integer; old clients wrote some as 2.0. Raises `DamageError` for other or too large values."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or abs(value) >= LARGEST_NUMBER:
        raise DamageError(message("it holds something else where a number should be"))
    return value


def _text(value: object) -> str:
    if isinstance(value, (int, float)):  # old clients stored a text of digits as a number
        return str(value)
    if not isinstance(value, str):
        raise DamageError(message("it holds something else where a text should be"))
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise DamageError(message("it holds something else where a text should be"))
    return value


_READERS = {"i": integer, "t": _text, "b": _bytes}


def _check(connection: sqlite3.Connection) -> None:
    """Raises `DamageError` unless there are only ordinary tables and indexes, and all pages are intact."""
    for kind, sql in connection.execute("select type, coalesce(sql, '') from sqlite_master"):
        if kind not in ("table", "index") or str(sql).lstrip().lower().startswith("create virtual"):
            raise DamageError(message("its database holds more than tables, which Anki would not write"))
    results = [message for (message,) in connection.execute("pragma quick_check(1)")]
    if results != ["ok"]:
        raise DamageError(message("its database is damaged; Tools > Check Database in Anki may mend it"))


def _unicase(name: str, other_name: str) -> int:
    """Anki's collation of names, which ignores case."""
    key, other_key = name.casefold(), other_name.casefold()
    return (key > other_key) - (key < other_key)


def first_row(rows: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The first row. Raises `DamageError` if there is none."""
    row = next(iter(rows), None)
    if row is None:
        raise DamageError(message("its database holds no collection"))
    return row
