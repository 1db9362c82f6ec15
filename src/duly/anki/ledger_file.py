"""The file of the ledger: its tables, how it is opened, and what is said where it cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from duly.errors import DulyError
from duly.message import message

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
"""What makes each version of the ledger of the one before it."""

VERSION = len(UPGRADES)
PATIENCE = 60
"""How many seconds to wait for another export to end: the ledger is its own from the first note to the package."""


@contextmanager
def writing(file: Path) -> Iterator[sqlite3.Connection]:
    """The file, made or brought up to date if need be, within a transaction that is dropped unless it is committed.

    Raises `DulyError` if the file cannot be used.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(file, error) from error
    with usable(file), closing(sqlite3.connect(file, isolation_level=None, timeout=PATIENCE)) as connection:
        connection.execute("begin immediate")
        _upgrade(connection, file)
        yield connection


@contextmanager
def rehearsing(file: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the file in memory, brought up to date if need be: nothing that is done with it is written.

    Raises `DulyError` if the file cannot be used.
    """
    with usable(file), closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        if file.exists():
            with closing(_existing(file)) as connection:
                connection.backup(copy)
        _upgrade(copy, file)
        yield copy


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection | None]:
    """The file as the last export left it; None if there is none, or it is that of an older duly.

    Raises `DulyError` if the file cannot be used.
    """
    if not file.exists():
        yield None
        return
    with usable(file), closing(_existing(file)) as connection:
        yield connection if _version(connection, file) == VERSION else None


def _existing(file: Path) -> sqlite3.Connection:
    """A connection to the file, which is never made."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)


@contextmanager
def usable(file: Path) -> Iterator[None]:
    """Raises `DulyError` where SQLite cannot do what the block does with the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(file, error) from error


def _unusable(file: Path, error: sqlite3.Error | OSError) -> DulyError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        said = message(
            "{file}, the memory of exports, is damaged ({error}). Move it away to begin a new one: the next export"
            " dates every note anew, so its import overwrites what was changed in Anki about these notes, and notes"
            " removed before are forgotten",
            file=file,
            error=error,
        )
        return DulyError(said)
    why = getattr(error, "strerror", None) or str(error)
    return DulyError(message("{file}, the memory of exports, cannot be used: {error}", file=file, error=why))


def _upgrade(connection: sqlite3.Connection, file: Path) -> None:
    for upgrade in UPGRADES[_version(connection, file) :]:
        for statement in upgrade.split(";")[:-1]:
            connection.execute(statement)
    connection.execute(f"pragma user_version = {VERSION}")


def _version(connection: sqlite3.Connection, file: Path) -> int:
    (version,) = connection.execute("pragma user_version").fetchone()
    if version > VERSION:
        raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))
    return int(version)
