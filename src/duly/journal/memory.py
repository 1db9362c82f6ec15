"""The notes as they were seen last, kept beside the journal."""

import sqlite3
from collections.abc import Iterable

from duly.cards import NoteId
from duly.cards.seen import Seen

COLUMNS = "note, deck, question, answer, file"


def remembered(connection: sqlite3.Connection) -> dict[NoteId, Seen]:
    """Every note that was ever seen, as it was then."""
    return {NoteId(row[0]): Seen._make(row) for row in connection.execute(f"select {COLUMNS} from seen")}


def remember(connection: sqlite3.Connection, notes: Iterable[Seen]) -> None:
    """Takes these for what was seen last."""
    connection.executemany(f"insert or replace into seen ({COLUMNS}) values (?, ?, ?, ?, ?)", notes)


def forget(connection: sqlite3.Connection, notes: Iterable[NoteId]) -> None:
    """Drops what was seen of these."""
    connection.executemany("delete from seen where note = ?", ((note,) for note in notes))
