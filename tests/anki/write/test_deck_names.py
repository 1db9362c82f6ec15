from duly.anki.write.deck_and_row_ids import spellings
from duly.cards import DeckName


def spelled(*names: str) -> list[str]:
    return [str(name) for name in spellings(DeckName(name) for name in names).values()]


def test_spellings_that_differ_in_case_are_one_deck_named_as_the_first() -> None:
    assert spelled("Math::Algebra", "math::algebra", "MATH::Sets") == [
        "Math::Algebra",
        "Math::Algebra",
        "Math::Sets",
    ]


def test_a_subdeck_named_first_determines_the_spelling_of_its_parent() -> None:
    assert spelled("a::B::c", "A", "a::b::D") == ["a::B::c", "a", "a::B::D"]


def test_names_are_made_as_anki_makes_them() -> None:
    assert spelled('say "hi"', " a ::  ::b", "e\u0301") == ["say hi", "a::blank::b", "é"]
