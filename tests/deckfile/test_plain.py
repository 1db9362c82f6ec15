"""Reading plain cards without a YAML parser gives what the parser gives."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duly.deckfile.nodes import Anchors, Node, compose
from duly.deckfile.plain import plain
from duly.deckfile.report import Report
from duly.deckfile.source import Source
from duly.deckfile.syntax import Mistake

HEADS = st.sampled_from(
    ["", "", "cards:\n", "language: zh-Hans\ntags: [a, b]\ncards:\n", "# words\n", "---\n", "--- !x\n", "--- |\n",
     "cards: &x\n", "{cards:\n", "deck: |\n  cards:\ncards: # these\n", "deck: '\ncards:\n", "cards:\n\n",
     "%YAML 1.1\n---\n", "...\n", "cards:\n...\n"]
)  # fmt: skip
PLAIN = ["text", "中文 text", "a:b", "a#b", "'it''s'", '"said"', "[a, b]", "[a::b, c-d]", "\n    - a\n    - b",
         "|\n      x\n       y\n\n      z"]  # fmt: skip
LISTS = ["\n  - a\n  - b: c", "\n    - a #b\n    - 'c'", "\n    - a\n   - b", "\n    - \n"]
BLOCKS = ["|", "|-", "|+", ">", "|\n\n      x", "|\n      x\n     y", "|\n     x", "|\n      x\n      ",
          "|\n      x\n       ", "a\n      b", "a\n\n      b"]  # fmt: skip
ODD = ["a: b", "a:", "a #b", "'open", '"a\\nb"', "[a: b]", "[a,b]", "[]", "{}", "&x a", "*x", "!!str a", "-", "- a",
       "? a", "a ", "a\t", "\ta", "~", "", "'''", "'a' b", "%a", "@a", "`a", "a\r", "a\x85b", "a\u2028b", "a\ufeffb",
       "x\n---", "x\n...", "'x\n- q: y'", "\u3000", "a\u3000", "a\x00b"]  # fmt: skip
ANY = st.sampled_from((*LISTS, *BLOCKS, *ODD)) | st.text(alphabet=st.characters(codec="utf-8"), max_size=6)
ENDS = st.sampled_from(["\n", "\n\n", " \n", "\n \n", "\n# words\n", ""])
GOOD = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3).map(
    lambda values: "- " + "\n  ".join(f"{key}: {value}" for key, value in zip("qab", values, strict=False)) + "\n"
)
DOUBTFUL = st.tuples(GOOD.map(str.rstrip), st.just("\n  c: "), ANY, ENDS).map("".join)
WILD = st.tuples(
    st.sampled_from(["- ", "  ", "    ", " ", "", "-   ", "  - ", "    - ", "# "]),
    st.sampled_from(["q", "Q", "a b", "'q'", "deck", "cards"]),
    st.sampled_from([": ", ":", " : "]),
    ANY,
    ENDS,
).map("".join)
CARDS = st.lists(st.one_of(GOOD, GOOD, GOOD, DOUBTFUL, DOUBTFUL, WILD), max_size=5)


def by_the_parser(source: Source) -> Node | None:
    report, anchors = Report(source), Anchors()
    try:
        root = compose(source.text, report, anchors)
    except Mistake:
        return None
    return None if report.problems or anchors.named else root


@pytest.mark.parametrize("margin", ["", "  "])
@given(head=HEADS, cards=CARDS)
@example(head="", cards=["- q: one\n", "  a: |\n      x\n\n      y\n\n", "- q: 'two'\n", "  a:\n", "  wrong:\n  - b\n"])
@example(head="cards:\n", cards=["  q:text\n", "- q: text\n"])
@example(head="", cards=["- q: |\n    x\n    \n\n", "- q: |\n    x\n\n    \n  a: |\n    x\n    \n    y\n"])
@example(head="", cards=["- q: |\n    x\n     \n", "  a: |\n      x\n      \n", "  b: |\n     x\n    \n"])
@example(head="cards:\n...\n", cards=["- q: a\n"])
@example(head="", cards=["- q: 'a\n", "- q: b\n", "  a: c'\n"])
def test_what_is_read_is_what_the_parser_reads_with_the_same_places(margin: str, head: str, cards: list[str]) -> None:
    text = head + "".join(margin + line for line in "".join(cards).splitlines(keepends=True))
    source = Source.of(Path("x.yaml"), text)
    found = plain(source)
    assert found is None or found == by_the_parser(source)


@pytest.mark.parametrize("head", ["", "# words\n\n", "---\n", "cards:\n", "language: zh-Hans\ntags: [a]\ncards:\n"])
@pytest.mark.parametrize("margin", ["", "  "])
def test_a_deck_without_mistakes_is_read_to_its_end(head: str, margin: str) -> None:
    cards = """\
- q: What is sparse?  # mostly zeros
  a: >
    folded
    text
- q: 什么是 C#?
  a: 'it''s: quoted'
  wrong:
    - one
    - two

- cloze: "a {{c1::b}}"
  tags: [a::b, c]
  extra: |
    first

    - second
"""
    source = Source.of(Path("x.yaml"), head + "".join(margin + line for line in cards.splitlines(keepends=True)))
    found = plain(source)
    assert found is not None
    assert found == by_the_parser(source)
