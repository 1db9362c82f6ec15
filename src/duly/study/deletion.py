"""Notes deleted from their files; until something else is written they can be put back. Their progress stays."""

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
    """The notes that were deleted, how to put them back, and how far the journal had come by then."""

    notes: tuple[Note, ...]
    removals: "tuple[Removal, ...]"
    position: int

    def is_last(self, journal: Journal) -> bool:
        """Whether nothing was learned or undone since."""
        return journal.position == self.position

    def take_back(self) -> None:
        """Puts the notes back. Raises `DulyError` where their file was written to since."""
        for removal in self.removals:
            removal.take_back()


def delete(notes: Iterable[Note], journal: Journal) -> Deletion:
    """Deletes notes of decks: all of them, or none. Raises `DulyError`."""
    from duly.deckfile.write.remove import plan_removal  # only who writes pays for a parser

    notes = tuple(notes)
    files: dict[Path, list[NoteId]] = defaultdict(list)
    for note in notes:
        assert note.place is not None, "the notes of decks stand in files"
        files[note.place.file].append(note.id)
    removals = [plan_removal(file, ids) for file, ids in files.items()]
    done: list[Removal] = []
    try:
        for removal in removals:
            removal.carry_out()
            done.append(removal)
    except DulyError:
        for removal in done:
            removal.take_back()
        raise
    return Deletion(notes, tuple(removals), journal.position)
