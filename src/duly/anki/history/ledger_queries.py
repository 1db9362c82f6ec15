"""Reads the ledger of exports: which packages were made from which paths, what they contained, and former notes.

Imports nothing that renders or packs, so that commands stay fast.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from duly.cards import DeckName

NOTES_A_QUERY = 500
"""The most notes that one query looks up."""


class ExportedNote(NamedTuple):
    """A note as it was last exported; its fields are separated by U+001F."""

    guid: str
    deck: DeckName
    type: int
    fields: str


class ExportHistory:
    """The ledger, open for reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def packages(self, paths: Iterable[Path], target: Path | None = None) -> tuple[str, ...]:
        """The packages made of some of these files and folders, and of no others that still exist.

        So a note of such a package that is not in them is nowhere. `target` is a package about to be made of them.
        """
        given = [Path(os.path.realpath(path)) for path in paths]
        made: dict[str, list[Path]] = {} if target is None else {str(target): list(given)}
        for package, path in self._connection.execute("select target, path from decks"):
            made.setdefault(package, []).append(Path(path))
        return tuple(package for package, of in made.items() if within(of, given) and not beyond(of, given))

    def package_guids(self, packages: Iterable[str]) -> set[str]:
        """The guids of the notes in the latest version of any of the packages."""
        query = "select guid from outputs where target = ? and not gone"
        return {guid for package in packages for (guid,) in self._connection.execute(query, (package,))}

    def known(self, guids: Collection[str]) -> set[str]:
        """Those of the guids that were exported before, to any package."""
        query = "select guid from notes where guid in ({marks})"
        return {guid for (guid,) in select_in_batches(self._connection, query, list(guids))}

    def notes(self, guids: Collection[str]) -> list[ExportedNote]:
        """Those of the notes whose last exported contents are known, sorted by guid."""
        query = "select guid, deck, note_type, fields from notes where deck is not null and guid in ({marks})"
        return sorted(map(ExportedNote._make, select_in_batches(self._connection, query, list(guids))))


def select_in_batches(connection: sqlite3.Connection, query: str, guids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query about notes, run in batches; ``{marks}`` in it stands for their guids."""
    for first in range(0, len(guids), NOTES_A_QUERY):
        some = guids[first : first + NOTES_A_QUERY]
        yield from connection.execute(query.format(marks=", ".join("?" * len(some))), some)


def within(paths: Iterable[Path], given: Sequence[Path]) -> tuple[Path, ...]:
    """Those of the paths that are among `given`, or below one of them."""
    return tuple(path for path in paths if any(path.is_relative_to(folder) for folder in given))


def beyond(paths: Sequence[Path], given: Sequence[Path]) -> tuple[Path, ...]:
    """Those of the paths that exist and are neither among `given` nor below one of them."""
    inside = within(paths, given)
    return tuple(path for path in paths if path not in inside and path.exists())
