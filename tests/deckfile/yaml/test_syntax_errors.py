"""What someone who has never read the YAML standard is told where it breaks off."""

from pathlib import Path

import pytest
import yaml

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml import nodes
from duly.deckfile.yaml.source import Source

CASES = {
    "- q: a: b\n  a: c\n": "1:7 syntax: text with a colon and a space in it needs quotes around the whole text",
    "- {q: a: b}\n": "1:8 syntax: text with a colon and a space in it needs quotes around the whole text",
    "- q:x\n  a: b\n": "1:4 syntax: a space is missing after this colon",
    "- q: x\n   a: b\n": "2:4 syntax: this line is not in line with the keys of its card",
    "- q: x\n a: b\n": "2:2 syntax: this line is not in line with the keys of its card",
    "- q: x\na: b\n": "2:1 syntax: this line is not in line with the keys of its card",
    "- q: 'it's'\n  a: b\n": "1:10 syntax: text goes on after ' has closed it",
    '- q: "x" y\n  a: b\n': '1:10 syntax: text goes on after " has closed it',
    "- q: [x] y\n  a: b\n": "1:6 syntax: text cannot begin with [; put quotes around it",
    "- cloze: {{c1::Paris}} is the capital\n": "1:10 syntax: text cannot begin with {; put quotes around it",
    "- q: 'x\n  a: b\n": "1:6 syntax: the quote opened here is never closed; close it with '",
    '- q: "\\d"\n  a: b\n': "1:7 syntax: in double quotes a backslash begins an escape",
    "- q: [x\n  a: b\n": "1:6 syntax: the [ opened here is not closed",
    "- q: @x\n  a: b\n": "1:6 syntax: text cannot begin with @",
    "- q: `x`\n  a: b\n": "1:6 syntax: text cannot begin with `",
    "- q: **x**\n  a: b\n": "1:6 syntax: text cannot begin with *",
    "- q: - x\n  a: b\n": "1:6 syntax: text cannot begin with -",
    "- q: >x\n  a: b\n": "1:6 syntax: after > the text begins on the next line",
    "- q: x\n  a\n  id: b\n": "2:3 syntax: this line is not a key with a colon",
    "- q: x\n\ta: b\n": "2:1 tab: a tab stands here where YAML wants spaces",
    "-\tq: x\n \ta: b\n": "1:2 tab: a tab stands here where YAML wants spaces",
}


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("text", CASES)
def test_a_mistake_is_told_in_plain_words_at_its_place(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LOADER", getattr(yaml, loader))
    (problem,) = parse(Source(Path("x.yaml"), text), DeckName("x")).problems
    shown = f"{problem.place.line}:{problem.place.column} {problem.kind}: {problem.message}"
    assert shown.startswith(CASES[text])


def test_an_image_at_the_beginning_of_a_text_is_told_to_need_quotes() -> None:
    (problem,) = parse(Source(Path("x.yaml"), "- q: ![x](y.png)\n  a: b\n"), DeckName("x")).problems
    assert str(problem.message) == "text cannot begin with !; put quotes around it"
