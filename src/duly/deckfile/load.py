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
from duly.gc_pause import gc_paused
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.cards import Note


@dataclass(frozen=True)
class Loaded:
    """The valid notes of all files, in order; all problems, sorted by place; the files."""

    make: "Callable[[], tuple[Note, ...]]"
    """Returns the notes; called at their first use, because it takes most of the time if no file has changed."""
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    shown: tuple[MediaTarget, ...] | None = None
    """The media of the collection; None if it has problems, or is not in the cache."""
    kept_out: "tuple[Note, ...]" = ()
    """Notes that are valid by themselves but excluded: an image is missing, or their id is a duplicate."""

    @cached_property
    def notes(self) -> "tuple[Note, ...]":
        with gc_paused():
            return self.make()


def load(paths: Sequence[Path], memory: Path | None = None) -> Loaded:
    """Reads the deck files among and below `paths` as one collection.

    Notes with errors are excluded, all others load. `memory` is the cache file: unchanged files are not parsed again.
    Raises `DulyError` only if a folder cannot be listed.
    """
    with gc_paused(), cache.open_cache(memory) as store:
        collection = note_cache.look_up(deck_files(paths), store)
        files, shown = tuple(file.file for file in collection), note_cache.cached_media(collection, store)
        if shown is not None and all(file.known is not None for file in collection):
            return Loaded(partial(_remade, collection, paths), (), files, shown)
        from duly.deckfile.parse_collection import read_collection  # the parser is loaded only if something has changed

        read = read_collection(collection, store)
        return Loaded(
            lambda: read.notes, read.problems, files, note_cache.cached_media(collection, store), read.kept_out
        )


def _remade(collection: Sequence[CachedFile], paths: Sequence[Path]) -> "tuple[Note, ...]":
    try:
        return tuple(note for file in collection for note in note_cache.cached_notes(file))
    except ValueError:  # the cache was not written by this version of duly
        return load(paths).notes
