"""SQLite's errors about the journal as messages that a person can act on."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from duly import sqlite
from duly.journal.journal_rows import UnknownSchedulerError
from duly.message import Message, message


def explain_errors(file: Path) -> AbstractContextManager[None]:
    """Turns SQLite's errors about `file` into a `DulyError`. A bug of ours (a broken rule of the schema) stays one."""
    return sqlite.explain_errors(file, _sentence)


def not_ours_message(file: Path) -> Message:
    """The message for a file that is not a database of duly."""
    return message(
        "{file}: this is not a duly database; it was left unchanged. Name another file or, if your answers were in this"
        " one, go back to the last backup with duly restore",
        file=file,
    )


def damage_message(file: Path) -> Message:
    """The message for a damaged journal."""
    return message(
        "{file}: the database is damaged; duly restore goes back to the last backup and keeps every answer"
        " that can still be read",
        file=file,
    )


def _sentence(file: Path, error: sqlite3.DatabaseError) -> Message:
    match sqlite.primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return message("{file}: another program is using the database; close it and try again", file=file)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return message("{file}: the database cannot be written; check that you may write there", file=file)
        case sqlite3.SQLITE_FULL:
            return message("{file}: the disk is full; this answer was not saved", file=file)
        case sqlite3.SQLITE_NOTADB:
            return not_ours_message(file)
        case sqlite3.SQLITE_CORRUPT if isinstance(error, UnknownSchedulerError):
            return message(
                "{file}: an answer was given under a scheduler {name!r}, which there is not, so the database is"
                " damaged; duly restore leaves that answer out, names it, and keeps all others",
                file=file,
                name=error.name,
            )
        case sqlite3.SQLITE_CORRUPT:
            return damage_message(file)
        case _:
            return message("{file}: the database failed: {error}", file=file, error=error)
