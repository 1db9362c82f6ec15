"""A cache of computed values, in a file that may be deleted at any time.

If the file cannot be used (damaged, locked, from another program), the cache is empty and keeps nothing. Values are
bytes with a checksum; a damaged value counts as missing. Nothing in the file is ever run, and readers must treat a
value as untrusted input. A value is valid as long as the digest of its source is the same.

A checksum shows damage, not forgery, so a file that other users may write to is not used.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from zlib import crc32

from duly.private_file import make_private
from duly.sqlite import connect, is_busy, upgrade

LARGEST_FILE = 1 << 30
"""The size in bytes above which the file is replaced by an empty one."""

UPGRADES = (
    (
        1,
        """
create table if not exists kept (
    kind text not null,
    name text not null,
    digest blob not null,
    checksum integer not null,
    value blob not null,
    primary key (kind, name)
) strict;
""",
    ),
)


class Cache:
    """Values by kind and name. Several processes may have the same file open."""

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self._connection = connection
        self.is_damaged = False

    @property
    def is_open(self) -> bool:
        """Whether it keeps anything."""
        return self._connection is not None

    def find(self, kind: str, digests: Mapping[str, bytes]) -> dict[str, bytes]:
        """The values, by name, whose sources have these digests."""
        if self._connection is None:
            return {}
        query = "select value, checksum from kept where kind = ? and name = ? and digest = ?"
        values: dict[str, bytes] = {}
        with self._note_damage():
            for name, digest in digests.items():
                row = self._connection.execute(query, (kind, name, digest)).fetchone()
                if row and row[1] == crc32(row[0]):
                    values[name] = row[0]
        return values

    def keep(self, kind: str, values: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Stores values, each with the digest of its source, in place of earlier values with the same names."""
        if self._connection is None or not values:
            return
        rows = ((kind, name, digest, crc32(value), value) for name, (digest, value) in values.items())
        with self._note_damage(), self._connection:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert or replace into kept (kind, name, digest, checksum, value) values (?, ?, ?, ?, ?)", rows
            )

    @contextmanager
    def _note_damage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            self.is_damaged = self.is_damaged or not is_busy(error)


@contextmanager
def open_cache(file: Path | None) -> Iterator[Cache]:
    """The cache in `file`, created if necessary; one that keeps nothing for None, or if the file cannot be used."""
    connection = _connect(file) if file else None
    if connection is None:
        yield Cache()
        return
    cache = Cache(connection)
    with closing(connection):
        yield cache
    if file and cache.is_damaged:
        with suppress(OSError):
            file.unlink()


def _connect(file: Path) -> sqlite3.Connection | None:
    try:
        if not make_private(file):
            return None
        if file.stat().st_size > LARGEST_FILE:
            file.unlink()
            file.touch(mode=0o600)
        return _open_upgraded(file)
    except OSError:
        return None
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            return None
    with suppress(OSError, sqlite3.Error):
        file.unlink()
        file.touch(mode=0o600)
        return _open_upgraded(file)
    return None


def _open_upgraded(file: Path) -> sqlite3.Connection:
    connection = connect(file, patience=1)
    try:
        connection.execute("pragma synchronous = off")  # a power cut may damage a cache
        upgrade(connection, UPGRADES)
    except BaseException:
        connection.close()
        raise
    return connection
