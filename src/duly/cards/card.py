"""A card: one question of a note, the thing that is learned and scheduled."""

from dataclasses import dataclass, field
from typing import assert_never

from duly.cards.cloze import numbers
from duly.cards.ids import BACK, FRONT, CardId, Face
from duly.cards.note import Basic, Choice, Cloze, Kind, Note, Occlusion, Reversed, Typed
from duly.cards.occlusion import read_regions, region_numbers


@dataclass(frozen=True, slots=True)
class Card:
    """One face of a note."""

    note: Note
    face: Face
    id: CardId = field(init=False, repr=False, compare=False)  # stored, because every queue and count reads it

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", CardId(self.note.id, self.face))

    @property
    def asked_note(self) -> Note:
        """The note as this card shows it: a further card has its own question and answer, and no hint."""
        for card in self.note.further_cards:
            if card.face == self.face:
                kind = (Typed if card.typed else Basic)(card.question, card.answer)
                return self.note._replace(kind=kind, hint="", further_cards=())
        return self.note


def faces(note: Note) -> tuple[Face, ...]:
    """The faces of a note, in the order in which they are asked."""
    return (*_kind_faces(note.kind), *(card.face for card in note.further_cards))


def _kind_faces(kind: Kind) -> tuple[Face, ...]:
    match kind:
        case Basic() | Typed() | Choice():
            return (FRONT,)
        case Reversed():
            return (FRONT, BACK)
        case Cloze(text):
            return tuple(Face(f"c{number}") for number in numbers(text))
        case Occlusion(regions=regions):
            return tuple(Face(f"c{number}") for number in region_numbers(read_regions(regions)))
        case unknown:
            assert_never(unknown)


def cards_of(note: Note) -> tuple[Card, ...]:
    """The cards of a note, one for each face."""
    return tuple(Card(note, face) for face in faces(note))
