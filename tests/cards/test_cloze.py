"""Reading cloze text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards.cloze import DEEPEST, Deletion, numbers, pieces, without_deletions


def test_text_and_deletions_come_in_order() -> None:
    assert pieces("CSR keeps {{c1::three}} arrays.") == ("CSR keeps ", Deletion((1,), ("three",)), " arrays.")


def test_a_hint_follows_the_second_pair_of_colons() -> None:
    assert pieces("{{c2::indptr::row starts}}") == (Deletion((2,), ("indptr",), "row starts"),)


def test_a_deletion_may_have_several_numbers() -> None:
    assert numbers("{{c1,3::x}}") == (1, 3)


def test_braces_within_a_deletion_are_balanced() -> None:
    assert pieces(r"{{c1::$\frac{1}{\sqrt{d}}$}} b") == (Deletion((1,), (r"$\frac{1}{\sqrt{d}}$",)), " b")


def test_where_braces_never_balance_the_first_closing_pair_ends_the_deletion() -> None:
    assert pieces("{{c1::a { b}} c") == (Deletion((1,), ("a { b",)), " c")


def test_a_deletion_within_a_deletion_is_a_card_of_its_own() -> None:
    text = "{{c1::outer {{c2::inner::hint}} text}}"
    assert numbers(text) == (1, 2)
    assert without_deletions(text) == "outer inner text"


@pytest.mark.parametrize("text", ["plain", "{{c1::never closed", "{{c::x}}", "{{x}}", "{{c١::x}}", ""])
def test_what_is_no_deletion_is_text(text: str) -> None:
    assert pieces(text) == (text,)
    assert numbers(text) == ()


def test_only_the_numbers_that_anki_makes_cards_for_count() -> None:
    assert numbers("{{c0::a}} {{c500::b}} {{c501::c}}") == (500,)


def test_a_number_of_any_length_makes_no_card() -> None:
    assert numbers("{{c" + "9" * 5_000 + "::x}}") == ()
    assert numbers("{{c" + "9" * 90 + "::x}}") == ()


def test_deletions_that_lie_too_deep_in_one_another_are_text() -> None:
    text = "".join(f"{{{{c{number}::" for number in range(1, 401)) + "x" + "}}" * 400
    assert numbers(text) == tuple(range(1, DEEPEST + 1))
    assert without_deletions(text).startswith(f"{{{{c{DEEPEST + 1}::")


@given(st.lists(st.sampled_from(["{{c1::", "{{c2::", "}}", "{", "}", "::", "中", "a", "$"]), max_size=16).map("".join))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    def rebuilt(content: tuple[str | Deletion, ...]) -> str:
        return "".join(piece if isinstance(piece, str) else written(piece) for piece in content)

    def written(deletion: Deletion) -> str:
        hint = f"::{deletion.hint}" if deletion.hint else ""
        return f"{{{{c{','.join(map(str, deletion.numbers))}::{rebuilt(deletion.content)}{hint}}}}}"

    # An empty hint (`{{c1::a::}}`) is written as none, so colons are left out of the comparison.
    assert rebuilt(pieces(text)).replace(":", "") == text.replace(":", "")
