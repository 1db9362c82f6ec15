"""The notes as they were last seen, kept beside the journal."""

import sqlite3
from collections.abc import Iterable

from duly.cards import NoteId
from duly.cards.snapshot import NoteSnapshot

COLUMNS = "note, deck, question, answer, file"


def read_seen(connection: sqlite3.Connection) -> dict[NoteId, NoteSnapshot]:
    """Every note that was ever seen, as it was then."""
    return {NoteId(row[0]): NoteSnapshot._make(row) for row in connection.execute(f"select {COLUMNS} from seen")}


def write_seen(connection: sqlite3.Connection, notes: Iterable[NoteSnapshot]) -> None:
    """Takes these for what was seen last."""
    connection.executemany(f"insert or replace into seen ({COLUMNS}) values (?, ?, ?, ?, ?)", notes)


def forget_seen(connection: sqlite3.Connection, notes: Iterable[NoteId]) -> None:
    """Drops what was seen of these."""
    connection.executemany("delete from seen where note = ?", ((note,) for note in notes))
