"""Finds the origins of notes: in the folder of the note's file, or the nearest parent that has some."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from duly.anki.notes import origin_files
from duly.anki.notes.origins import Origins
from duly.cards import Card, CardId, Note

NOWHERE = Origins()


@dataclass(slots=True)
class OriginLookup:
    """The origins in folders, each read once."""

    known: dict[Path, Origins] = field(default_factory=dict)
    """Origins by their folder."""
    _near: dict[Path, Origins] = field(default_factory=dict)
    """Origins by the file of a note, as many notes share a file."""

    def of(self, note: Note) -> Origins:
        """The origins that apply to a note's file. Raises `DulyError` if they cannot be read."""
        if note.place is None:
            return NOWHERE
        near = self._near.get(note.place.file)
        return self._look_up(note.place.file) if near is None else near

    def _look_up(self, file: Path) -> Origins:
        home = next((each for each in _upwards(file.parent) if origin_files.is_there(each)), None)
        if home is not None and home not in self.known:
            self.known[home] = origin_files.read(home)
        self._near[file] = self.known[home] if home else NOWHERE
        return self._near[file]


def identity_in_anki(cards: Iterable[Card]) -> dict[CardId, tuple[str, int]]:
    """The guids and numbers in Anki of those cards whose notes have an imported note type."""
    homes = OriginLookup()
    identities: dict[CardId, tuple[str, int]] = {}
    for card in cards:
        origin = homes.of(card.note).notes.get(card.note.id)
        numbers = origin.numbers(card.note) if origin else {}
        if origin is not None and card.face in numbers:
            identities[card.id] = origin.guid or card.note.id, numbers[card.face]
    return identities


def _upwards(folder: Path) -> Iterator[Path]:
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 - links are to be followed only by whoever reads
    return iter((absolute, *absolute.parents))
