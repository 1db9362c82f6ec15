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
    """The contents of deck files: their notes and cards, and the mistakes that exclude others."""

    paths: tuple[Path, ...]
    notes: tuple[Note, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    media: tuple[MediaTarget, ...] | None = None
    """Their media files; None if there are problems, or nothing is cached."""
    excluded_notes: tuple[Note, ...] = ()
    """Notes excluded only because something else is missing, such as an image. Their ids are in use."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def read_decks(paths: Sequence[Path]) -> Decks:
    """Reads deck files and folders of them. Mistakes in them are reported in `problems`, not raised.

    A missing folder has no decks.
    """
    return decks_of(paths, load([path for path in paths if path.suffix or path.exists()], cache_file()))


def decks_of(paths: Sequence[Path], loaded: LoadedDecks) -> Decks:
    """The decks among and below `paths`, from what was loaded."""
    cards = tuple(card for note in loaded.notes for card in cards_of(note))
    return Decks(tuple(paths), loaded.notes, cards, loaded.problems, loaded.files, loaded.media, loaded.excluded_notes)


@contextmanager
def open_decks(paths: Sequence[Path], database: Path, *, create: bool = True) -> Iterator[tuple[Decks, Journal]]:
    """Opens the decks and the journal for the time of a block.

    With `create` off, a missing journal counts as empty. Raises `DulyError` if the journal cannot be opened.
    """
    with Journal.open(database, create=create) as journal:
        yield read_decks(paths), journal


def current_card(asked_card: Card, known_ids: Container[CardId], decks: Decks) -> Card | None:
    """The card to ask instead of `asked_card` after its file was read again; None if it was removed.

    This is the card with the same id. If the question was reworded, and with it a derived id, this is the new card
    (none of `known_ids`) at the same place. If the file has mistakes now, this is `asked_card`.
    """
    place = asked_card.note.place
    replacement: Card | None = None
    for card in decks.cards:
        if card.id == asked_card.id:
            return card
        other = card.note.place
        if place and other and (other.file, other.line, card.face) == (place.file, place.line, asked_card.face):
            replacement = card
    if replacement is not None and replacement.id not in known_ids:
        return replacement
    if place and any(problem.place.file == place.file for problem in decks.errors):
        return asked_card
    return None
