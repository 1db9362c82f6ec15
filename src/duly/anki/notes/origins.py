"""The origins of imported notes: the data for exporting them to Anki as they were that the deck files do not have.

Anki never changes a note's type. So an imported note must be exported with its original note type and all its fields,
or Anki rejects it as "conflicting". Origins are stored beside the deck files (see `origin_files`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawType
from duly.cards import Cloze, Face, Note, Occlusion, faces

PARTS = ("question", "answer", "hint", "extra")


@dataclass(frozen=True, slots=True)
class OriginalHtml:
    """The original HTML of a field, and the hash of the text made from it; valid until that text changes.

    The hash is "" for a field that no text shows.
    """

    html: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a note in Anki.

    `guid` is "" if the note's id is the guid. `way` is the kind of note it became. `parts` name the fields in each of
    its texts (see `PARTS`), and under ``question/reading`` those in the question of the further card ``reading``;
    `words` are the words of the template around these fields. `originals` are fields that cannot be restored exactly
    from a text. `faces` are the numbers in Anki of the cards of its kind's faces, in order, `further_ords` those of its
    further cards by face, `cards` those of all cards; a cloze has none. `mod` (seconds since 1970) and `digest` are
    those of the note in Anki.
    """

    type: int
    way: str
    guid: str = ""
    mod: int = 0
    digest: str = ""
    faces: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()
    further_ords: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    originals: Mapping[str, OriginalHtml] = field(default_factory=dict)

    def numbers(self, note: Note) -> dict[Face, int]:
        """The numbers in Anki of the note's faces that have a card there."""
        if not self.faces:
            is_numbered = isinstance(note.kind, Cloze | Occlusion)
            return {face: int(face[1:]) - 1 for face in faces(note)} if is_numbered else {}
        kind_numbers = zip(faces(note._replace(further_cards=())), self.faces, strict=False)
        return {
            **dict(kind_numbers),
            **{
                card.face: self.further_ords[card.face] for card in note.further_cards if card.face in self.further_ords
            },
        }


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins in one folder: note types and notes by id, and media.

    `media` has the name in Anki and the hash of each file, by its path relative to the folder.
    """

    types: Mapping[int, RawType] = field(default_factory=dict)
    notes: Mapping[str, Origin] = field(default_factory=dict)
    media: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def merged_with(self, other: "Origins") -> "Origins":
        """These origins and `other`, which take precedence; of two versions of a note type, the newer one does."""
        newer = {number: note_type for number, note_type in other.types.items()
                 if number not in self.types or self.types[number].mod < note_type.mod}  # fmt: skip
        return Origins({**self.types, **newer}, {**self.notes, **other.notes}, {**self.media, **other.media})


def text_digest(text: str) -> str:
    """The hash that shows whether a text has changed."""
    return blake2b(text.encode(), digest_size=8).hexdigest()
