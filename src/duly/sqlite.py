"""Opens and upgrades the SQLite files of duly, and explains the errors of SQLite."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from duly.errors import DulyError
from duly.message import Message

Upgrade = tuple[int, str]
"""The number of a version, from 1, and the SQL that upgrades the version before it."""


def connect(
    file: Path | Literal[":memory:"], *, patience: float = 5, mode: Literal["ro", "rw", "rwc"] = "rwc"
) -> sqlite3.Connection:
    """A connection without implicit transactions. It waits `patience` seconds for locks; only rwc creates the file.

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
    """Applies the missing upgrades, each in a transaction that also sets its number; safe in concurrent processes.

    `application` is the SQLite application id, by which the file is recognised as ours. Raises `sqlite3.Error`.
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
    """The statements of a text, one by one: `executescript` would commit the open transaction."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def explain_errors(file: Path, explain: Callable[[Path, sqlite3.DatabaseError], Message]) -> Iterator[None]:
    """Turns SQLite's errors about `file` into a `DulyError` with the message from `explain`.

    Errors that are bugs of ours, such as a violated constraint, are raised as they are.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise DulyError(explain(file, error)) from error
    except UnicodeDecodeError as error:  # the driver raises it for a damaged text
        damage = sqlite3.DatabaseError(str(error))
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise DulyError(explain(file, damage)) from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, such as ``SQLITE_BUSY``, without the bits of the extended code."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection holds a lock."""
    return primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, or not a database."""
    return primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
