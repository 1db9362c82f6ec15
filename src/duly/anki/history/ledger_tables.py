"""The file of the ledger: its tables, how it is opened, and its errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from duly.errors import DulyError, reason
from duly.message import Message, message
from duly.sqlite import connect, explain_errors, is_damage, upgrade, version_of

UPGRADES = (
    """
create table notes (
    guid text primary key,
    digest blob not null,
    mod integer not null,           -- seconds since 1970
    note_type integer not null,     -- that of the first export: Anki keeps it
    ords text not null              -- the cards, as numbers parted by spaces
) strict;
create table note_types (
    id integer primary key,
    digest blob not null,
    mod integer not null
) strict;
create table outputs (              -- which notes each package held
    target text not null,
    guid text not null,
    primary key (target, guid)
) strict, without rowid;
""",
    """
alter table notes add column deck text;     -- this and the next two are null until the note is exported again
alter table notes add column fields text;   -- parted by U+001F
alter table notes add column tags text;     -- parted by spaces
alter table outputs add column gone integer not null default 0;     -- 1: the package held it, and holds it no more
""",
    """
alter table notes add column source blob;   -- the hash of all it was made from, null where that does not decide;
                                            -- from now on digest is empty where it is that of the other columns
create table decks (                -- the files and folders that each package was made of
    target text not null,
    path text not null,
    primary key (target, path)
) strict, without rowid;
""",
    """
create table earlier (              -- what notes were before, in packages or in Anki when they came from there
    guid text not null,
    mod integer not null,
    note_type integer not null,
    fields text not null,
    tags text not null,
    ords text not null,
    primary key (guid, mod)
) strict, without rowid;
""",
)
"""The SQL that upgrades each version of the ledger to the next."""

VERSION = len(UPGRADES)
PATIENCE = 60
"""Seconds to wait for another export, which locks the ledger until its package is written."""


@contextmanager
def open_for_writing(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, created or upgraded if needed, within a transaction that is rolled back unless it is committed.

    Raises `DulyError` if the file cannot be used.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DulyError(_not_usable(file, error)) from error
    with sqlite_errors_explained(file), closing(connect(file, patience=PATIENCE)) as connection:
        _upgrade(connection, file)
        connection.execute("begin immediate")
        yield connection


@contextmanager
def open_in_memory(file: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the file in memory, upgraded if needed: nothing is written.

    Raises `DulyError` if the file cannot be used.
    """
    with sqlite_errors_explained(file), closing(connect(":memory:")) as copy:
        if file.exists():
            with closing(connect(file, mode="rw")) as connection:
                connection.backup(copy)
        _upgrade(copy, file)
        yield copy


@contextmanager
def open_for_reading(file: Path) -> Iterator[sqlite3.Connection | None]:
    """The file as the last export left it; None if there is no file, or an older duly wrote it.

    Raises `DulyError` if the file cannot be used.
    """
    if not file.exists():
        yield None
        return
    with sqlite_errors_explained(file), closing(connect(file, mode="rw")) as connection:
        _refuse_newer(connection, file)
        yield connection if version_of(connection) == VERSION else None


def sqlite_errors_explained(file: Path) -> AbstractContextManager[None]:
    """Turns SQLite's errors in the block into `DulyError`."""
    return explain_errors(file, _sentence)


def _sentence(file: Path, error: sqlite3.DatabaseError) -> Message:
    if not is_damage(error):
        return _not_usable(file, error)
    return message(
        "{file}, the memory of exports, is damaged ({error}). Move it away to begin a new one: where no dates are"
        " kept beside the decks, the next export gives every note a new date, so its import overwrites what was changed"
        " in Anki about these notes",
        file=file,
        error=error,
    )


def _not_usable(file: Path, error: sqlite3.DatabaseError | OSError) -> Message:
    return message("{file}, the memory of exports, cannot be used: {error}", file=file, error=reason(error))


def _upgrade(connection: sqlite3.Connection, file: Path) -> None:
    _refuse_newer(connection, file)
    upgrade(connection, list(enumerate(UPGRADES, 1)))


def _refuse_newer(connection: sqlite3.Connection, file: Path) -> None:
    if version_of(connection) > VERSION:
        raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))
