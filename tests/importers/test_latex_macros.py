"""Macros in formulas, expanded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.importers.latex_macros import expand_macros, read_macros

MACROS, OTHER_LINES = read_macros(
    "% sets\n\\R \\mathbb{R}\n\\norm \\lVert #1 \\rVert\n\\pair (#2,#1)\n\\both \\norm{\\R}\n\\grad \\nabla#1\n\n"
    "\\newcommand{\\Q}{q}\n\\again \\again x\n\\more \\more\\more\n"
)


def test_a_line_is_a_name_and_its_definition() -> None:
    assert MACROS["\\R"] == "\\mathbb{R}"
    assert OTHER_LINES == (8,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$\\R$ and $$x \\in \\R^2$$", "$\\mathbb{R}$ and $$x \\in \\mathbb{R}^2$$"),
        ("\\R `$\\R$` $\\Rat$ $\\\\R$", "\\R `$\\R$` $\\Rat$ $\\\\R$"),
        ("$\\norm{x^{2}}y$", "$\\lVert x^{2} \\rVerty$".replace("\\rVerty", "\\rVert y")),
        ("$\\norm x$ $\\norm \\alpha$", "$\\lVert x \\rVert$ $\\lVert \\alpha \\rVert$"),
        ("$\\pair{a}{\\R}$", "$(\\mathbb{R},a)$"),
        ("$\\both$", "$\\lVert \\mathbb{R} \\rVert$"),
        ("$\\grad f$ $\\grad{\\R}$", "$\\nabla f$ $\\nabla\\mathbb{R}$"),
        ("$\\frac{\\norm}{2}$ $a \\norm$", "$\\frac{\\norm}{2}$ $a \\norm$"),
        ("$\\norm{x$", "$\\norm{x$"),
    ],
)
def test_macros_are_expanded_in_formulas_alone(text: str, expected: str) -> None:
    assert expand_macros(text, MACROS) == expected


@pytest.mark.parametrize("text", ["$\\again$", "$\\more$", "$\\norm{\\again}$"])
def test_recursive_macros_are_not_expanded(text: str) -> None:
    assert expand_macros(text, MACROS) is None


@given(st.lists(st.sampled_from(("$", "\\R", "\\norm", "{", "}", "a", " ", "\\", "`", "\\both", "#1"))).map("".join))
def test_text_outside_of_formulas_stays_and_every_macro_without_arguments_is_expanded(text: str) -> None:
    expanded_text = expand_macros(text, {"\\R": "®"})
    assert expanded_text is not None
    assert expanded_text.replace("®", "\\R") == text
