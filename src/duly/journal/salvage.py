"""Going back to a copy of the journal, and taking over every entry that the file in its place still gives."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from duly.errors import DulyError
from duly.journal.database import APPLICATION, upgrade, upgrades
from duly.journal.explained import explained
from duly.message import message
from duly.replace import replacing_at

SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a database while it is in use; the first holds the newest entries."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the entries of the file that was replaced: taken over, or no longer to be read."""

    recovered: int
    unreadable: int


def restore(journal: Path, backup: Path | None, aside: Path, *, newer: bool = True) -> Restored:
    """Puts the copy `backup` (None for an empty journal) in the place of `journal`, which goes to `aside`.

    With `newer`, entries that the copy lacks are taken over from what is replaced, however damaged that is. Schedules
    are not computed here. Raises `DulyError`, with everything as it was, if the copy is none of a journal, or the
    journal is in use.
    """
    if backup is not None:
        _refuse_damaged(backup)
    _refuse_in_use(journal)
    _set_aside(journal, aside)
    with replacing_at(journal, follow=True) as temporary:
        if backup is not None:
            shutil.copyfile(backup, temporary)
        with explained(temporary), closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("pragma journal_mode = delete")
            upgrade(connection)
            # Its next entries must not take the numbers of entries that were made after the copy.
            connection.execute("update device set id = lower(hex(randomblob(8)))")
            restored = _taken_over(connection, aside) if newer and aside.exists() else Restored(0, 0)
        for ending in SIDE_FILES:  # the log of the old file would be played into the new one
            journal.with_name(journal.name + ending).unlink(missing_ok=True)
            temporary.with_name(temporary.name + ending).unlink(missing_ok=True)
    return restored


def _refuse_damaged(backup: Path) -> None:
    with explained(backup), closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        (application,) = connection.execute("pragma application_id").fetchone()
        (version,) = connection.execute("pragma user_version").fetchone()
        if application != APPLICATION or not 0 < version <= upgrades()[-1][0]:
            raise DulyError(message("{file} is not a backup of a journal; name another", file=backup))
        if connection.execute("pragma quick_check").fetchone() != ("ok",):
            raise DulyError(message("{file}: this backup is damaged too; name another", file=backup))


def _refuse_in_use(journal: Path) -> None:
    """Leaving the mode in which several may write needs the file for oneself. A damaged file is nobody's."""
    if not journal.exists():
        return
    try:
        with closing(sqlite3.connect(journal, isolation_level=None, timeout=0)) as connection:
            connection.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DulyError(
                message("{file}: another program is using the database; close it and try again", file=journal)
            ) from error
    except sqlite3.DatabaseError:
        return


def _set_aside(journal: Path, aside: Path) -> None:
    aside.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", SIDE_FILES[0]):
        source = journal.with_name(journal.name + ending)
        if source.exists():
            with replacing_at(aside.with_name(aside.name + ending)) as temporary:
                shutil.copyfile(source, temporary)


def _taken_over(connection: sqlite3.Connection, damaged: Path) -> Restored:
    recovered = unreadable = 0
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(damaged, isolation_level=None)) as source:
        columns = _columns(connection) & _columns(source) - {"position"}
        names = ", ".join(sorted(columns))
        connection.execute("begin immediate")
        for row in _rows(source, names):
            if row is None:
                unreadable += 1
                continue
            marks = ", ".join("?" * len(row))
            try:
                added = connection.execute(f"insert or ignore into entries ({names}) values ({marks})", row).rowcount
            except sqlite3.Error:  # a row that breaks the rules is no entry any more
                unreadable += 1
            else:
                recovered += added
        connection.execute("commit")
    return Restored(recovered, unreadable)


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {name for _number, name, *_rest in connection.execute("pragma table_info(entries)")}


def _rows(source: sqlite3.Connection, names: str) -> Iterator[Row | None]:
    """The entries in order; None for each that cannot be read."""
    bounds = [_bound(source, order) for order in ("asc", "desc")]
    if None in bounds:
        return
    yield from _between(source, names, bounds[0] or 0, bounds[1] or 0)


def _bound(source: sqlite3.Connection, order: str) -> int | None:
    found = source.execute(f"select position from entries order by position {order} limit 1").fetchone()
    return found[0] if found else None


def _between(source: sqlite3.Connection, names: str, first: int, last: int) -> Iterator[Row | None]:
    """What can be read of a stretch: all at once, or, where that fails, of each of its halves."""
    try:
        rows: list[Row] = source.execute(
            f"select {names} from entries where position between ? and ? order by position", (first, last)
        ).fetchall()
    except sqlite3.DatabaseError:
        if first == last:
            yield None
            return
        middle = (first + last) // 2
        yield from _between(source, names, first, middle)
        yield from _between(source, names, middle + 1, last)
    else:
        yield from rows
