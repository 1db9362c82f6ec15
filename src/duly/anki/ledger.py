"""What was exported when: the memory that tells a changed note from one that is as it was.

Anki updates a note only where the package's `mod` (seconds since 1970) is greater than its own. A constant would never
update anything; *now* for every note, as genanki has it, would overwrite what a learner has changed in Anki about notes
that nobody has edited here. So each note and note type keeps its `mod` until its content changes. That takes a memory,
and has a gift: the same input gives the same package, byte for byte.

The ledger of one machine knows nothing of another's: the first export from there dates every note anew.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from duly.anki.bulk import insert
from duly.anki.notes import digest
from duly.anki.rows import BETWEEN, NoteRow
from duly.cards import DeckName
from duly.errors import DulyError
from duly.message import message
from duly.place import legible

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
)
"""What makes each version of the ledger of the one before it."""

VERSION = len(UPGRADES)
PATIENCE = 60
"""How many seconds to wait for another export to end: the ledger is its own from the first note to the package."""
TOGETHER = 500
"""How many notes are looked up by one query."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of some content, and the second since 1970 from which it dates."""

    digest: bytes
    mod: int


UNKNOWN: dict[str, Any] = {"deck": DeckName(""), "fields": "", "tags": ""}
"""What a row has where a note's content is not remembered."""


class Entry(NamedTuple):
    """A note as it was exported last; its type is that of its first export, for Anki never changes it.

    `digest` is the hash of what an import can change of it, b"" where that is what its row says. `source` is the hash
    of all it was made from, None where that does not decide. A duly of long ago did not remember its content.
    """

    row: NoteRow
    digest: bytes = b""
    source: bytes | None = None

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.digest or row_digest(self.row), self.row.mod)


def row_digest(row: NoteRow) -> bytes:
    """The digest of the note that has this row."""
    return digest(row.type, row.fields.split(BETWEEN), row.tags.split(), [int(number) for number in row.ords.split()])


def stamped(old: Stamp | None, digest: bytes, now: int, *, anew: bool = False) -> Stamp:
    """The stamp of content: the old one if it is the same, else, or if dated `anew`, *now*; then later than the old."""
    if old is None:
        return Stamp(digest, now)
    return old if digest == old.digest and not anew else Stamp(digest, max(now, old.mod + 1))


class Ledger:
    """The ledger within one transaction."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def keep(self) -> None:
        """Makes all that was remembered so far last. Raises `DulyError` if it cannot be written."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("commit")
        except sqlite3.Error as error:
            raise _unusable(self._file, error) from error

    def notes(self, guids: Sequence[str]) -> dict[str, Entry]:
        """Those of some notes that were exported before, to whatever package, by their guids."""
        columns = "guid, note_type, mod, deck, fields, tags, ords, digest, source"
        found: dict[str, Entry] = {}
        for first in range(0, len(guids), TOGETHER):
            some = guids[first : first + TOGETHER]
            marks = ", ".join("?" * len(some))
            for row in self._connection.execute(f"select {columns} from notes where guid in ({marks})", some):
                note = NoteRow._make(row[:7])
                found[note.guid] = Entry(note if note.deck else note._replace(**UNKNOWN), *row[7:])
        return found

    def keep_notes(self, notes: Iterable[Entry]) -> None:
        """Remembers notes as they are now."""
        insert(
            self._connection,
            "insert or replace into notes (guid, note_type, mod, deck, fields, tags, ords, digest, source)",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*note.row, note.digest, note.source) for note in notes),
        )

    def keep_stamp(self, guid: str, stamp: Stamp) -> None:
        """Dates a note that was made as another type; what is remembered of it is what Anki keeps."""
        self._connection.execute(
            "update notes set digest = ?, mod = ?, source = null where guid = ?", (stamp.digest, stamp.mod, guid)
        )

    def stamped_type(self, number: int, digest: bytes, now: int, *, anew: bool = False) -> Stamp:
        """The stamp of the note type with this id, remembered from now on."""
        row = self._row("select digest, mod from note_types where id = ?", number)
        stamp = stamped(Stamp(*row) if row else None, digest, now, anew=anew)
        self._connection.execute(
            "insert or replace into note_types (id, digest, mod) values (?, ?, ?)", (number, stamp.digest, stamp.mod)
        )
        return stamp

    def left_out(self, target: Path, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The files and folders that the package `target` was made of before and that are in none of `paths`.

        Those that are not there any more do not count. What is made of it now is remembered.
        """
        given = [Path(os.path.realpath(path)) for path in paths]
        rows = self._connection.execute("select path from decks where target = ? order by path", (str(target),))
        before = [Path(path) for (path,) in rows.fetchall()]
        self._connection.executemany(
            "insert or ignore into decks (target, path) values (?, ?)", [(str(target), legible(path)) for path in given]
        )
        return tuple(path for path in before if path.exists() and not any(path.is_relative_to(one) for one in given))

    def held(self, target: Path) -> frozenset[str]:
        """The guids that the package `target` held last."""
        return self._guids("select guid from outputs where target = ? and not gone", target)

    def gone(self, target: Path) -> frozenset[str]:
        """The guids that the package `target` held once, and holds no more."""
        return self._guids("select guid from outputs where target = ? and gone", target)

    def held_beside(self, target: Path) -> dict[str, Path]:
        """For each guid that another package held last, that package."""
        rows = self._connection.execute(
            "select guid, target from outputs where target != ? and not gone", (str(target),)
        )
        return {guid: Path(other) for guid, other in rows}

    def keep_output(self, target: Path, held: frozenset[str], gone: frozenset[str]) -> None:
        """Remembers what the package `target` holds now, and what it holds no more."""
        for guids, is_gone in ((held, False), (gone, True)):
            rows = ((str(target), guid, is_gone) for guid in sorted(guids))
            insert(self._connection, "insert or replace into outputs (target, guid, gone)", "(?, ?, ?)", rows)

    def _guids(self, query: str, target: Path) -> frozenset[str]:
        return frozenset(guid for (guid,) in self._connection.execute(query, (str(target),)))

    def _row(self, query: str, key: str | int) -> Any:
        return self._connection.execute(query, (key,)).fetchone()


@contextmanager
def opened(file: Path) -> Iterator[Ledger]:
    """The ledger in `file`, made if it is not there. What is kept lasts only if the block ends, or `keep` is called.

    Raises `DulyError` if the file cannot be used.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(file, error) from error
    try:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=PATIENCE)) as connection:
            connection.execute("begin immediate")
            _upgrade(connection, file)
            book = Ledger(connection, file)
            yield book
            book.keep()
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
    (version,) = connection.execute("pragma user_version").fetchone()
    if version > VERSION:
        raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))
    for upgrade in UPGRADES[version:]:
        for statement in upgrade.split(";")[:-1]:
            connection.execute(statement)
    connection.execute(f"pragma user_version = {VERSION}")
