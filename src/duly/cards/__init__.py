"""What a card is. Pure values: no files, no HTML, no clock."""

from duly.cards.card import Card, cards_of, faces
from duly.cards.deck import DeckName
from duly.cards.ids import BACK, FRONT, CardId, Face, NoteId, derived_id
from duly.cards.kinds import Basic, Choice, Cloze, Kind, Reversed, Typed
from duly.cards.note import Note

__all__ = [
    "BACK",
    "FRONT",
    "Basic",
    "Card",
    "CardId",
    "Choice",
    "Cloze",
    "DeckName",
    "Face",
    "Kind",
    "Note",
    "NoteId",
    "Reversed",
    "Typed",
    "cards_of",
    "derived_id",
    "faces",
]
