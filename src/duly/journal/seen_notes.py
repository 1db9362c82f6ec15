"""The table of notes as they were last seen, in the database of the journal."""

import sqlite3
from collections.abc import Iterable

from duly.cards import NoteId
from duly.cards.note_snapshot import NoteSnapshot

COLUMNS = "note, deck, question, answer, file"


def read_seen(connection: sqlite3.Connection) -> dict[NoteId, NoteSnapshot]:
    """All notes that were ever seen, as they were last."""
    return {NoteId(row[0]): NoteSnapshot._make(row) for row in connection.execute(f"select {COLUMNS} from seen")}


def write_seen(connection: sqlite3.Connection, notes: Iterable[NoteSnapshot]) -> None:
    """Saves notes as they are now."""
    connection.executemany(f"insert or replace into seen ({COLUMNS}) values (?, ?, ?, ?, ?)", notes)


def forget_seen(connection: sqlite3.Connection, notes: Iterable[NoteId]) -> None:
    """Removes notes."""
    connection.executemany("delete from seen where note = ?", ((note,) for note in notes))
