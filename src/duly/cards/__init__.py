"""Notes and cards as plain values: no files, no HTML, no clock."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duly.cards.card import Card, cards_of, faces
    from duly.cards.deck_name import DeckName
    from duly.cards.ids import BACK, FRONT, CardId, Face, NoteId, derived_id
    from duly.cards.note import Basic, Choice, Cloze, FurtherCard, Kind, Note, Occlusion, Reversed, Typed

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
    "FurtherCard",
    "Kind",
    "Note",
    "NoteId",
    "Occlusion",
    "Reversed",
    "Typed",
    "cards_of",
    "derived_id",
    "faces",
]


def __getattr__(name: str) -> object:
    """Imports all names above when the first of them is used: `duly due` starts faster without them."""
    if name not in __all__:
        raise AttributeError(name)
    from duly.cards import card, deck_name, ids, note

    values = {key: value for module in (card, deck_name, ids, note) for key, value in vars(module).items()}
    globals().update({key: values[key] for key in __all__})
    return values[name]
