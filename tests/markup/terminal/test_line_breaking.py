"""Breaking lines of mixed Chinese and Latin text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from duly.markup.terminal.line_breaking import CLOSING, OPENING, cut_text, wrap


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("自注意力机制", 6, ["自注意", "力机制"]),
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("使用Transformer模型", 14, ["使用", "Transformer模", "型"]),
        ("作者使用的是，缩放", 12, ["作者使用的", "是，缩放"]),
        ("作者使用（缩放）", 10, ["作者使用", "（缩放）"]),
        ("他说：“你好。”", 8, ["他说：", "“你好。”"]),
        ('他说："你好"的话', 8, ["他说：", '"你好"的', "话"]),
        ("a supercalifragilistic b", 10, ["a", "supercalif", "ragilistic", "b"]),
        ("don’t stop", 6, ["don’t", "stop"]),
        ("约 50 % 的", 5, ["约", "50 %", "的"]),
        ("f(x)和g(x)", 6, ["f(x)和", "g(x)"]),
        ("省略……号", 5, ["省", "略……", "号"]),
        ("one\ntwo three", 5, ["one", "two", "three"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("    ab cd", 7, ["    ab", "cd"]),
        ("", 5, [""]),
    ],
)
def test_lines_end_where_a_typesetter_would_end_them(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    "cluster",
    ["e\u0301", "👩\u200d🚀", "☎\ufe0f", "葛\U000e0100", "が".replace("が", "か\u3099"), "👍\U0001f3fd", "🇨🇳"],
)
def test_combining_characters_stay_together(cluster: str) -> None:
    for line in lines(cluster * 9, 4):
        assert line.replace(cluster, "") == ""


MIXED = st.text(
    st.sampled_from("的机，。（）“”、！…《》ab1 ,.()%-'\"\n\u3000\u0301\u200d\ufe0f👩🚀가ーっ"), max_size=60
)
WIDTHS = st.integers(2, 30)


@given(MIXED | st.text(max_size=60), WIDTHS)
def test_no_line_is_too_wide(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(text, width))


@given(MIXED | st.text(max_size=60), WIDTHS)
def test_no_character_but_a_space_at_a_break_is_lost(text: str, width: int) -> None:
    assert "".join(lines(text, width)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(st.sampled_from("的机，。（）“”、！…《》ab 1"), max_size=60), st.integers(12, 30))
def test_punctuation_stays_with_its_text(text: str, width: int) -> None:
    """Unless there is more of it in a row than a line can hold."""
    broken_lines = lines(text, width)
    for before, line in pairwise(broken_lines):
        cluster = longest_unbreakable(text)
        if cell_len(cluster) <= width:
            assert line[:1] not in set(CLOSING)
            assert before[-1:] not in set(OPENING)


def longest_unbreakable(text: str) -> str:
    """The longest stretch with punctuation in it in which no line may end."""
    stretches = [""]
    for character in text:
        is_joined = character in CLOSING or stretches[-1][-1:] in (*OPENING, "") or character == " "
        is_joined = is_joined or (character.isascii() and stretches[-1][-1:].isascii())
        is_joined = is_joined or stretches[-1][-1:] == " "
        stretches = [*stretches[:-1], stretches[-1] + character] if is_joined else [*stretches, character]
    return max(stretches, key=cell_len)


@given(st.lists(st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=8), max_size=20).map(" ".join))
def test_a_latin_word_that_fits_is_never_cut(text: str) -> None:
    assert " ".join(lines(text, 8)).split() == text.split()


@given(st.text(max_size=60), WIDTHS)
def test_cutting_loses_nothing_and_keeps_combining_characters_together(text: str, width: int) -> None:
    pieces = cut_text(text, 0, len(text), width)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(unicodedata.category(text[start]) != "Mn" for start, _ in pieces[1:])
    assert all(cell_len(text[start:end]) <= width for start, end in pieces)
