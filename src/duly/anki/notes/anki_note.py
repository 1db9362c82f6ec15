"""A note as it goes to Anki: its fields, its tags and the numbers of its cards."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from duly.anki.notes.field_values import field_values
from duly.anki.notes.note_types import NOTE_TYPES, NoteType, note_type
from duly.anki.raw_rows import RawType
from duly.cards import BACK, FRONT, CardId, DeckName, Face, Note, faces

_JSON = json.JSONEncoder(ensure_ascii=False)
_EMPTY = {kind.id: {field.name: "" for field in kind.fields} for kind in NOTE_TYPES}
_IN_ORDER = {number: itemgetter(*fields) for number, fields in _EMPTY.items()}
_ORDS = {FRONT: 0, BACK: 1}


class AnkiNote(NamedTuple):
    """An Anki note.

    `guid`, by which Anki finds it again, is the note's id, character for character, unless the note came from Anki with
    one that can be no id. `fields` are in the order of the type, `ords` number its cards. `asked` are these cards as
    duly knows them, with the face "" for one that it does not ask; without `asked`, guid and type tell.

    A tuple, as rows of a database are, because there is one for each note of an export.
    """

    guid: str
    deck: DeckName
    type: NoteType | RawType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    asked: tuple[CardId, ...] = ()

    @property
    def digest(self) -> bytes:
        """The hash of all that an import of the note can change."""
        return digest(self.type.id, self.fields, self.tags, self.ords)


def anki_note(note: Note, media: Callable[[str], str]) -> AnkiNote:
    """The Anki note made from a note. `media` names the file at a path in Anki."""
    kind = note_type(note.kind)
    values = field_values(note, media)
    return AnkiNote(
        guid=note.id,
        deck=note.deck,
        type=kind,
        fields=_IN_ORDER[kind.id]({**_EMPTY[kind.id], **values}),
        tags=tuple([unicodedata.normalize("NFC", tag) for tag in note.tags]) if note.tags else (),
        ords=tuple(map(card_ord, faces(note))),
    )


def card_ord(face: Face) -> int:
    """The number of a face's template in Anki, counted from 0; a cloze counts its deletions."""
    return _ORDS[face] if face in _ORDS else int(face[1:]) - 1


def card_face(kind: NoteType | RawType, number: int) -> Face:
    """The face of the card with this number, counted from 0, among those of a note of this type."""
    return Face(f"c{number + 1}") if kind.is_cloze else (FRONT, BACK)[number]


def digest(*content: object) -> bytes:
    """A hash of values that JSON can write."""
    return blake2b(_JSON.encode(content).encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of some content, and the second since 1970 from which it dates."""

    digest: bytes
    mod: int
