"""Formulas in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.math.find_formulas import LONGEST, Formula, split_formulas

FORMULA = re.compile(r"\\\(((?:[^\\]|\\[^()])+)\\\)|\\\[((?:[^\\]|\\[^\[\]])+)\\\]")
PIECES = ("\\(", "\\)", "\\[", "\\]", "\\", "(", ")", "[", "]", "x")


def formulas(text: str) -> list[Formula]:
    return [piece for piece in split_formulas(text) if isinstance(piece, Formula)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a \(x\) b", [Formula("x", is_display=False)]),
        (r"\[a \\[2pt] b\]", [Formula(r"a \\[2pt] b", is_display=True)]),
        (r"\(a \(b\)", [Formula("b", is_display=False)]),
        (r"\[a \text{\(b\)}\]", [Formula(r"a \text{\(b\)}", is_display=True)]),
        (r"\(\) \(x", []),
        (r"\[\(\]\\(\[\)", [Formula(r"\(", is_display=True), Formula(r"\[", is_display=False)]),
    ],
)
def test_formulas_stand_between_delimiters_of_one_kind(text: str, expected: list[Formula]) -> None:
    assert formulas(text) == expected


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_formulas_are_what_a_search_from_the_left_finds(text: str) -> None:
    assert "".join(piece if isinstance(piece, str) else piece.latex for piece in split_formulas(text)) == text
    assert [piece.latex for piece in formulas(text)] == [match[0] for match in FORMULA.finditer(text)]


def test_a_formula_that_is_too_long_is_text() -> None:
    assert formulas(rf"\({'x' * LONGEST}\)") != []
    assert formulas(rf"\({'x' * (LONGEST + 1)}\)") == []


@pytest.mark.parametrize("begun", ["\\(", "\\\\(", "\\[", "\\\\["])
def test_formulas_that_never_end_take_no_longer_than_other_text(begun: str) -> None:
    assert formulas(begun * 300_000) == []
