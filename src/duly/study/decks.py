"""The notes of some deck files with their cards and problems, as they are now."""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duly.cards import Card, CardId, Note, cards_of
from duly.deckfile.load import LoadedDecks, load
from duly.deckfile.note_cache import MediaTarget
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
    media: tuple[MediaTarget, ...] | None = None
    """Their media files; None where there are problems, or where nothing is cached."""
    excluded_notes: tuple[Note, ...] = ()
    """Notes left out only because something else is missing, such as an image; their ids are in use all the same."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def read_decks(paths: Sequence[Path]) -> Decks:
    """Reads deck files and folders of them. Mistakes in them are values in `problems`, never exceptions.

    A folder that is not there, or not yet, holds no decks.
    """
    return decks_of(paths, load([path for path in paths if path.suffix or path.exists()], cache_file()))


def decks_of(paths: Sequence[Path], loaded: LoadedDecks) -> Decks:
    """The decks among and below `paths`, which were loaded already."""
    cards = tuple(card for note in loaded.notes for card in cards_of(note))
    return Decks(tuple(paths), loaded.notes, cards, loaded.problems, loaded.files, loaded.media, loaded.excluded_notes)


@contextmanager
def open_decks(paths: Sequence[Path], database: Path, *, create: bool = True) -> Iterator[tuple[Decks, Journal]]:
    """Opens the decks and the journal for the time of a block.

    With `create` off, a journal that does not exist yet is an empty one. Raises `DulyError`
    where the journal cannot be opened.
    """
    with Journal.open(database, create=create) as journal:
        yield read_decks(paths), journal


def current_card(asked: Card, known: Container[CardId], decks: Decks) -> Card | None:
    """The card to ask where `asked` was, which is one of `known`; None if its author took it out.

    It is that card as it reads now. Where its question, and with it an id that stands in no file, was reworded, it is
    the new card in its place. Where its file has mistakes, it is the card as it last was.
    """
    place = asked.note.place
    in_its_place: Card | None = None
    for card in decks.cards:
        if card.id == asked.id:
            return card
        there = card.note.place
        if place and there and (there.file, there.line, card.face) == (place.file, place.line, asked.face):
            in_its_place = card
    if in_its_place is not None and in_its_place.id not in known:
        return in_its_place
    if place and any(problem.place.file == place.file for problem in decks.errors):
        return asked
    return None
