"""Deletes notes from their files, and restores them unless something was written since. Their progress stays."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cards import Note, NoteId
from duly.errors import DulyError
from duly.journal import Journal

if TYPE_CHECKING:
    from duly.deckfile.write.remove import Removal


@dataclass(frozen=True, slots=True)
class Deletion:
    """The deleted notes, the changes of their files, and the journal position at the time."""

    notes: tuple[Note, ...]
    removals: "tuple[Removal, ...]"
    position: int

    def is_last(self, journal: Journal) -> bool:
        """Whether the journal has no entries since then."""
        return journal.position == self.position

    def take_back(self) -> None:
        """Restores the notes. Raises `DulyError` if their file has changed since."""
        for removal in self.removals:
            removal.take_back()


def delete(notes: Iterable[Note], journal: Journal) -> Deletion:
    """Deletes notes of decks: all of them, or none. Raises `DulyError`."""
    from duly.deckfile.write.remove import plan_removal  # imported here, because most commands need no parser

    notes = tuple(notes)
    files: dict[Path, list[NoteId]] = defaultdict(list)
    for note in notes:
        assert note.place is not None, "the notes of decks stand in files"
        files[note.place.file].append(note.id)
    removals = [plan_removal(file, ids) for file, ids in files.items()]
    completed_removals: list[Removal] = []
    try:
        for removal in removals:
            removal.carry_out()
            completed_removals.append(removal)
    except DulyError:
        for removal in completed_removals:
            removal.take_back()
        raise
    return Deletion(notes, tuple(removals), journal.position)
