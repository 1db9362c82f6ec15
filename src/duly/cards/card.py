"""A card: one question of a note, the thing that is learned and scheduled."""

from dataclasses import dataclass, field
from typing import assert_never

from duly.cards.cloze import numbers
from duly.cards.ids import BACK, FRONT, CardId, Face
from duly.cards.note import Basic, Choice, Cloze, Note, Reversed, Typed


@dataclass(frozen=True, slots=True)
class Card:
    """A note and the face of it that is asked."""

    note: Note
    face: Face
    id: CardId = field(init=False, repr=False, compare=False)  # kept, because every queue and count asks for it

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", CardId(self.note.id, self.face))


def faces(note: Note) -> tuple[Face, ...]:
    """The faces of a note, in the order in which they are asked."""
    match note.kind:
        case Basic() | Typed() | Choice():
            return (FRONT,)
        case Reversed():
            return (FRONT, BACK)
        case Cloze(text):
            return tuple(Face(f"c{number}") for number in numbers(text))
        case unknown:
            assert_never(unknown)


def cards_of(note: Note) -> tuple[Card, ...]:
    """The cards of a note, one for each face."""
    return tuple(Card(note, face) for face in faces(note))
