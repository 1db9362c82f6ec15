"""Builds the Anki notes of an export, of one of our note types, or of the type a note was imported with."""

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from duly.anki.notes.anki_note import AnkiNote, Stamp, anki_note
from duly.anki.notes.note_types import note_type
from duly.anki.notes.origin_lookup import OriginLookup
from duly.anki.notes.original_type import restore_original_type, stays_here
from duly.anki.notes.origins import Origin, Origins
from duly.anki.notes.package_media import PackageMedia
from duly.anki.notes.referenced_files import type_texts
from duly.anki.raw_rows import RawType
from duly.cards import Note
from duly.message import Message, message


class BuiltNote(NamedTuple):
    """A note for Anki, and the stamp that its origin has, if it came from there."""

    note: AnkiNote
    stamp: Stamp | None = None


@dataclass(slots=True)
class NoteBuilder:
    """Builds notes for Anki, and collects messages about them."""

    media: PackageMedia
    messages: list[Message] = field(default_factory=list)
    types: dict[int, RawType] = field(default_factory=dict)
    """The imported note types by id."""
    _homes: OriginLookup = field(default_factory=OriginLookup)
    _carried: set[RawType] = field(default_factory=set)
    """The note types whose media are in the package already."""

    def make(self, note: Note) -> BuiltNote:
        """Builds the note for Anki. Raises `DulyError` if the origins of notes cannot be read."""
        origins = self._origins(note)
        origin = origins.notes.get(note.id)
        kind = origins.types.get(origin.type) if origin else None
        if origin is None or kind is None:
            return self._own(note)
        back = restore_original_type(note, origin, kind, partial(self.media.name, note))
        if back is None:
            self.messages.append(_refusal(note, kind))
            return self._own(note)
        self.messages += back.messages
        self.media.carry(back.made.fields)
        if kind not in self._carried:
            self._carried.add(kind)
            self.media.carry(type_texts(kind))
        return BuiltNote(back.made, _stamp(origin))

    def _own(self, note: Note) -> BuiltNote:
        own = note_type(note.kind).name
        self.messages += [stays_here(note, own, card.face) for card in note.more]
        return BuiltNote(anki_note(note._replace(more=()), partial(self.media.name, note, missing="")))

    def guid(self, note: str) -> str:
        """The guid of a note with this id, according to the origins that were read so far."""
        known = (home.notes.get(note) for home in self._homes.known.values())
        return next((origin.guid for origin in known if origin and origin.guid), note)

    def is_foreign(self, guid: str) -> bool:
        """Whether a note with this guid came from Anki, according to the origins that were read so far."""
        return any(
            guid in home.notes or any(origin.guid == guid for origin in home.notes.values())
            for home in self._homes.known.values()
        )

    def origin(self, note: Note) -> Origin | None:
        """The origin of a note; None if it did not come from Anki. Raises `DulyError` as `make` does."""
        return self._origins(note).notes.get(note.id)

    def came_back(self, note: Note) -> bool:
        """Whether a note has an origin in Anki. Raises `DulyError` as `make` does."""
        return self.origin(note) is not None

    def _origins(self, note: Note) -> Origins:
        seen = len(self._homes.known)
        origins = self._homes.of(note)
        if len(self._homes.known) > seen:
            home = next(reversed(self._homes.known))
            self.types |= origins.types
            self.media.knows({Path(os.path.realpath(home / path)): named for path, named in origins.media.items()})
        return origins


def _stamp(origin: Origin) -> Stamp | None:
    try:
        return Stamp(bytes.fromhex(origin.digest), origin.mod) if origin.digest else None
    except ValueError:
        return None


def _refusal(note: Note, kind: RawType) -> Message:
    return message(
        "{place}: the note type {type}, as which {id!r} came from Anki, asks in another way; where Anki has the note"
        " already it leaves it as it was; give the card a new id",
        place=note.place,
        type=kind.name,
        id=note.id,
    )
