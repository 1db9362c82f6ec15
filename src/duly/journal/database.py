"""Opens the database of the journal: settings, numbered upgrades, and refusing files that are not journals."""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from time import monotonic, sleep

from duly import sqlite
from duly.errors import DulyError
from duly.journal.backup import backup_file, copy_to
from duly.journal.journal_errors import explain_errors, not_ours_message
from duly.message import message
from duly.sqlite import Upgrade, version_of

APPLICATION = 0x64756C79
"""``duly`` in ASCII: distinguishes the file from other SQLite databases."""

PATIENCE = 5.0
"""Seconds to wait for another process that is writing."""

PAGE = 1024
"""The page size of a new journal in bytes: an answer changes half a dozen pages, each of which is written."""

LEAST_SIZE = 512
"""The smallest page size of SQLite in bytes."""


def is_journal(file: Path) -> bool:
    """Whether the file is marked as a journal, damaged or not; False if it cannot be read."""
    try:
        with file.open("rb") as stream:
            head = stream.read(72)  # https://sqlite.org/fileformat.html: the application's number is at offset 68
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION.to_bytes(4)


def upgrades() -> list[Upgrade]:
    """The numbered SQL files, in order."""
    folder = files("duly.journal") / "schema"
    scripts = (file for file in folder.iterdir() if file.name.endswith(".sql"))
    return sorted((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in scripts)


def connect(file: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the journal at `file`, upgraded to this version.

    With `create` off, a missing file gives an empty journal in memory that cannot be written. Raises `DulyError`.
    """
    try:
        exists = file.exists()
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DulyError(message("{file}: its folder cannot be created: {error}", file=file, error=error)) from error
    with explain_errors(file):
        if not exists and not create:
            return _empty_journal()
        if exists:
            _refuse_too_short(file)
            _check_unclosed(file)
        return _prepare(sqlite.connect(file, patience=PATIENCE), file)


def connect_in_memory() -> sqlite3.Connection:
    """A connection to a new journal in memory."""
    return _prepare(sqlite.connect(":memory:"), Path(":memory:"))


def _empty_journal() -> sqlite3.Connection:
    connection = connect_in_memory()
    connection.execute("pragma query_only = on")
    return connection


def _prepare(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    try:
        _refuse_foreign(connection, file)
        connection.execute(f"pragma page_size = {PAGE}")
        _write_ahead(connection)
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma recursive_triggers = on")  # so that "insert or replace" runs the delete triggers
        _back_up_old_version(connection, file)
        upgrade(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the journal mode; waits for other processes that create the file at once, which SQLite would not."""
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


def _refuse_too_short(file: Path) -> None:
    """Refuses a file that is too short for a database: SQLite would treat it as empty and overwrite it."""
    if 0 < file.stat().st_size < LEAST_SIZE:
        raise DulyError(not_ours_message(file))


def _check_unclosed(file: Path) -> None:
    """Refuses an unclosed database of another program, read-only: a writing connection would checkpoint its log."""
    if file.with_name(f"{file.name}-wal").exists():
        with closing(sqlite.connect(file, patience=PATIENCE, mode="ro")) as connection:
            _refuse_foreign(connection, file)


def _refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Refuses the database of another program, or of a newer duly."""
    tables = connection.execute("select count(*) from sqlite_schema").fetchone()[0]
    application = connection.execute("pragma application_id").fetchone()[0]
    if application != APPLICATION and tables:
        raise DulyError(message("{file}: this is another program's database; it was left unchanged", file=file))
    if version_of(connection) > upgrades()[-1][0]:
        raise DulyError(
            message("{file}: this database is from a newer duly; update duly. It was left unchanged", file=file)
        )


def _back_up_old_version(connection: sqlite3.Connection, file: Path) -> None:
    """Backs up a journal of an earlier version before it is upgraded."""
    version = version_of(connection)
    if 0 < version < upgrades()[-1][0]:
        copy_to(connection, backup_file(file, f"version-{version}"))


def upgrade(connection: sqlite3.Connection) -> None:
    """Brings a journal up to date."""
    sqlite.upgrade(connection, upgrades(), APPLICATION)
