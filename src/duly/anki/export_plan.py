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
    """The contents of the package, and what changed since the last export.

    `moves` are notes whose deck changed: Anki keeps their cards in the old deck.
    `removed_notes` are no longer in the package, but Anki keeps them: a package cannot delete notes.
    `shipped_ids` are removed notes that this package contains once more, tagged for deletion; `previously_shipped_ids`
    are those that only an earlier package contained.
    `empty_cards` counts cards that their notes no longer have: Anki keeps them as empty cards.
    """

    notes: int
    cards: int
    decks: int
    media: int
    added: int
    changed: int
    unchanged: int
    moves: tuple[MovedNotes, ...]
    removed_notes: tuple[RemovedNote, ...]
    shipped_ids: tuple[NoteId, ...]
    previously_shipped_ids: tuple[NoteId, ...]
    empty_cards: int
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

    `types` are its note types with their dates in seconds since 1970, `media` its files by their names in Anki, and
    `former_decks` the former decks of moved notes by guid. `card_ids_of` returns duly's ids of a row's cards.
    `remember` saves the plan in the ledger and in the dates beside the decks, and returns warnings.
    """

    summary: ExportSummary
    rows: Sequence[NoteRow]
    types: Mapping[NoteType | RawType, int]
    media: Mapping[str, Path]
    added_guids: Set[str]
    changed_guids: Set[str]
    former_decks: Mapping[str, DeckName]
    card_ids_of: Callable[[NoteRow], tuple[CardId, ...]]
    remember: Callable[[], tuple[Message, ...]]

    def notes(self) -> Iterator[PlannedNote]:
        """Each note, in the order of the package."""
        types = {note_type.id: note_type for note_type in self.types}
        for index, row in enumerate(self.rows):
            note = anki_note_of(row, types[row.type])._replace(card_ids=self.card_ids_of(row))
            state = NoteState.DELETED if index >= self.summary.notes else self.state(row.guid)
            yield PlannedNote(note, row.mod, state, self.former_decks.get(row.guid))

    def state(self, guid: str) -> NoteState:
        """How a note of the decks changed since the last export."""
        if guid in self.added_guids:
            return NoteState.NEW
        return NoteState.CHANGED if guid in self.changed_guids else NoteState.UNCHANGED
