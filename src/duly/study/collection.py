"""A collection: the notes of some deck files, opened together with the journal of their learner."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duly.cards import Card, Note, cards_of
from duly.deckfile.load import load
from duly.deckfile.remembered import Shown
from duly.journal import Journal
from duly.locations import cache_file
from duly.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Decks:
    """What was read from deck files: their notes with all cards, and the mistakes that keep others out."""

    paths: tuple[Path, ...]
    notes: tuple[Note, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    shown: tuple[Shown, ...] | None = None
    """Their media; None where there are problems, or nothing is remembered."""
    kept_out: tuple[Note, ...] = ()
    """Notes that only what is elsewhere keeps out, as an image that is missing; their ids are taken all the same."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Collection:
    """Decks, and the journal their answers go to."""

    decks: Decks
    journal: Journal


def read_decks(paths: Sequence[Path]) -> Decks:
    """Reads deck files and folders of them. Mistakes in them are values in `problems`, never exceptions.

    A folder that is not there, or not yet, holds no decks.
    """
    loaded = load([path for path in paths if path.suffix or path.exists()], cache_file())
    cards = tuple(card for note in loaded.notes for card in cards_of(note))
    return Decks(tuple(paths), loaded.notes, cards, loaded.problems, loaded.files, loaded.shown, loaded.kept_out)


@contextmanager
def open_collection(paths: Sequence[Path], database: Path, *, create: bool = True) -> Iterator[Collection]:
    """Opens both for the time of a block. With `create` off, a journal that does not exist yet is an empty one.

    Raises `DulyError` where the journal cannot be opened.
    """
    with Journal.open(database, create=create) as journal:
        yield Collection(read_decks(paths), journal)
