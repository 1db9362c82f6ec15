"""The ids of notes and cards, by which progress and the note in Anki are found again."""

import re
import unicodedata
from hashlib import blake2b
from typing import NamedTuple, NewType, Self

NoteId = NewType("NoteId", str)
"""1 to 64 visible characters, unique in a collection; in Anki it is the guid, character for character."""

Face = NewType("Face", str)
"""Which question of a note: ``front``, ``back``, ``c1``, ``c2``, … for the deletions of a cloze or the regions of a
picture, or the name of a further card.
"""

FRONT = Face("front")
BACK = Face("back")

ID_LENGTH = 64
FACE = r"^(?!(?:front|back|c[0-9]+)$)[^\s/]{1,64}$"
"""A face that a further card may have: not ``front``, ``back`` or ``c1``."""
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class CardId(NamedTuple):
    """A note's id and the name of one of its faces; written ``note/face``.

    A tuple, because it is the key of every schedule and is looked up for every card.
    """

    note: NoteId
    face: Face

    def __str__(self) -> str:
        return f"{self.note}/{self.face}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The id written as ``note/face``. The note's part may hold slashes, a face never does."""
        note, _, face = text.rpartition("/")
        return cls(NoteId(note), Face(face))


def is_note_id(text: str) -> bool:
    """Whether a note can have this id."""
    return 1 <= len(text) <= ID_LENGTH and text.isprintable() and text.strip() == text


def is_face(name: str) -> bool:
    """Whether a further card can have this face."""
    return re.match(FACE, name) is not None


def normalised(question: str) -> str:
    """A question as ids are derived from it: NFC, every run of white space one space, none at its ends."""
    return " ".join(unicodedata.normalize("NFC", question).split())


def derived_id(question: str) -> NoteId:
    """The id of a note that was given none: 60 bits of BLAKE2b over the folded question, in Crockford's base 32."""
    bits = int.from_bytes(blake2b(normalised(question).encode(), digest_size=8).digest()) >> 4
    return NoteId("".join([CROCKFORD[bits >> shift & 31] for shift in range(55, -1, -5)]))
