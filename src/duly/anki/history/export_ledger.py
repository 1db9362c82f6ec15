"""The ledger of exports: which notes were exported when, so that changed notes are recognised.

Anki updates a note only if the `mod` (seconds since 1970) in the package is greater than its own. A constant would
never update anything; the present time for every note, as in genanki, would overwrite a learner's edits in Anki of
notes that did not change here. So each note and note type keeps its `mod` until its content changes. A side effect: the
same input gives the same package, byte for byte.

Each machine has its own ledger; what all machines share is in `dates_beside_decks`.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from duly.anki.history.ledger_queries import paths_beyond, select_in_batches
from duly.anki.history.ledger_tables import open_for_writing, open_in_memory, sqlite_errors_explained
from duly.anki.notes.anki_note import Stamp, digest
from duly.anki.raw_rows import FIELD_SEPARATOR
from duly.anki.write.package_rows import NoteRow, insert_rows
from duly.cards import DeckName
from duly.problem import legible

UNKNOWN_CONTENT: dict[str, Any] = {"deck": DeckName(""), "fields": "", "tags": ""}
"""The columns of a note whose content is unknown."""


class LedgerEntry(NamedTuple):
    """A note as it was last exported, but with the type of its first export, because Anki never changes the type.

    `digest` is the hash of everything that an import can change, b"" if it equals the hash of `row`. `source` is the
    hash of the input of the rendering, None if rendering also depends on other input. Ledgers of very early versions
    lack the content.
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


def next_stamp(old_stamp: Stamp | None, digest: bytes, now: int, *, force: bool = False) -> Stamp:
    """The stamp of content: the old one if the content did not change, else (or with `force`) a new, later one.

    The date of a new stamp is `now`, in seconds since 1970, or a second after the old one.
    """
    if old_stamp is None:
        return Stamp(digest, now)
    return old_stamp if digest == old_stamp.digest and not force else Stamp(digest, max(now, old_stamp.mod + 1))


def newest_stamp(*stamps: Stamp | None) -> Stamp | None:
    """The latest stamp, the first of several with one date; None if all are None."""
    return max((stamp for stamp in stamps if stamp), key=lambda stamp: stamp.mod, default=None)


class Ledger:
    """The ledger, within one transaction."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def commit(self) -> None:
        """Commits the transaction. Raises `DulyError` if it cannot be written."""
        with sqlite_errors_explained(self._file):
            if self._connection.in_transaction:
                self._connection.execute("commit")

    def notes(self, guids: Sequence[str]) -> dict[str, LedgerEntry]:
        """The entries of the notes that were exported before, to any package, by guid."""
        columns = "guid, note_type, mod, deck, fields, tags, ords, digest, source"
        query = f"select {columns} from notes where guid in ({{marks}})"
        entries: dict[str, LedgerEntry] = {}
        for row in select_in_batches(self._connection, query, guids):
            note_row = NoteRow._make(row[:7])
            entries[note_row.guid] = LedgerEntry(
                note_row if note_row.deck else note_row._replace(**UNKNOWN_CONTENT), *row[7:]
            )
        return entries

    def keep_notes(self, notes: Iterable[LedgerEntry]) -> None:
        """Saves notes as they are now; if a note has a new date, its former version is kept for `versions`."""
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
        """All versions of a note that Anki may have, oldest first; their deck is empty."""
        query = "select guid, note_type, mod, '', fields, tags, ords from {table} where guid = ? and fields is not null"
        all_versions = f"{query.format(table='earlier')} union all {query.format(table='notes')} order by 3"
        return [NoteRow._make(row) for row in self._connection.execute(all_versions, (guid, guid))]

    def keep_anki_versions(self, rows: Iterable[NoteRow]) -> None:
        """Saves notes as Anki has them, and drops their earlier versions."""
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
        """Dates a note that changed its type; its content stays, because Anki keeps it."""
        self._connection.execute(
            "update notes set digest = ?, mod = ?, source = null where guid = ?", (stamp.digest, stamp.mod, guid)
        )

    def stamped_type(
        self, number: int, digest: bytes, now: int, *, shared_stamp: Stamp | None = None, force: bool = False
    ) -> Stamp:
        """Stamps the note type with this id, and saves the stamp. `shared_stamp` is its stamp beside the decks."""
        row = self._row("select digest, mod from note_types where id = ?", number)
        stamp = next_stamp(newest_stamp(shared_stamp, Stamp(*row) if row else None), digest, now, force=force)
        self._connection.execute(
            "insert or replace into note_types (id, digest, mod) values (?, ?, ?)", (number, stamp.digest, stamp.mod)
        )
        return stamp

    def paths_left_out(self, target: Path, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The files and folders outside of `paths` that an earlier package `target` was made of, if they still exist.

        Saves `paths` for the next export.
        """
        given_paths = [Path(os.path.realpath(path)) for path in paths]
        rows = self._connection.execute("select path from decks where target = ? order by path", (str(target),))
        earlier_paths = [Path(path) for (path,) in rows.fetchall()]
        self._connection.executemany(
            "insert or ignore into decks (target, path) values (?, ?)",
            [(str(target), legible(path)) for path in given_paths],
        )
        return paths_beyond(earlier_paths, given_paths)

    def package_guids(self, target: Path) -> frozenset[str]:
        """The guids in the latest package `target`."""
        return self._guids("select guid from outputs where target = ? and not gone", target)

    def removed_guids(self, target: Path) -> frozenset[str]:
        """The guids that were in the package `target` once and no longer are."""
        return self._guids("select guid from outputs where target = ? and gone", target)

    def guids_elsewhere(self, target: Path) -> dict[str, Path]:
        """The package of each guid that is in the latest version of another package."""
        rows = self._connection.execute(
            "select guid, target from outputs where target != ? and not gone", (str(target),)
        )
        return {guid: Path(package) for guid, package in rows}

    def keep_output(self, target: Path, guids: frozenset[str], removed_guids: frozenset[str]) -> None:
        """Saves the guids that are now in the package `target`, and those that no longer are."""
        for guids_to_save, is_removed in ((guids, False), (removed_guids, True)):
            rows = ((str(target), guid, is_removed) for guid in sorted(guids_to_save))
            insert_rows(self._connection, "insert or replace into outputs (target, guid, gone)", "(?, ?, ?)", rows)

    def _guids(self, query: str, target: Path) -> frozenset[str]:
        return frozenset(guid for (guid,) in self._connection.execute(query, (str(target),)))

    def _row(self, query: str, key: str | int) -> Any:
        return self._connection.execute(query, (key,)).fetchone()


@contextmanager
def open_ledger(file: Path) -> Iterator[Ledger]:
    """The ledger in `file`, created if needed. Changes are saved at the end of the block, or when `commit` is called.

    Raises `DulyError` if the file cannot be used.
    """
    with open_for_writing(file) as connection:
        ledger = Ledger(connection, file)
        yield ledger
        ledger.commit()


@contextmanager
def open_copy(file: Path) -> Iterator[Ledger]:
    """A copy in memory of the ledger in `file`; nothing is written. Raises `DulyError` as `open_ledger` does."""
    with open_in_memory(file) as connection:
        yield Ledger(connection, file)
