"""The ids of notes and cards, which identify progress in the journal and notes in Anki."""

import re
import unicodedata
from hashlib import blake2b
from typing import NamedTuple, NewType, Self

NoteId = NewType("NoteId", str)
"""1 to 64 visible characters, unique in a collection; exactly the guid of the note in Anki."""

Face = NewType("Face", str)
"""A question of a note: ``front``, ``back``, ``c1``, ``c2``, … for the deletions of a cloze or the regions of a
picture, or the name of a further card.
"""

FRONT = Face("front")
BACK = Face("back")

ID_LENGTH = 64
FACE = r"^(?!(?:front|back|c[0-9]+)$)[^\s/]{1,64}$"
"""A face that a further card may have: ``spelling``; not ``front``, ``back`` or ``c1``."""
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class CardId(NamedTuple):
    """A note's id and the name of one of its faces; written ``note/face``.

    A tuple for speed: it is the key of every schedule, and is looked up for every card.
    """

    note: NoteId
    face: Face

    def __str__(self) -> str:
        return f"{self.note}/{self.face}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parses ``note/face``. The id of the note may contain slashes, the face cannot."""
        note, _, face = text.rpartition("/")
        return cls(NoteId(note), Face(face))


def is_note_id(text: str) -> bool:
    """Whether this is a valid id of a note."""
    return 1 <= len(text) <= ID_LENGTH and text.isprintable() and text.strip() == text


def is_face(name: str) -> bool:
    """Whether this is a valid face of a further card."""
    return re.match(FACE, name) is not None


def normalised(question: str) -> str:
    """The form of a question from which its id is derived: NFC, with white space collapsed and stripped."""
    return " ".join(unicodedata.normalize("NFC", question).split())


def derived_id(question: str) -> NoteId:
    """The id of a note without a written one: 60 bits of the BLAKE2b hash of its question, in Crockford's base 32."""
    bits = int.from_bytes(blake2b(normalised(question).encode(), digest_size=8).digest()) >> 4
    return NoteId("".join([CROCKFORD[bits >> shift & 31] for shift in range(55, -1, -5)]))
