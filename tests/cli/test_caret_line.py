"""A line and its caret, in cells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from duly.cli.problems import caret_line
from duly.cli.safe_text import visible


@pytest.mark.parametrize(
    ("line", "index", "caret_lines"),
    [
        ("- q: x: y", 6, ("- q: x: y", "      ^")),
        ("- q: 中文: 好", 7, ("- q: 中文: 好", "         ^")),
        ("- q: 中文", 6, ("- q: 中文", "       ^^")),
        ("\ta: b", 1, ("    a: b", "    ^")),
        ("\ta: b", 0, ("    a: b", "^")),
        ("a: e\u0301: b", 5, ("a: e\u0301: b", "    ^")),
        ("a:", 2, ("a:", "  ^")),
        ("", 0, ("", "^")),
        ("a: \x1b[31m", 3, ("a: ␛[31m", "   ^")),
        ("a: \u202eb", 4, ("a: \ufffdb", "    ^")),
    ],
)
def test_the_caret_stands_below_its_character(line: str, index: int, caret_lines: tuple[str, str]) -> None:
    assert caret_line(line, index, 80) == caret_lines


@pytest.mark.parametrize(
    ("index", "caret_lines"),
    [
        (0, ("012345678901234567…", "^")),
        (50, ("…234567890123456789…", "         ^")),
        (99, ("…234567890123456789", "                  ^")),
    ],
)
def test_a_long_line_is_cut_around_the_caret(index: int, caret_lines: tuple[str, str]) -> None:
    assert caret_line("0123456789" * 10, index, 20) == caret_lines


@given(st.text(), st.integers(0, 50), st.integers(20, 60))
@example("0" * 21, 21, 20)  # what is left of the line would fit, but for the sign of the cut
def test_a_line_never_overflows_and_never_moves_the_cursor(line: str, index: int, width: int) -> None:
    line = line.replace("\n", "")
    text, caret = caret_line(line, min(index, len(line)), width)
    assert sum(cell_len(character) for character in text) <= max(width, 20)
    assert len(caret) <= width + 2
    assert not set(text) & {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202E)}


def test_visible_text_is_left_as_it_is() -> None:
    for text in ("plain", "什么是\u3000泛化", "a\u00a0b", "👨\u200d👩\u200d👧", "می\u200cخواهم"):
        assert visible(text) == text


def test_control_characters_are_shown_as_signs() -> None:
    assert visible("\x1b]0;x\x07\n\x7f\x9b\u202e\udcff") == "␛]0;x␇␊␡\ufffd\ufffd\ufffd"


def test_only_the_part_of_a_very_long_line_near_the_caret_is_read() -> None:
    line = "x" * 500_000 + "y" + "z" * 500_000
    caret_lines = {caret_line(line, 500_000, 40) for _ in range(20_000)}
    ((text, caret),) = caret_lines
    assert len(text) == 40
    assert text[caret.index("^")] == "y"
