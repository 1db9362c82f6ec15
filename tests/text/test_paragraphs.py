"""Texts fitted into cells: cut, wrapped, or as a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from duly.markup.terminal.styled_lines import Run, line_text, line_width
from duly.text.paragraphs import paragraph, shorten, wrap_text

MIXED = st.text(alphabet="ab 稀疏，é", max_size=30)


@pytest.mark.parametrize(
    ("given_text", "cells", "short"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("稀疏矩阵", 8, "稀疏矩阵"), ("稀疏矩阵", 7, "稀疏矩…"),
     ("稀疏矩阵", 6, "稀疏…"), ("ab cd", 4, "ab…"), ("abc", 1, "…"), ("abc", 0, "")],
)  # fmt: skip
def test_text_that_is_cut_ends_in_an_ellipsis(given_text: str, cells: int, short: str) -> None:
    assert shorten(given_text, cells) == short


@given(MIXED, st.integers(0, 40))
def test_a_shortened_text_never_takes_more_cells(words: str, cells: int) -> None:
    assert cell_len(shorten(words, cells)) <= cells


@pytest.mark.parametrize(
    ("message", "cells", "most", "lines"),
    [
        ("There is nothing to undo.", 30, 3, ["There is nothing to undo."]),
        ("There is nothing to undo.", 12, 3, ["There is", "nothing to", "undo."]),
        ("There is nothing to undo.", 12, 2, ["There is", "nothing to…"]),
        ("There is nothing to undo.", 12, 1, ["There is…"]),
        ("没有可以撤销的操作。", 8, 3, ["没有可以", "撤销的操", "作。"]),
        ("没有可以撤销的操作。", 8, 2, ["没有可以", "撤销的…"]),
        ("duly-statistics.json", 10, 1, ["duly-stat…"]),
        ("undo", 1, 3, ["…"]),
    ],
)
def test_a_message_breaks_into_lines_and_ends_behind_a_word_where_there_are_too_many(
    message: str, cells: int, most: int, lines: list[str]
) -> None:
    assert wrap_text(message, cells, most) == lines


@given(MIXED, st.integers(3, 40), st.integers(1, 4))
def test_a_message_is_never_too_wide_and_loses_nothing_but_what_its_ellipsis_stands_for(
    words: str, cells: int, most: int
) -> None:
    lines = wrap_text(words, cells, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= cells for line in lines)
    shown_text, whole_text = "".join("".join(lines).split()), "".join(words.split())
    assert shown_text == whole_text or (shown_text.endswith("…") and whole_text.startswith(shown_text[:-1]))


@given(MIXED, st.integers(8, 40))
def test_a_paragraph_loses_no_character_and_is_never_too_wide(words: str, cells: int) -> None:
    lines = paragraph(words, cells, Run("  k  "))
    assert all(line_width(line) <= cells for line in lines)
    assert "".join("".join(line_text(line)[5:] for line in lines).split()) == "".join(words.split())
