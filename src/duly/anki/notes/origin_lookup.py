"""Finds the origins of notes: in the folder of the note's file, or in the nearest parent folder that has origins."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from duly.anki.notes import origin_files
from duly.anki.notes.origins import Origins
from duly.cards import Card, CardId, Note

NO_ORIGINS = Origins()


@dataclass(slots=True)
class OriginLookup:
    """Reads the origins in each folder once."""

    origins_by_folder: dict[Path, Origins] = field(default_factory=dict)
    """Origins by their folder."""
    _origins_by_file: dict[Path, Origins] = field(default_factory=dict)
    """Origins by the file of a note: many notes share a file."""

    def origins_of(self, note: Note) -> Origins:
        """The origins that apply to a note's file. Raises `DulyError` if they cannot be read."""
        if note.place is None:
            return NO_ORIGINS
        origins = self._origins_by_file.get(note.place.file)
        return self._look_up(note.place.file) if origins is None else origins

    def _look_up(self, file: Path) -> Origins:
        folder = next((parent for parent in _upwards(file.parent) if origin_files.has_origins(parent)), None)
        if folder is not None and folder not in self.origins_by_folder:
            self.origins_by_folder[folder] = origin_files.read(folder)
        self._origins_by_file[file] = self.origins_by_folder[folder] if folder else NO_ORIGINS
        return self._origins_by_file[file]


def identity_in_anki(cards: Iterable[Card]) -> dict[CardId, tuple[str, int]]:
    """The guid and number in Anki of each card whose note has an imported note type."""
    origin_lookup = OriginLookup()
    identities: dict[CardId, tuple[str, int]] = {}
    for card in cards:
        origin = origin_lookup.origins_of(card.note).notes.get(card.note.id)
        numbers = origin.numbers(card.note) if origin else {}
        if origin is not None and card.face in numbers:
            identities[card.id] = origin.guid or card.note.id, numbers[card.face]
    return identities


def _upwards(folder: Path) -> Iterator[Path]:
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 - does not follow links
    return iter((absolute, *absolute.parents))
