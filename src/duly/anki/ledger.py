"""What was exported when: the memory that tells a changed note from one that is as it was.

Anki updates a note only where the package's `mod` (seconds since 1970) is greater than its own. A constant would never
update anything; *now* for every note, as genanki has it, would overwrite what a learner has changed in Anki about notes
that nobody has edited here. So each note and note type keeps its `mod` until its content changes. That takes a memory,
and has a gift: the same input gives the same package, byte for byte.

The ledger of one machine knows nothing of another's: the first export from there dates every note anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duly.anki.notes import AnkiNote
from duly.cards import DeckName
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
)
"""What makes each version of the ledger of the one before it."""

VERSION = len(UPGRADES)
BETWEEN = "\x1f"
KEEP = (
    "insert or replace into notes (guid, digest, mod, note_type, ords, deck, fields, tags)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of some content, and the second since 1970 from which it dates."""

    digest: bytes
    mod: int


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a note, in the order of its type's fields: enough to export it when nobody has it any more."""

    deck: DeckName
    fields: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as it was exported last; `note_type` is that of its first export, for Anki never changes it.

    `content` is None if a duly exported it that did not remember so much.
    """

    stamp: Stamp
    note_type: int
    ords: tuple[int, ...]
    content: Content | None


@dataclass(frozen=True, slots=True)
class Known:
    """What of an entry tells whether a note has changed; `deck` is None where its content is not remembered."""

    stamp: Stamp
    note_type: int
    ords: tuple[int, ...]
    deck: DeckName | None


def stamped(old: Stamp | None, digest: bytes, now: int, *, anew: bool = False) -> Stamp:
    """The stamp of content: the old one if it is the same, else, or if dated `anew`, *now*; then later than the old."""
    if old is None:
        return Stamp(digest, now)
    return old if digest == old.digest and not anew else Stamp(digest, max(now, old.mod + 1))


class Ledger:
    """The ledger within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(self, guid: str) -> Entry | None:
        """The note as it was exported last, to whatever package."""
        row = self._row("select digest, mod, note_type, ords, deck, fields, tags from notes where guid = ?", guid)
        if row is None:
            return None
        digest, mod, note_type, ords, deck, fields, tags = row
        content = None if deck is None else Content(DeckName(deck), tuple(fields.split(BETWEEN)), tuple(tags.split()))
        return Entry(Stamp(digest, mod), note_type, _numbers(ords), content)

    def known(self, guids: Sequence[str]) -> dict[str, Known]:
        """What is known, by guid, of those of some notes that were exported before."""
        marks = ", ".join("?" * len(guids))
        query = f"select guid, digest, mod, note_type, ords, deck from notes where guid in ({marks})"
        rows = self._connection.execute(query, guids)
        return {
            guid: Known(Stamp(digest, mod), note_type, _numbers(ords), deck)
            for guid, digest, mod, note_type, ords, deck in rows
        }

    def keep_made(self, notes: Iterable[tuple[AnkiNote, Stamp]]) -> None:
        """Remembers notes as they are made now."""
        self._connection.executemany(
            KEEP,
            (
                (
                    note.guid,
                    stamp.digest,
                    stamp.mod,
                    note.type.id,
                    " ".join(map(str, note.ords)),
                    note.deck,
                    BETWEEN.join(note.fields),
                    " ".join(note.tags),
                )
                for note, stamp in notes
            ),
        )

    def keep_stamp(self, guid: str, stamp: Stamp) -> None:
        """Dates a note, and leaves what else is remembered of it as it is."""
        self._connection.execute("update notes set digest = ?, mod = ? where guid = ?", (stamp.digest, stamp.mod, guid))

    def keep_note(self, guid: str, entry: Entry) -> None:
        """Remembers the note as it is now."""
        kept = entry.content
        self._connection.execute(
            KEEP,
            (
                guid,
                entry.stamp.digest,
                entry.stamp.mod,
                entry.note_type,
                " ".join(map(str, entry.ords)),
                *((kept.deck, BETWEEN.join(kept.fields), " ".join(kept.tags)) if kept else (None, None, None)),
            ),
        )

    def stamped_type(self, number: int, digest: bytes, now: int, *, anew: bool = False) -> Stamp:
        """The stamp of the note type with this id, remembered from now on."""
        row = self._row("select digest, mod from note_types where id = ?", number)
        stamp = stamped(Stamp(*row) if row else None, digest, now, anew=anew)
        self._connection.execute(
            "insert or replace into note_types (id, digest, mod) values (?, ?, ?)", (number, stamp.digest, stamp.mod)
        )
        return stamp

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
            self._connection.executemany(
                "insert or replace into outputs (target, guid, gone) values (?, ?, ?)",
                ((str(target), guid, is_gone) for guid in sorted(guids)),
            )

    def _guids(self, query: str, target: Path) -> frozenset[str]:
        return frozenset(guid for (guid,) in self._connection.execute(query, (str(target),)))

    def _row(self, query: str, key: str | int) -> Any:
        return self._connection.execute(query, (key,)).fetchone()


def _numbers(ords: str) -> tuple[int, ...]:
    return tuple(map(int, ords.split()))


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
    for upgrade in UPGRADES[version:]:
        for statement in upgrade.split(";")[:-1]:
            connection.execute(statement)
    connection.execute(f"pragma user_version = {VERSION}")
