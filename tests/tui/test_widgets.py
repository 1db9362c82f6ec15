"""A line with a text at its left and one at its right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from duly.tui.widgets.top_line import fit_line

MIXED = st.text(alphabet="ab 稀疏，é", max_size=30)


@pytest.mark.parametrize(
    ("left", "right", "cells", "line"),
    [
        ("Deck", "7", 10, "Deck     7"),
        ("Sparse matrices", "7", 10, "Sparse…  7"),
        ("稀疏矩阵", "7", 8, "稀疏…  7"),
        ("Deck", "", 6, "Deck  "),
        ("Deck", "1234", 4, "1234"),
    ],
)
def test_the_left_text_gives_way(left: str, right: str, cells: int, line: str) -> None:
    assert fit_line(left, right, cells) == line


@given(MIXED, MIXED, st.integers(0, 80))
def test_a_fitted_line_takes_its_cells_exactly_where_the_right_text_fits(left: str, right: str, cells: int) -> None:
    assert cell_len(fit_line(left, right, cells)) == max(cells, cell_len(right))
