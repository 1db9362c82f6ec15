"""Builds the Anki notes of an export: of duly's note types, or of the type that a note was imported with."""

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from duly.anki.notes.anki_note import AnkiNote, Stamp, anki_note
from duly.anki.notes.note_types import note_type_for
from duly.anki.notes.origin_lookup import OriginLookup
from duly.anki.notes.origins import Origin, Origins
from duly.anki.notes.package_media import PackageMedia
from duly.anki.notes.referenced_files import type_texts
from duly.anki.notes.restore_original_type import no_card_message, restore_original_type
from duly.anki.raw_rows import RawType
from duly.cards import Note
from duly.message import Message, message


class BuiltNote(NamedTuple):
    """A note for Anki, and the stamp of its origin if it came from there."""

    note: AnkiNote
    stamp: Stamp | None = None


@dataclass(slots=True)
class NoteBuilder:
    """Builds notes for Anki, and collects messages about them."""

    media: PackageMedia
    messages: list[Message] = field(default_factory=list)
    types: dict[int, RawType] = field(default_factory=dict)
    """The imported note types by id."""
    _origin_lookup: OriginLookup = field(default_factory=OriginLookup)
    _types_with_media: set[RawType] = field(default_factory=set)
    """The note types whose media are in the package already."""

    def build(self, note: Note) -> BuiltNote:
        """Builds the note for Anki. Raises `DulyError` if the origins of notes cannot be read."""
        origins = self._origins(note)
        origin = origins.notes.get(note.id)
        note_type = origins.types.get(origin.type) if origin else None
        if origin is None or note_type is None:
            return self._build_duly_note(note)
        restored_note = restore_original_type(note, origin, note_type, partial(self.media.name, note))
        if restored_note is None:
            self.messages.append(_refusal(note, note_type))
            return self._build_duly_note(note)
        self.messages += restored_note.messages
        self.media.add_referenced(restored_note.note.fields)
        if note_type not in self._types_with_media:
            self._types_with_media.add(note_type)
            self.media.add_referenced(type_texts(note_type))
        return BuiltNote(restored_note.note, _stamp(origin))

    def _build_duly_note(self, note: Note) -> BuiltNote:
        type_name = note_type_for(note.kind).name
        self.messages += [no_card_message(note, type_name, card.face) for card in note.further_cards]
        return BuiltNote(anki_note(note._replace(further_cards=()), partial(self.media.name, note, fallback="")))

    def guid(self, note_id: str) -> str:
        """The guid of a note with this id, according to the origins that were read so far."""
        origins = (
            folder_origins.notes.get(note_id) for folder_origins in self._origin_lookup.origins_by_folder.values()
        )
        return next((origin.guid for origin in origins if origin and origin.guid), note_id)

    def is_foreign(self, guid: str) -> bool:
        """Whether a note with this guid came from Anki, according to the origins that were read so far."""
        return any(
            guid in folder_origins.notes or any(origin.guid == guid for origin in folder_origins.notes.values())
            for folder_origins in self._origin_lookup.origins_by_folder.values()
        )

    def origin(self, note: Note) -> Origin | None:
        """The origin of a note; None if it did not come from Anki. Raises `DulyError` as `build` does."""
        return self._origins(note).notes.get(note.id)

    def has_origin(self, note: Note) -> bool:
        """Whether a note has an origin in Anki. Raises `DulyError` as `build` does."""
        return self.origin(note) is not None

    def _origins(self, note: Note) -> Origins:
        folder_count = len(self._origin_lookup.origins_by_folder)
        origins = self._origin_lookup.origins_of(note)
        if len(self._origin_lookup.origins_by_folder) > folder_count:
            folder = next(reversed(self._origin_lookup.origins_by_folder))
            self.types |= origins.types
            self.media.add_imported(
                {
                    Path(os.path.realpath(folder / path)): name_and_digest
                    for path, name_and_digest in origins.media.items()
                }
            )
        return origins


def _stamp(origin: Origin) -> Stamp | None:
    try:
        return Stamp(bytes.fromhex(origin.digest), origin.mod) if origin.digest else None
    except ValueError:
        return None


def _refusal(note: Note, note_type: RawType) -> Message:
    return message(
        "{place}: the note type {type}, as which {id!r} came from Anki, asks in another way; where Anki has the note"
        " already it leaves it as it was; give the card a new id",
        place=note.place,
        type=note_type.name,
        id=note.id,
    )
