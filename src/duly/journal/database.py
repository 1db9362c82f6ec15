"""Opening the journal's file: settings, numbered upgrades, and clear words where it cannot be opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from duly.errors import DulyError
from duly.message import message

APPLICATION = 0x64756C79
"""``duly`` in ASCII: tells the file from other SQLite databases."""


def upgrades() -> list[tuple[int, str]]:
    """The numbered SQL files, in order."""
    folder = files("duly.journal") / "schema"
    found = (file for file in folder.iterdir() if file.name.endswith(".sql"))
    return sorted((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in found)


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turns what SQLite says into a sentence about `file` that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                said = message("{file}: another program is using the database; close it and try again", file=file)
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                said = message("{file}: the database cannot be written; check that you may write there", file=file)
            case sqlite3.SQLITE_FULL:
                said = message("{file}: the disk is full; nothing of this answer was saved", file=file)
            case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
                said = message("{file}: this is no duly database, or it is damaged; it was left as it is", file=file)
            case _:
                said = message("{file}: the database failed: {error}", file=file, error=error)
        raise DulyError(said) from error


def connect(file: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the journal at `file`, upgraded to this version.

    With `create` off, a file that does not exist is an empty journal in memory. Raises `DulyError`.
    """
    if not create and not file.exists():
        connection = sqlite3.connect(":memory:", isolation_level=None)
    else:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DulyError(message("{file}: its folder cannot be made: {error}", file=file, error=error)) from error
        with explained(file):
            connection = sqlite3.connect(file, isolation_level=None, timeout=5)
    connection.row_factory = sqlite3.Row
    try:
        with explained(file):
            _refuse_newer(connection, file)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            _upgrade(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def _refuse_newer(connection: sqlite3.Connection, file: Path) -> None:
    application = connection.execute("pragma application_id").fetchone()[0]
    tables = connection.execute("select count(*) from sqlite_schema").fetchone()[0]
    if application != APPLICATION and tables:
        raise DulyError(message("{file}: this is the database of another program; it was left as it is", file=file))
    if _version(connection) > upgrades()[-1][0]:
        raise DulyError(
            message("{file}: this database is from a newer duly; update duly. It was left as it is", file=file)
        )


def _upgrade(connection: sqlite3.Connection) -> None:
    """Applies what is missing, each file with its number in one transaction; two processes may meet here."""
    for number, sql in upgrades():
        if _version(connection) >= number:
            continue
        connection.execute("begin immediate")
        try:
            if _version(connection) < number:
                for statement in _statements(sql):
                    connection.execute(statement)
                connection.execute(f"pragma application_id = {APPLICATION}")
                connection.execute(f"pragma user_version = {number}")
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise


def _statements(sql: str) -> Iterator[str]:
    """The statements of a file, one by one: `executescript` would commit the transaction they belong in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
