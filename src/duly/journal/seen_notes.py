"""The table of note snapshots in the database of the journal: each note as it was last seen."""

import sqlite3
from collections.abc import Iterable

from duly.cards import NoteId
from duly.cards.note_snapshot import NoteSnapshot

COLUMNS = "note, deck, question, answer, file"


def read_seen_notes(connection: sqlite3.Connection) -> dict[NoteId, NoteSnapshot]:
    """The last snapshots of all seen notes, by id."""
    return {NoteId(row[0]): NoteSnapshot._make(row) for row in connection.execute(f"select {COLUMNS} from seen")}


def write_seen_notes(connection: sqlite3.Connection, notes: Iterable[NoteSnapshot]) -> None:
    """Saves snapshots of notes, replacing earlier ones."""
    connection.executemany(f"insert or replace into seen ({COLUMNS}) values (?, ?, ?, ?, ?)", notes)


def delete_seen_notes(connection: sqlite3.Connection, notes: Iterable[NoteId]) -> None:
    """Removes the snapshots of notes."""
    connection.executemany("delete from seen where note = ?", ((note,) for note in notes))
