"""The one door in: deck files become notes, and everything wrong with them becomes problems."""

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
    """The good notes of all files, in the order of the files and of each file; every problem, by place; the files."""

    make: "Callable[[], tuple[Note, ...]]"
    """Gives the notes, at their first use: where no file has changed, this takes longer than all the rest."""
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    shown: tuple[MediaTarget, ...] | None = None
    """The media of the collection; None where it has problems, or nothing is remembered."""
    kept_out: "tuple[Note, ...]" = ()
    """Notes without a mistake of their own that an error keeps out: an image is missing, or their id stands twice."""

    @cached_property
    def notes(self) -> "tuple[Note, ...]":
        with gc_paused():
            return self.make()


def load(paths: Sequence[Path], memory: Path | None = None) -> Loaded:
    """Reads the deck files among and below `paths` as one collection.

    A note with an error stays out, and every other one loads. `memory` is the cache of what was read before: files
    with the same bytes are not parsed again. Raises `DulyError` only where a folder cannot be listed.
    """
    with gc_paused(), cache.open_cache(memory) as store:
        collection = note_cache.look_up(deck_files(paths), store)
        files, shown = tuple(file.file for file in collection), note_cache.cached_media(collection, store)
        if shown is not None and all(file.known is not None for file in collection):
            return Loaded(partial(_remade, collection, paths), (), files, shown)
        from duly.deckfile.read_collection import read_collection  # only what has changed pays for a parser

        read = read_collection(collection, store)
        return Loaded(
            lambda: read.notes, read.problems, files, note_cache.cached_media(collection, store), read.kept_out
        )


def _remade(collection: Sequence[CachedFile], paths: Sequence[Path]) -> "tuple[Note, ...]":
    try:
        return tuple(note for file in collection for note in note_cache.cached_notes(file))
    except ValueError:  # whoever wrote this into the cache, it was not this version of duly
        return load(paths).notes
