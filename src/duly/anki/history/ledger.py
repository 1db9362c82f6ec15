"""What was exported when: the memory that tells a changed note from one that is as it was.

Anki updates a note only where the package's `mod` (seconds since 1970) is greater than its own. A constant would never
update anything; *now* for every note, as genanki has it, would overwrite what a learner has changed in Anki about notes
that nobody has edited here. So each note and note type keeps its `mod` until its content changes. That takes a memory,
and has a gift: the same input gives the same package, byte for byte.

The ledger of one machine knows nothing of another's; what all must know is in `dates_beside_decks`.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from duly.anki.history.export_history import beyond, select_in_batches
from duly.anki.history.ledger_file import rehearsing, usable, writing
from duly.anki.notes.anki_note import Stamp, digest
from duly.anki.raw_rows import FIELD_SEPARATOR
from duly.anki.write.package_rows import NoteRow, insert_rows
from duly.cards import DeckName
from duly.problem import legible

UNKNOWN: dict[str, Any] = {"deck": DeckName(""), "fields": "", "tags": ""}
"""What a row has where a note's content is not remembered."""


class LedgerEntry(NamedTuple):
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
    return digest(
        row.type, row.fields.split(FIELD_SEPARATOR), row.tags.split(), [int(number) for number in row.ords.split()]
    )


def next_stamp(old: Stamp | None, digest: bytes, now: int, *, anew: bool = False) -> Stamp:
    """The stamp of content: the old one if it is the same, else, or if dated `anew`, *now*; then later than the old."""
    if old is None:
        return Stamp(digest, now)
    return old if digest == old.digest and not anew else Stamp(digest, max(now, old.mod + 1))


def newest(*stamps: Stamp | None) -> Stamp | None:
    """The stamp that is dated last, the first of several; None if there is none."""
    return max((stamp for stamp in stamps if stamp), key=lambda stamp: stamp.mod, default=None)


class Ledger:
    """The ledger within one transaction."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def keep(self) -> None:
        """Makes all that was remembered so far last. Raises `DulyError` if it cannot be written."""
        with usable(self._file):
            if self._connection.in_transaction:
                self._connection.execute("commit")

    def notes(self, guids: Sequence[str]) -> dict[str, LedgerEntry]:
        """Those of some notes that were exported before, to whatever package, by their guids."""
        columns = "guid, note_type, mod, deck, fields, tags, ords, digest, source"
        query = f"select {columns} from notes where guid in ({{marks}})"
        entries: dict[str, LedgerEntry] = {}
        for row in select_in_batches(self._connection, query, guids):
            note = NoteRow._make(row[:7])
            entries[note.guid] = LedgerEntry(note if note.deck else note._replace(**UNKNOWN), *row[7:])
        return entries

    def keep_notes(self, notes: Iterable[LedgerEntry]) -> None:
        """Remembers notes as they are now; those with a later date than before also as they were, see `versions`."""
        notes = list(notes)
        self._connection.executemany(
            "insert or ignore into earlier (guid, mod, note_type, fields, tags, ords)"
            " select guid, mod, note_type, fields, tags, ords from notes"
            " where guid = ? and mod < ? and deck is not null",
            [(note.row.guid, note.row.mod) for note in notes],
        )
        insert_rows(
            self._connection,
            "insert or replace into notes (guid, note_type, mod, deck, fields, tags, ords, digest, source)",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*note.row, note.digest, note.source) for note in notes),
        )

    def versions(self, guid: str) -> list[NoteRow]:
        """All that a note may have been when Anki got it last, oldest first; what a row does not tell is empty."""
        query = "select guid, note_type, mod, '', fields, tags, ords from {table} where guid = ? and fields is not null"
        both = f"{query.format(table='earlier')} union all {query.format(table='notes')} order by 3"
        return [NoteRow._make(row) for row in self._connection.execute(both, (guid, guid))]

    def keep_seen(self, rows: Iterable[NoteRow]) -> None:
        """Remembers notes as Anki has them: of no note will anybody ask any more what it was before that."""
        rows = list(rows)
        self._connection.executemany(
            "delete from earlier where guid = ? and mod < ?", [(row.guid, row.mod) for row in rows]
        )
        insert_rows(
            self._connection,
            "insert or replace into earlier (guid, mod, note_type, fields, tags, ords)",
            "(?, ?, ?, ?, ?, ?)",
            ((row.guid, row.mod, row.type, row.fields, row.tags, row.ords) for row in rows),
        )

    def keep_stamp(self, guid: str, stamp: Stamp) -> None:
        """Dates a note that was made as another type; what is remembered of it is what Anki keeps."""
        self._connection.execute(
            "update notes set digest = ?, mod = ?, source = null where guid = ?", (stamp.digest, stamp.mod, guid)
        )

    def stamped_type(
        self, number: int, digest: bytes, now: int, *, known: Stamp | None = None, anew: bool = False
    ) -> Stamp:
        """The stamp of the note type with this id, remembered from now on; `known` is one known from elsewhere."""
        row = self._row("select digest, mod from note_types where id = ?", number)
        stamp = next_stamp(newest(known, Stamp(*row) if row else None), digest, now, anew=anew)
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
        return beyond(before, given)

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
            insert_rows(self._connection, "insert or replace into outputs (target, guid, gone)", "(?, ?, ?)", rows)

    def _guids(self, query: str, target: Path) -> frozenset[str]:
        return frozenset(guid for (guid,) in self._connection.execute(query, (str(target),)))

    def _row(self, query: str, key: str | int) -> Any:
        return self._connection.execute(query, (key,)).fetchone()


@contextmanager
def open_ledger(file: Path) -> Iterator[Ledger]:
    """The ledger in `file`, made if it is not there. What is kept lasts only if the block ends, or `keep` is called.

    Raises `DulyError` if the file cannot be used.
    """
    with writing(file) as connection:
        book = Ledger(connection, file)
        yield book
        book.keep()


@contextmanager
def rehearsed(file: Path) -> Iterator[Ledger]:
    """The ledger in `file`, or a new one if there is none; nothing is written. Raises `DulyError` as `open_ledger`
    does.
    """
    with rehearsing(file) as connection:
        yield Ledger(connection, file)
