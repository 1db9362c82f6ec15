"""Reads the ledger of exports: which packages were made from which paths, what they contained, and former notes.

Imports no code that renders or packs, so that commands start fast.
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
        """The packages made only of these files and folders, or of others that no longer exist.

        A note of such a package that is in none of the files is lost. `target` is a package about to be made of them.
        """
        given_paths = [Path(os.path.realpath(path)) for path in paths]
        paths_by_package: dict[str, list[Path]] = {} if target is None else {str(target): list(given_paths)}
        for package, path in self._connection.execute("select target, path from decks"):
            paths_by_package.setdefault(package, []).append(Path(path))
        return tuple(
            package
            for package, package_paths in paths_by_package.items()
            if paths_within(package_paths, given_paths) and not paths_beyond(package_paths, given_paths)
        )

    def package_guids(self, packages: Iterable[str]) -> set[str]:
        """The guids of the notes in the latest version of any of the packages."""
        query = "select guid from outputs where target = ? and not gone"
        return {guid for package in packages for (guid,) in self._connection.execute(query, (package,))}

    def exported_guids(self, guids: Collection[str]) -> set[str]:
        """The guids that were exported before, to any package."""
        query = "select guid from notes where guid in ({marks})"
        return {guid for (guid,) in select_in_batches(self._connection, query, list(guids))}

    def notes(self, guids: Collection[str]) -> list[ExportedNote]:
        """The notes whose last exported content is known, sorted by guid."""
        query = "select guid, deck, note_type, fields from notes where deck is not null and guid in ({marks})"
        return sorted(map(ExportedNote._make, select_in_batches(self._connection, query, list(guids))))


def select_in_batches(connection: sqlite3.Connection, query: str, guids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query about notes, run in batches; ``{marks}`` in it stands for their guids."""
    for start in range(0, len(guids), NOTES_A_QUERY):
        batch = guids[start : start + NOTES_A_QUERY]
        yield from connection.execute(query.format(marks=", ".join("?" * len(batch))), batch)


def paths_within(paths: Iterable[Path], given_paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths that are among `given_paths`, or below one of them."""
    return tuple(path for path in paths if any(path.is_relative_to(folder) for folder in given_paths))


def paths_beyond(paths: Sequence[Path], given_paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths that exist and are neither among `given_paths` nor below one of them."""
    inner_paths = paths_within(paths, given_paths)
    return tuple(path for path in paths if path not in inner_paths and path.exists())
