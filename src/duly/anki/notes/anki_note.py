"""A note as it is exported to Anki: its fields, its tags and the numbers of its cards."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from duly.anki.notes.field_values import field_values
from duly.anki.notes.note_types import NOTE_TYPES, NoteType, note_type_for
from duly.anki.raw_rows import RawType
from duly.cards import BACK, FRONT, CardId, DeckName, Face, Note, faces

_JSON = json.JSONEncoder(ensure_ascii=False)
_EMPTY_VALUES = {note_type.id: {field.name: "" for field in note_type.fields} for note_type in NOTE_TYPES}
_VALUES_IN_ORDER = {number: itemgetter(*fields) for number, fields in _EMPTY_VALUES.items()}
_ORDS = {FRONT: 0, BACK: 1}


class AnkiNote(NamedTuple):
    """An Anki note.

    `guid`, by which Anki recognises it, is the note's id, unless the note came from Anki with a guid that cannot be an
    id. `fields` are in the order of the type, `ords` are the numbers of its cards. `card_ids` are duly's ids of these
    cards, with the face "" for a card that duly does not ask; if empty, they follow from guid and type.

    A tuple for speed: an export makes one for each note.
    """

    guid: str
    deck: DeckName
    type: NoteType | RawType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    card_ids: tuple[CardId, ...] = ()

    @property
    def digest(self) -> bytes:
        """The hash of everything that importing the note into Anki can change."""
        return digest(self.type.id, self.fields, self.tags, self.ords)


def anki_note(note: Note, media: Callable[[str], str]) -> AnkiNote:
    """The Anki note for a note. `media` returns the name in Anki of the file at a path."""
    note_type = note_type_for(note.kind)
    values = field_values(note, media)
    return AnkiNote(
        guid=note.id,
        deck=note.deck,
        type=note_type,
        fields=_VALUES_IN_ORDER[note_type.id]({**_EMPTY_VALUES[note_type.id], **values}),
        tags=tuple([unicodedata.normalize("NFC", tag) for tag in note.tags]) if note.tags else (),
        ords=tuple(map(card_ord, faces(note))),
    )


def card_ord(face: Face) -> int:
    """The number of a face's template or cloze deletion in Anki, counted from 0."""
    return _ORDS[face] if face in _ORDS else int(face[1:]) - 1


def card_face(note_type: NoteType | RawType, number: int) -> Face:
    """The face of the card with this number, counted from 0, of a note of this type."""
    return Face(f"c{number + 1}") if note_type.is_cloze else (FRONT, BACK)[number]


def digest(*content: object) -> bytes:
    """A hash of values that can be written as JSON."""
    return blake2b(_JSON.encode(content).encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of some content, and its date in seconds since 1970."""

    digest: bytes
    mod: int
