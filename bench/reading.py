"""Reading decks: from YAML, and when nothing has changed."""

from hashlib import blake2b
from pathlib import Path

import yaml

from bench import corpus
from bench.harness import Row, Trial
from duly.deckfile.load import load


def from_yaml(folder: Path, notes: int) -> Trial:
    decks = corpus.decks(folder, notes)

    def reference() -> object:
        return [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in corpus.files(decks)]

    return Trial(lambda: load([decks]).notes, reference)


def unchanged(folder: Path, notes: int) -> Trial:
    decks, memory = corpus.decks(folder, notes), folder / f"cache-{notes}.db"
    load([decks], memory)
    return Trial(lambda: load([decks], memory), lambda: _hashed(decks))


def unchanged_with_notes(folder: Path, notes: int) -> Trial:
    trial = unchanged(folder, notes)
    decks, memory = corpus.decks(folder, notes), folder / f"cache-{notes}.db"
    return Trial(lambda: load([decks], memory).notes, trial.reference)


def _hashed(decks: Path) -> object:
    return [(file.stat(), blake2b(file.read_bytes()).digest()) for file in corpus.files(decks)]


SIZES = (1_000, 10_000, 100_000)
HASHES = "stat, read and BLAKE2b of the files"
ROWS = (
    Row("read", "read notes from YAML, with places", "PyYAML `CSafeLoader`", 0.45, SIZES, from_yaml,
        why="with few notes, the fixed cost of a run weighs more. Of the rest, half goes to finding the lines of plain"
            " cards and checking every value, and most of what is left to making the notes."),
    Row("unchanged", "the same, nothing changed since the last run", HASHES, 3, SIZES, unchanged),
    Row("unchanged-notes", "the same, and every note made", HASHES, 3, SIZES, unchanged_with_notes,
        why="hashing a note's bytes takes half a microsecond, but making its values takes a few. So they are made only"
            " when a command asks for them."),
)  # fmt: skip
