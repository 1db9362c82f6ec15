"""Where notes came from: what of an imported note its deck file does not say, so that it finds its way back to Anki.

Anki never changes a note's type. So a note that came from Anki goes back as the note type it had, with every field it
had, or else Anki refuses it as "conflicting". What that takes is kept beside the deck files (see `origin_files`).
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
    """A field's HTML as it was, and the hash of the text of ours it became: while that is the same, this is the field.

    The hash is "" for a field that no text of ours shows.
    """

    html: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a note was in Anki.

    `guid` is "" if the note's id is the guid. `way` is the kind it became; `parts` name the fields in each of its texts
    (see `PARTS`), and ``question/reading`` those in a text of the further card ``reading``; `words` stand around them.
    `kept` are fields that our texts do not give back to the letter. `faces` are the numbers of the cards that are the
    faces of its kind, in their order, `more` those of its further cards, `cards` those of all; a cloze has none. `mod`
    (seconds since 1970) and `digest` are those of the note as it was.
    """

    type: int
    way: str
    guid: str = ""
    mod: int = 0
    digest: str = ""
    faces: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Mapping[str, OriginalHtml] = field(default_factory=dict)

    def numbers(self, note: Note) -> dict[Face, int]:
        """The number in Anki of each face of the note that has a card there."""
        if not self.faces:
            is_numbered = isinstance(note.kind, Cloze | Occlusion)
            return {face: int(face[1:]) - 1 for face in faces(note)} if is_numbered else {}
        own = zip(faces(note._replace(more=())), self.faces, strict=False)
        return {**dict(own), **{card.face: self.more[card.face] for card in note.more if card.face in self.more}}


@dataclass(frozen=True, slots=True)
class Origins:
    """All that one folder knows: note types by id, notes by their ids, and media.

    `media` has for the path of a file, relative to the folder, its name in Anki and the hash of what it held.
    """

    types: Mapping[int, RawType] = field(default_factory=dict)
    notes: Mapping[str, Origin] = field(default_factory=dict)
    media: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def joined(self, more: "Origins") -> "Origins":
        """These and `more`, which replaces what it knows too; but a note type only with a newer one."""
        newer = {number: kind for number, kind in more.types.items()
                 if number not in self.types or self.types[number].mod < kind.mod}  # fmt: skip
        return Origins({**self.types, **newer}, {**self.notes, **more.notes}, {**self.media, **more.media})


def text_digest(text: str) -> str:
    """The hash by which a text is known to be as it was."""
    return blake2b(text.encode(), digest_size=8).hexdigest()
