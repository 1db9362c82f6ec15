"""Highlighted code and its two colour schemes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.html import cloze_marks
from duly.markup.html.code_highlighting import highlight, stylesheet, tokens


def test_a_token_is_a_span_with_its_class() -> None:
    assert (
        highlight("if x:\n", "python") == '<span class="k">if</span> <span class="n">x</span><span class="p">:</span>'
    )


def test_marks_split_the_tokens_around_them() -> None:
    body = f"x = {cloze_marks.opening(0)}12{cloze_marks.closing(0)}3"
    assert highlight(body, "python") == (
        '<span class="n">x</span> <span class="o">=</span> '
        f'{cloze_marks.opening(0)}<span class="mi">12</span>{cloze_marks.closing(0)}<span class="mi">3</span>'
    )


@given(st.text(max_size=40), st.sampled_from(["python", "c++", "html", "bash", "yaml", "nothing", ""]))
def test_no_character_of_code_is_lost(code: str, language: str) -> None:
    assert "".join(text for _, text in tokens(code, language)) == code


@given(st.lists(st.sampled_from(["x", " = ", "1", "\n", "'s'", "O", "C"]), max_size=12))
def test_marks_keep_their_places(parts: list[str]) -> None:
    body = "".join(
        {"O": cloze_marks.opening(1), "C": cloze_marks.closing(1)}.get(part, part) for part in parts
    ).removesuffix("\n")
    shown = re.sub(r"</?span[^>]*>", "", highlight(body, "python"))
    assert shown == body.removesuffix("\n")


def test_the_dark_scheme_applies_only_in_dark_mode() -> None:
    assert all(line.startswith(".code") for line in stylesheet(is_dark=False).splitlines())
    assert all(line.startswith(".nightMode .code") for line in stylesheet(is_dark=True).splitlines())


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_colour_can_be_read_on_its_background(is_dark: bool) -> None:
    base, *rules = stylesheet(is_dark).splitlines()
    background = re.search(r"background: #(\w{6})", base)
    assert background
    for colour in re.findall(r" color: #(\w{6})", "\n".join(rules)):
        assert contrast(colour, background[1]) >= 4.5, colour


def contrast(first: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it; 4.5 is what it asks of text."""
    darker, lighter = sorted(map(luminance, (first, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
