"""Which deck file each of many notes goes to: no two decks in one, and no file too large to be read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from duly.cards import DeckName, Note
from duly.deckfile.naming import deck_file

FULL = 6_000_000
"""How many bytes of texts go into one file; one that is much larger is no longer read."""
AROUND = 200
"""How many bytes stand around the texts of a note, about."""


def filed(notes: Sequence[Note], folder: Path, there: Iterable[Note]) -> Iterator[tuple[Path, DeckName, list[Note]]]:
    """The notes by file and deck; a deck in several languages, or too large for one file, goes into several.

    `there` are the notes that the folder has: the files of another deck are left to that deck.
    """
    files = _Files(folder, {str(note.place.file).casefold(): note for note in there if note.place})
    decks: dict[tuple[DeckName, str], list[Note]] = defaultdict(list)
    for note in notes:
        decks[note.deck, note.language].append(note)
    for (deck, language), members in decks.items():
        target = files.of(deck, language)
        for number, part in enumerate(_parts(members, _size(target)), 1):
            yield target if number == 1 else target.with_stem(f"{target.stem}-part{number}"), deck, part


class _Files:
    """The file of each deck and language; of those that some system would take for one, the later get a number."""

    def __init__(self, folder: Path, there: Mapping[str, Note]) -> None:
        self._folder = folder
        self._there = there
        self._taken: set[str] = set()

    def of(self, deck: DeckName, language: str) -> Path:
        plain = deck_file(self._folder, deck)
        numbered = (plain.with_stem(f"{plain.stem}-{number}") for number in count(2))
        file = next(file for file in chain((plain,), numbered) if self._is_free(str(file).casefold(), deck, language))
        self._taken.add(str(file).casefold())
        return file

    def _is_free(self, file: str, deck: DeckName, language: str) -> bool:
        other = self._there.get(file)
        is_ours = other is None or (other.deck.casefold() == deck.casefold() and language in ("", other.language))
        return is_ours and file not in self._taken


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
