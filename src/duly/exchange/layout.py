"""Which deck file each of many notes goes to: one deck per file, and no file too large to be read."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from duly.cards import DeckName, Note
from duly.cards.deck import SEPARATOR
from duly.deckfile.naming import deck_file, file_below

FULL = 6_000_000
"""The bytes of texts that go into one file: one that is much larger is refused when it is read."""
AROUND = 200
"""About how many bytes of YAML a note takes besides its texts."""


def notes_by_file(
    notes: Sequence[Note], folder: Path, there: Iterable[Note]
) -> Iterator[tuple[Path, DeckName, list[Note]]]:
    """The notes by file and deck; a deck in several languages, or too large for one file, goes into several.

    `there` are the notes that the folder has: a file of another deck is never used.
    """
    files = _Files(folder, {str(note.place.file).casefold(): note for note in there if note.place})
    decks: dict[tuple[DeckName, str], list[Note]] = defaultdict(list)
    for note in notes:
        decks[note.deck, note.language].append(note)
    for (deck, language), members in decks.items():
        target = files.of(deck, language)
        for number, part in enumerate(_parts(members, _size(target)), 1):
            yield target if number == 1 else target.with_stem(f"{target.stem}-part{number}"), deck, part


class FileAssigner:
    """Assigns a file to each deck of imported texts; of decks that would share one, the later get a number.

    Names that differ only in case are one file on some systems, and one deck everywhere. `there` are the notes that the
    folder has. A file with another deck belongs to that deck if its name follows from it; else the author has renamed
    the deck, and new notes go beside the others.
    """

    def __init__(self, folder: Path, there: Iterable[Note]) -> None:
        self._owners: dict[str, tuple[Path, str]] = {}
        decks = {note.place.file: note.deck for note in there if note.place}
        for file, deck in decks.items():
            if _key(file) in (_key(deck_file(folder, deck)), _key(file_below(folder, deck.split(SEPARATOR)))):
                self._owners[_key(file)] = file, _key(deck)

    def of(self, file: Path, *names: DeckName) -> Path:
        """The file of the deck known by any of `names`, the first of which is its own: `file`, or one with a number."""
        keys = tuple(map(_key, names))
        owned = (self._owners.setdefault(_key(one), (one, keys[0])) for one in _numbered(file))
        return next(found for found, owner in owned if owner in keys)


class _Files:
    """The file of each deck and language; of those that some system would take for one, the later get a number."""

    def __init__(self, folder: Path, there: Mapping[str, Note]) -> None:
        self._folder = folder
        self._there = there
        self._taken: set[str] = set()

    def of(self, deck: DeckName, language: str) -> Path:
        plain = deck_file(self._folder, deck)
        file = next(file for file in _numbered(plain) if self._is_free(str(file).casefold(), deck, language))
        self._taken.add(str(file).casefold())
        return file

    def _is_free(self, file: str, deck: DeckName, language: str) -> bool:
        other = self._there.get(file)
        is_ours = other is None or (other.deck.casefold() == deck.casefold() and language in ("", other.language))
        return is_ours and file not in self._taken


def _numbered(file: Path) -> Iterator[Path]:
    """The file, and others like it with numbers from 2 on."""
    return chain((file,), (file.with_stem(f"{file.stem}-{number}") for number in count(2)))


def _key(name: Path | str) -> str:
    """Equal for names that some systems take for the same."""
    return unicodedata.normalize("NFC", str(name)).casefold()


def _parts(notes: Sequence[Note], size: int) -> Iterator[list[Note]]:
    part: list[Note] = []
    for note in notes:
        if part and size > FULL:
            yield part
            part, size = [], 0
        part.append(note)
        size += len("".join(note.texts).encode()) + AROUND
    if part:
        yield part


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
