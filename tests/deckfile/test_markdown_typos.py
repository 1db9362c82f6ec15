"""Slips in the Markdown of a text, of which an author is warned."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName
from duly.deckfile.markdown_typos import find_markdown_typos, quotes_around
from duly.deckfile.parse_file import parse
from duly.deckfile.write.yaml_text import one_line
from duly.deckfile.yaml.source import Source

WARNED = {
    "- q: code\n  a: |\n    ```python\n    x = 1\n": ["3:5 the code that begins here is never closed"],
    "- q: code\n  a: |\n    - ~~~\n      x\n      ```\n": ["3:7 the code that begins here is never closed"],
    "- q: $x^2 + {1}$\n  a: $\\frac{1}{2$\n": ["2:6 the braces { } of this formula do not match"],
    "- q: a\n  a: 'x $$}{$$ y'\n": ["2:9 the braces { } of this formula do not match"],
    "- cloze: 'a {{c1::$\\frac{1}{2$}}'\n": ["1:19 the braces { } of this formula do not match"],
    "- q: “What is 2+2?”\n  a: “4”\n": [
        "1:6 “ is not recognised by YAML as a quote",
        "2:6 “ is not recognised by YAML as a quote",
    ],
    "- q: a\n  a: b\n  wrong: [‘c’, d]\n": ["3:11 ‘ is not recognised by YAML as a quote"],
}


def warned(text: str) -> list[str]:
    parsed = parse(Source(Path("x.yaml"), text), DeckName("x"))
    assert not parsed.errors
    return [f"{each.place.line}:{each.place.column} {each.message}" for each in parsed.problems]


@pytest.mark.parametrize("text", WARNED)
def test_a_slip_of_markdown_is_warned_of_at_its_place(text: str) -> None:
    shown_parts = warned(text)
    assert [shown[: len(start)] for shown, start in zip(shown_parts, WARNED[text], strict=True)] == WARNED[text]


@pytest.mark.parametrize(
    "answer",
    [
        "```py\nx\n```",
        "> ~~~\n> ```\n> ~~~\n",
        "{{c1::```py\nx\n```}}",
        "{{c1::\n- ```py\n  x\n  ```\n::code}}",
        "`${a` and `b}$`",
        "```sh\necho ${a\n```\n$x$",
        "it costs $5 {a and $6}",
        "$\\{x$ and $\\left\\{ x \\right.$",
        "${{c1::\\frac{\\sqrt{2}}{3}}}$",
        "“one” and “two”",
        "“one",
    ],
)
def test_what_is_right_is_left_alone(answer: str) -> None:
    lines = "".join(f"    {line}\n" for line in answer.split("\n"))
    key = "cloze" if "{{c1" in answer else "a"
    assert warned(f"- {'q: x' if key == 'a' else 'hint: x'}\n  {key}: |\n{lines}") == []


def test_quotes_that_are_meant_stand_in_quotes() -> None:
    assert warned("- q: '“What?”'\n  a: |\n    “4”\n") == []
    assert one_line("“4”") == "'“4”'"
    assert quotes_around("“a” and “b”") is None


@given(
    st.lists(st.sampled_from(("```", "~~~", "$", "$$", "{", "}", "{{c1::", "}}", "\\", "\n", "`", "- ", "x", "1", " ")))
)
def test_of_any_text_something_is_said_or_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    for part, _ in find_markdown_typos(text):
        assert part


@pytest.mark.parametrize(
    "piece", ["`", "``a`", "```\n", "$", "${", "$ {", "\\$", "{{c1::", "- ", "> ", "1. ", "~~~~a\n"]
)
def test_a_text_made_of_begun_things_takes_no_longer_than_another(piece: str) -> None:
    assert isinstance(find_markdown_typos("${" + piece * (300_000 // len(piece)) + "\n```"), list)
