"""Finding the card that is asked again, once its file was read anew."""

from collections.abc import Container

from duly.cards import Card, CardId
from duly.study.collection import Decks


def asked_again(asked: Card, known: Container[CardId], decks: Decks) -> Card | None:
    """The card to ask where `asked` was, which is one of `known`; None if its author took it out.

    It is that card as it reads now. Where its question, and with it an id that stands in no file, was reworded, it is
    the new card in its place. Where its file has mistakes, it is the card as it last was.
    """
    place = asked.note.place
    in_its_place: Card | None = None
    for card in decks.cards:
        if card.id == asked.id:
            return card
        there = card.note.place
        if place and there and (there.file, there.line, card.face) == (place.file, place.line, asked.face):
            in_its_place = card
    if in_its_place is not None and in_its_place.id not in known:
        return in_its_place
    if place and any(problem.place.file == place.file for problem in decks.errors):
        return asked
    return None
