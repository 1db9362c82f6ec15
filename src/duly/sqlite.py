"""The SQLite files of duly: how one is opened and brought up to date, and what is said where SQLite fails."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from duly.errors import DulyError
from duly.message import Message

Upgrade = tuple[int, str]
"""The number of a version, from 1, and the SQL that makes it of the one before."""


def connect(
    file: Path | Literal[":memory:"], *, patience: float = 5, mode: Literal["ro", "rw", "rwc"] = "rwc"
) -> sqlite3.Connection:
    """A connection without transactions of its own. It waits `patience` seconds for others; only rwc makes a file.

    Raises `sqlite3.Error`.
    """
    if mode == "rwc" or isinstance(file, str):
        return sqlite3.connect(file, isolation_level=None, timeout=patience)
    uri = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=patience)


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last upgrade of a database; 0 for a new one."""
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def upgrade(connection: sqlite3.Connection, upgrades: Sequence[Upgrade], application: int = 0) -> None:
    """Applies what is missing, each with its number in one transaction; two processes may meet here.

    `application` is the number that tells the file from the databases of other programs. Raises `sqlite3.Error`.
    """
    for number, sql in upgrades:
        if version_of(connection) >= number:
            continue
        connection.execute("begin immediate")
        try:
            if version_of(connection) < number:
                for statement in _statements(sql):
                    connection.execute(statement)
                connection.execute(f"pragma application_id = {application}")
                connection.execute(f"pragma user_version = {number}")
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def _statements(sql: str) -> Iterator[str]:
    """The statements of a text, one by one: `executescript` would commit the transaction they belong in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def explained(file: Path, explain: Callable[[Path, sqlite3.DatabaseError], Message]) -> Iterator[None]:
    """Turns SQLite's errors about `file` into a `DulyError` with the sentence that `explain` gives.

    A bug of ours (a broken rule of the schema) stays one.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise DulyError(explain(file, error)) from error
    except UnicodeDecodeError as error:  # the driver's word for damage in a text, even in one that it does not show
        damage = sqlite3.DatabaseError(str(error))
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise DulyError(explain(file, damage)) from error


def primary_code(error: sqlite3.Error) -> int:
    """The first byte of SQLite's code, as ``SQLITE_BUSY``; the others only tell its cases apart."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection is in the way."""
    return primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, or not a database."""
    return primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
