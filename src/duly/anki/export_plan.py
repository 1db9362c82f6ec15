"""What an export will write: each note as Anki gets it, and what became of it since the last export."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from duly.anki.history.moved_notes import MovedNotes
from duly.anki.history.removed_notes import RemovedNote
from duly.anki.notes.anki_note import AnkiNote
from duly.anki.notes.note_types import NoteType
from duly.anki.raw_rows import RawType
from duly.anki.write.package_rows import NoteRow, anki_note_of
from duly.cards import CardId, DeckName, NoteId
from duly.message import Message


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What is in the package, and what became of its notes since they were exported last.

    `moved` are notes that were in another deck then: Anki keeps their cards there.
    `gone` are the notes this package held before and holds no more: Anki keeps them, for a package cannot delete.
    `shipped` are notes gone now or earlier that are in it once more, tagged to be deleted; `shipped_before` were so in
    an earlier package, and are not in this one.
    `emptied` counts the cards that notes have no more: Anki keeps them too, and shows nothing on them.
    """

    notes: int
    cards: int
    decks: int
    media: int
    added: int
    changed: int
    unchanged: int
    moved: tuple[MovedNotes, ...]
    gone: tuple[RemovedNote, ...]
    shipped: tuple[NoteId, ...]
    shipped_before: tuple[NoteId, ...]
    emptied: int
    messages: tuple[Message, ...]


class NoteState(Enum):
    """What became of a note since the last export; the value is for programs."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    """Gone from the decks, and in the package once more, tagged to be deleted in Anki."""


class PlannedNote(NamedTuple):
    """A note as Anki gets it. It dates from `mod`, in seconds since 1970; `moved_from` is the deck it has left."""

    note: AnkiNote
    mod: int
    state: NoteState
    moved_from: DeckName | None


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """All that a package will hold. `rows` are its notes, those that are to be deleted in Anki last.

    `types` are its note types with the second since 1970 from which each dates; `media` its files by their names in
    Anki. `added` and `changed` are guids; `decks_before` has the decks that notes have left, by guid; `cards` gives
    the cards of a row as duly knows them. `remember` makes the dates beside the decks and the
    memory of exports last, which know of this plan then, and warns of what could not be written.
    """

    summary: ExportSummary
    rows: Sequence[NoteRow]
    types: Mapping[NoteType | RawType, int]
    media: Mapping[str, Path]
    added: Set[str]
    changed: Set[str]
    decks_before: Mapping[str, DeckName]
    cards: Callable[[NoteRow], tuple[CardId, ...]]
    remember: Callable[[], tuple[Message, ...]]

    def notes(self) -> Iterator[PlannedNote]:
        """Each note, in the order of the package."""
        types = {kind.id: kind for kind in self.types}
        for number, row in enumerate(self.rows):
            note = anki_note_of(row, types[row.type])._replace(asked=self.cards(row))
            state = NoteState.DELETED if number >= self.summary.notes else self.state(row.guid)
            yield PlannedNote(note, row.mod, state, self.decks_before.get(row.guid))

    def state(self, guid: str) -> NoteState:
        """What became of a note of the decks since the last export."""
        if guid in self.added:
            return NoteState.NEW
        return NoteState.CHANGED if guid in self.changed else NoteState.UNCHANGED
