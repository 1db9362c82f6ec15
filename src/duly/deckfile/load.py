"""Loads deck files as notes, with all their problems, using the cache of earlier reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from duly import cache
from duly.deckfile import note_cache
from duly.deckfile.find import deck_files
from duly.deckfile.note_cache import CachedFile, MediaTarget
from duly.gc_pause import pause_gc
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.cards import Note


@dataclass(frozen=True)
class LoadedDecks:
    """The valid notes of all files, in order; all problems, sorted by place; the files."""

    read_notes: "Callable[[], tuple[Note, ...]]"
    """Returns the notes; called at first use, because it takes most of the time if no file has changed."""
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    media: tuple[MediaTarget, ...] | None = None
    """The media of the collection; None if it has problems, or is not in the cache."""
    excluded_notes: "tuple[Note, ...]" = ()
    """Notes that are valid in themselves but excluded, because an image is missing or their id is a duplicate."""

    @cached_property
    def notes(self) -> "tuple[Note, ...]":
        with pause_gc():
            return self.read_notes()


def load(paths: Sequence[Path], cache_path: Path | None = None) -> LoadedDecks:
    """Reads the deck files among and below `paths` as one collection.

    Notes with errors are excluded, all others load. Files that have not changed since `cache_path`, the cache file, was
    written are not parsed again. Raises `DulyError` only if a folder cannot be listed.
    """
    with pause_gc(), cache.open_cache(cache_path) as store:
        collection = note_cache.look_up(deck_files(paths), store)
        files, media = tuple(file.file for file in collection), note_cache.cached_media(collection, store)
        if media is not None and all(file.cached_json is not None for file in collection):
            return LoadedDecks(partial(_cached_or_parsed_notes, collection, paths), (), files, media)
        from duly.deckfile.parse_collection import read_collection  # the parser is loaded only if something has changed

        result = read_collection(collection, store)
        return LoadedDecks(
            lambda: result.notes,
            result.problems,
            files,
            note_cache.cached_media(collection, store),
            result.excluded_notes,
        )


def _cached_or_parsed_notes(collection: Sequence[CachedFile], paths: Sequence[Path]) -> "tuple[Note, ...]":
    try:
        return tuple(note for file in collection for note in note_cache.cached_notes(file))
    except ValueError:  # the cache was not written by this version of duly
        return load(paths).notes
