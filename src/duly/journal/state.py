"""What tells one state of a journal from another, without opening it for use."""

import os
import sqlite3
from contextlib import closing


def state(file: str | os.PathLike[str]) -> str | None:
    """A text that changes with every entry and upgrade, ``new`` if there is no file; None where it cannot be told.

    It changes as well with whatever else is written, for that may be damage.
    """
    if not os.path.exists(file):
        return "new"
    last = "select (select id from device), number, device, at, position from entries order by position desc limit 1"
    try:
        with closing(sqlite3.connect(_read_only(file), uri=True)) as connection:
            told = [connection.execute(query).fetchone() for query in ("pragma user_version", last)]
    except (sqlite3.Error, UnicodeDecodeError):  # whoever opens it says what is wrong
        return None
    return repr((told, _written(file), _written(_log(file))))


def _written(file: str | os.PathLike[str]) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def _log(file: str | os.PathLike[str]) -> str:
    """Where SQLite keeps what is not in the file yet."""
    return f"{os.fspath(file)}-wal"


def _read_only(file: str | os.PathLike[str]) -> str:
    """How SQLite is told to write nothing, not even beside the file where there is no log to read.

    It is `Path.as_uri`, which takes longer to load than the rest of this.
    """
    path = os.path.abspath(file)
    for sign, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        path = path.replace(sign, escape)
    alone = "" if os.path.exists(_log(file)) else "&immutable=1"
    return f"file:///{path.replace(os.sep, '/').lstrip('/')}?mode=ro{alone}"
