"""Opening the journal's file: settings, numbered upgrades, and a refusal of what is not ours to write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from time import monotonic, sleep

from duly.errors import DulyError
from duly.journal.backup import backup_file, copy_to
from duly.journal.explained import explained, not_ours
from duly.message import message

APPLICATION = 0x64756C79
"""``duly`` in ASCII: tells the file from other SQLite databases."""

PATIENCE = 5.0
"""Seconds to wait for another process that is writing."""

PAGE = 1024
"""Bytes of a page of a new journal: an answer changes half a dozen pages, and each is written whole."""

LEAST_SIZE = 512
"""Bytes of SQLite's smallest page."""


def is_journal(file: Path) -> bool:
    """Whether the file says of itself that it is a journal, sound or not; False where it cannot be read."""
    try:
        with file.open("rb") as stream:
            head = stream.read(72)  # https://sqlite.org/fileformat.html: the application's number is at offset 68
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION.to_bytes(4)


def upgrades() -> list[tuple[int, str]]:
    """The numbered SQL files, in order."""
    folder = files("duly.journal") / "schema"
    found = (file for file in folder.iterdir() if file.name.endswith(".sql"))
    return sorted((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in found)


def connect(file: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the journal at `file`, upgraded to this version.

    With `create` off, a file that does not exist is an empty journal in memory that cannot be written. Raises
    `DulyError`.
    """
    try:
        exists = file.exists()
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DulyError(message("{file}: its folder cannot be created: {error}", file=file, error=error)) from error
    with explained(file):
        if not exists and not create:
            return _empty()
        if exists:
            _refuse_scrap(file)
            _look(file)
        return _prepared(sqlite3.connect(file, isolation_level=None, timeout=PATIENCE), file)


def connect_to_nothing() -> sqlite3.Connection:
    """A connection to a new journal in memory."""
    return _prepared(sqlite3.connect(":memory:", isolation_level=None), Path(":memory:"))


def _empty() -> sqlite3.Connection:
    connection = connect_to_nothing()
    connection.execute("pragma query_only = on")
    return connection


def _prepared(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    try:
        _refuse_foreign(connection, file)
        connection.execute(f"pragma page_size = {PAGE}")
        _write_ahead(connection)
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma recursive_triggers = on")  # so that no "insert or replace" deletes unseen
        _copy_older(connection, file)
        upgrade(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the journal mode. Processes that make one file at once may meet here, and SQLite itself would not wait."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.01)
        else:
            return


def _refuse_scrap(file: Path) -> None:
    """Refuses a file that is too short for a database: SQLite would take it for an empty one, and write over it."""
    if 0 < file.stat().st_size < LEAST_SIZE:
        raise DulyError(not_ours(file))


def _look(file: Path) -> None:
    """Refuses a foreign database that was not closed, before a connection could fold its log into it."""
    if file.with_name(f"{file.name}-wal").exists():
        reading = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(reading, uri=True, timeout=PATIENCE)) as connection:
            _refuse_foreign(connection, file)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return version


def _refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Refuses the database of another program, or of a newer duly."""
    tables = connection.execute("select count(*) from sqlite_schema").fetchone()[0]
    application = connection.execute("pragma application_id").fetchone()[0]
    if application != APPLICATION and tables:
        raise DulyError(message("{file}: this is another program's database; it was left unchanged", file=file))
    if _version(connection) > upgrades()[-1][0]:
        raise DulyError(
            message("{file}: this database is from a newer duly; update duly. It was left unchanged", file=file)
        )


def _copy_older(connection: sqlite3.Connection, file: Path) -> None:
    """Copies a journal of an earlier version before it is upgraded."""
    version = _version(connection)
    if 0 < version < upgrades()[-1][0]:
        copy_to(connection, backup_file(file, f"version-{version}"))


def upgrade(connection: sqlite3.Connection) -> None:
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
            if connection.in_transaction:
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
