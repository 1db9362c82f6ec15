"""Which cards a note makes."""

import pytest

from duly.cards import (
    FRONT,
    Basic,
    Choice,
    Cloze,
    DeckName,
    Face,
    FurtherCard,
    Kind,
    Note,
    NoteId,
    Reversed,
    Typed,
    cards_of,
)  # fmt: skip
from duly.cards.deck_name import deck_levels, is_within


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Basic("q", "a"), ["front"]),
        (Reversed("q", "a"), ["front", "back"]),
        (Typed("q", "a"), ["front"]),
        (Choice("q", "a", ("b",)), ["front"]),
        (Cloze("{{c3::x}} {{c1::y}} {{c3::z}}"), ["c1", "c3"]),
        (Cloze("no deletion"), []),
    ],
)
def test_a_note_makes_one_card_for_each_face(kind: Kind, expected: list[str]) -> None:
    note = Note(NoteId("id"), kind, DeckName("deck"))
    assert [card.face for card in cards_of(note)] == expected


def test_the_texts_of_a_note_are_all_its_markdown() -> None:
    note = Note(NoteId("id"), Choice("q", "a", ("b", "c")), DeckName("d"), hint="h", extra="e", source="s")
    assert note.texts == ("q", "a", "b", "c", "h", "e")


def test_a_deck_lies_in_the_decks_its_name_begins_with() -> None:
    assert deck_levels(DeckName("a::b::c")) == ("a", "a::b", "a::b::c")


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [("a::b", "a", True), ("A::b", "a", True), ("a", "a", True), ("ab", "a", False), ("a", "a::b", False)],
)
def test_decks_are_nested_by_their_names_whatever_the_case(inner: str, outer: str, expected: bool) -> None:
    assert is_within(DeckName(inner), DeckName(outer)) is expected


def test_a_further_card_is_asked_by_itself_with_the_extra_of_its_note_and_without_its_hint() -> None:
    more = (FurtherCard(Face("reading"), "食べる?", "たべる"), FurtherCard(Face("写"), "たべる?", "食べる", typed=True))
    word = Note(NoteId("n"), Basic("食べる", "to eat"), DeckName("d"), hint="h", extra="e", further_cards=more)
    front, reading, written = cards_of(word)
    assert (front.face, front.asked_note) == (FRONT, word)
    assert (str(reading.id), reading.asked_note.kind) == ("n/reading", Basic("食べる?", "たべる"))
    assert (reading.asked_note.hint, reading.asked_note.extra) == ("", "e")
    assert written.asked_note.kind == Typed("たべる?", "食べる")
