"""The plan of an export: each note as Anki will get it, and what changed since the last export."""

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
    """The contents of the package, and what changed since its notes were last exported.

    `moved` notes were in another deck then: Anki keeps their cards there.
    `gone` notes are no longer in the package: Anki keeps them, for a package cannot delete.
    `shipped` are removed notes that are in it once more, tagged for deletion; `shipped_before` were in an earlier
    package in the same way, and are not in this one.
    `emptied` counts cards that their notes no longer have: Anki keeps these, too, as empty cards.
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
    """How a note changed since the last export; the value is for programs."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    """Removed from the decks, and in the package once more, tagged for deletion in Anki."""


class PlannedNote(NamedTuple):
    """A note as Anki gets it. `mod` is its date in seconds since 1970; `moved_from` is its former deck."""

    note: AnkiNote
    mod: int
    state: NoteState
    moved_from: DeckName | None


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """The contents of a package. `rows` are its notes; those to be deleted in Anki come last.

    `types` are its note types with their dates in seconds since 1970; `media` its files by their names in Anki. `added`
    and `changed` are guids; `decks_before` has the former decks of moved notes, by guid; `cards` returns the ids here
    of a row's cards. `remember` saves the plan in the ledger and in the dates beside the decks, and returns warnings.
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
        """How a note of the decks changed since the last export."""
        if guid in self.added:
            return NoteState.NEW
        return NoteState.CHANGED if guid in self.changed else NoteState.UNCHANGED
