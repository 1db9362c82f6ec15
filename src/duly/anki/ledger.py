"""What was exported when: the memory that tells a changed note from one that is as it was.

Anki updates a note only where the package's `mod` (seconds since 1970) is greater than its own. A constant would never
update anything; *now* for every note, as genanki has it, would overwrite what a learner has changed in Anki about notes
that nobody has edited here. So each note and note type keeps its `mod` until its content changes. That takes a memory,
and has a gift: the same input gives the same package, byte for byte.

The ledger of one machine knows nothing of another's: the first export from there dates every note anew.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duly.errors import DulyError
from duly.message import message

VERSION = 1
SCHEMA = """
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
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of some content, and the second since 1970 from which it dates."""

    digest: bytes
    mod: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as it was exported last; `note_type` is that of its first export, for Anki never changes it."""

    stamp: Stamp
    note_type: int
    ords: tuple[int, ...]


def stamped(old: Stamp | None, digest: bytes, now: int) -> Stamp:
    """The stamp of content: the old one if it is the same, else *now*, but always later than the old one."""
    if old is None:
        return Stamp(digest, now)
    return old if digest == old.digest else Stamp(digest, max(now, old.mod + 1))


class Ledger:
    """The ledger within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(self, guid: str) -> Entry | None:
        """The note as it was exported last, to whatever package."""
        row = self._row("select digest, mod, note_type, ords from notes where guid = ?", guid)
        return Entry(Stamp(row[0], row[1]), row[2], tuple(map(int, row[3].split()))) if row else None

    def keep_note(self, guid: str, entry: Entry) -> None:
        """Remembers the note as it is now."""
        self._connection.execute(
            "insert or replace into notes (guid, digest, mod, note_type, ords) values (?, ?, ?, ?, ?)",
            (guid, entry.stamp.digest, entry.stamp.mod, entry.note_type, " ".join(map(str, entry.ords))),
        )

    def stamped_type(self, number: int, digest: bytes, now: int) -> Stamp:
        """The stamp of the note type with this id, remembered from now on."""
        row = self._row("select digest, mod from note_types where id = ?", number)
        stamp = stamped(Stamp(*row) if row else None, digest, now)
        self._connection.execute(
            "insert or replace into note_types (id, digest, mod) values (?, ?, ?)", (number, stamp.digest, stamp.mod)
        )
        return stamp

    def output(self, target: Path) -> frozenset[str]:
        """The guids that the package `target` held last."""
        rows = self._connection.execute("select guid from outputs where target = ?", (str(target),))
        return frozenset(guid for (guid,) in rows)

    def keep_output(self, target: Path, added: frozenset[str], removed: frozenset[str]) -> None:
        """Remembers what the package `target` holds now."""
        for statement, guids in (
            ("delete from outputs where target = ? and guid = ?", removed),
            ("insert or ignore into outputs (target, guid) values (?, ?)", added),
        ):
            self._connection.executemany(statement, ((str(target), guid) for guid in guids))

    def _row(self, query: str, key: str | int) -> Any:
        return self._connection.execute(query, (key,)).fetchone()


@contextmanager
def opened(file: Path) -> Iterator[Ledger]:
    """The ledger in `file`, made if it is not there. What is kept lasts only if the block ends without an exception.

    Raises `DulyError` if the file cannot be used.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(file, error.strerror or str(error)) from error
    try:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as connection:
            connection.execute("begin immediate")
            _upgrade(connection, file)
            yield Ledger(connection)
            connection.execute("commit")
    except sqlite3.Error as error:
        raise _unusable(file, str(error)) from error


def _unusable(file: Path, why: str) -> DulyError:
    return DulyError(message("{file}, the memory of exports, cannot be used: {error}", file=file, error=why))


def _upgrade(connection: sqlite3.Connection, file: Path) -> None:
    (version,) = connection.execute("pragma user_version").fetchone()
    if version > VERSION:
        raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))
    if version == 0:
        for statement in SCHEMA.split(";")[:-1]:
            connection.execute(statement)
        connection.execute(f"pragma user_version = {VERSION}")
