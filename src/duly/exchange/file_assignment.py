"""Assigns deck files to imported notes: one deck per file, and no file too large to be read."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from duly.cards import DeckName, Note
from duly.cards.deck_name import SEPARATOR
from duly.deckfile.new_file_names import file_below, file_for_deck
from duly.deckfile.write.yaml_text import note_text

LARGEST_FILE = 6_000_000
"""The maximum bytes of notes in one file; one that is much larger is not read."""


def notes_by_file(
    notes: Sequence[Note], folder: Path, existing_notes: Iterable[Note]
) -> Iterator[tuple[Path, DeckName, list[Note]]]:
    """The notes by file and deck. A deck in several languages, or too large for one file, is split.

    `existing_notes` are the notes in the folder: a file of another deck is never used.
    """
    files = _Files(folder, {str(note.place.file).casefold(): note for note in existing_notes if note.place})
    decks: dict[tuple[DeckName, str], list[Note]] = defaultdict(list)
    for note in notes:
        decks[note.deck, note.language].append(note)
    for (deck, language), deck_notes in decks.items():
        for target, part in _split_by_size(deck_notes, files.parts(deck, language)):
            yield target, deck, part


class FileAssigner:
    """Assigns a file to each deck of imported texts; of several decks with one file name, later ones get a number.

    Names that differ only in case are one file on some systems, and one deck everywhere. `existing_notes` are the notes
    in the folder. An existing file with the default name for its deck belongs to that deck. In a file with another name
    the author has renamed the deck, so new notes are added to it.
    """

    def __init__(self, folder: Path, existing_notes: Iterable[Note]) -> None:
        self._owners: dict[str, tuple[Path, str]] = {}
        decks = {note.place.file: note.deck for note in existing_notes if note.place}
        self._decks = {_key(file): _key(deck) for file, deck in decks.items()}
        for file, deck in decks.items():
            if _key(file) in (_key(file_for_deck(folder, deck)), _key(file_below(folder, deck.split(SEPARATOR)))):
                self._owners[_key(file)] = file, _key(deck)

    def of(self, file: Path, *names: DeckName) -> Path:
        """The file of a deck: `file`, or one with a number. `names` are all names of the deck, its own first."""
        keys = tuple(map(_key, names))
        files_and_owners = (self._owners.setdefault(_key(path), (path, keys[0])) for path in _numbered_files(file))
        return next(path for path, owner in files_and_owners if owner in keys)

    def split(self, target: Path, deck: DeckName, notes: Sequence[Note]) -> Iterator[tuple[Path, list[Note]]]:
        """The notes of a deck by file: `target`, and further files beside it if one file is too small."""
        further_files = (
            file for file in _further_files(target) if self._decks.get(_key(file), _key(deck)) == _key(deck)
        )
        return _split_by_size(notes, chain((target,), further_files))


class _Files:
    """The file of each deck and language. If names are the same on some system, later ones get a number."""

    def __init__(self, folder: Path, existing_notes: Mapping[str, Note]) -> None:
        self._folder = folder
        self._existing_notes = existing_notes
        self._used_keys: set[str] = set()

    def file_for(self, deck: DeckName, language: str) -> Path:
        default_file = file_for_deck(self._folder, deck)
        file = next(
            file for file in _numbered_files(default_file) if self._is_free(str(file).casefold(), deck, language)
        )
        self._used_keys.add(str(file).casefold())
        return file

    def parts(self, deck: DeckName, language: str) -> Iterator[Path]:
        """The file of a deck and language, and further files for its other notes."""
        file = self.file_for(deck, language)
        return chain(
            (file,),
            (
                further_file
                for further_file in _further_files(file)
                if self._is_free(str(further_file).casefold(), deck, language)
            ),
        )

    def _is_free(self, file: str, deck: DeckName, language: str) -> bool:
        existing_note = self._existing_notes.get(file)
        is_same_deck = existing_note is None or (
            existing_note.deck.casefold() == deck.casefold() and language in ("", existing_note.language)
        )
        return is_same_deck and file not in self._used_keys


def _numbered_files(file: Path) -> Iterator[Path]:
    """The file, and then files with numbers from 2 on."""
    return chain((file,), (file.with_stem(f"{file.stem}-{number}") for number in count(2)))


def _key(name: Path | str) -> str:
    """A key that is equal for names that are the same on some system."""
    return unicodedata.normalize("NFC", str(name)).casefold()


def _further_files(file: Path) -> Iterator[Path]:
    """The further files of a deck that is too large for one."""
    return (file.with_stem(f"{file.stem}-part{number}") for number in count(2))


def _split_by_size(notes: Sequence[Note], files: Iterator[Path]) -> Iterator[tuple[Path, list[Note]]]:
    """The notes in order, each in the first of these files with enough room; a new file has room for any note."""
    file, part = next(files), list[Note]()
    size = _size(file)
    for note in notes:
        note_size = len(note_text(note, 2).encode())
        while size and size + note_size > LARGEST_FILE:
            if part:
                yield file, part
            file, part = next(files), []
            size = _size(file)
        part.append(note)
        size += note_size
    if part:
        yield file, part


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
