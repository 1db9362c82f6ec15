"""What tells one state of a journal from another, without opening it for use."""

import sqlite3
from contextlib import closing
from pathlib import Path


def state(file: Path) -> str | None:
    """A text that changes with every entry, ``new`` where there are none; None where it cannot be told."""
    if not file.exists():
        return "new"
    query = "select (select id from device), number, device, at, position from entries order by position desc limit 1"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return repr(connection.execute(query).fetchone() or "new")
    except sqlite3.Error:  # whoever opens it says what is wrong
        return None
