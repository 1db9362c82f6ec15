"""Reading plain cards without a YAML parser gives what the parser gives."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duly.cards import DeckName, Note
from duly.deckfile.parse import parse
from duly.deckfile.plain import plain
from duly.deckfile.source import Source

X = DeckName("x")

HEADS = st.just("") | st.sampled_from(
    ["", "cards:\n", "language: zh-Hans\ntags: [a, b]\ncards:\n", "# words\n", "---\n", "--- !x\n", "--- |\n",
     "cards: &x\n", "{cards:\n", "deck: |\n  cards:\ncards: # these\n", "deck: '\ncards:\n", "cards:\n\n",
     "%YAML 1.1\n---\n", "...\n", "cards:\n...\n", "deck: a::b\ncards:\n", "tags: [a b]\ncards:\n",
     "lang: en\ncards:\n", "cards: # these\n", "q: a\ncards:\n"]
)  # fmt: skip
PLAIN = [
    "text",
    "中文 text",
    "a:b",
    "a#b",
    "'it''s'",
    '"said"',
    "|\n      x\n       y\n\n      z",
    "|\n      x\n      \ty",
]
MORE = ["  reverse: true\n", "  typed: 'True'\n", "  wrong: [a, b]\n", "  wrong:\n    - c d\n    - e\n\n",
        "  id: one\n", "  tags: [a::b, c-d]\n", "  tags: [e\u0301, \u00e9]\n", "  tags:\n  - a\n  - c\n", "\n",
        "  hint: ''\n", "  extra: |\n      x\n\n", "  source: p. 3\n", "  typed: false\n"]  # fmt: skip
WRONG = ["  reverse: no\n", "  wrong:\n  - c\n  - c\n", "  wrong:\n  - text\n\n", "  wrong: []\n", "  id: 'two '\n",
         "  id: \u00a0\n", "  tags:\n    - a\n    - b c\n", "  tags:\n", "  hint: a\n  hint: b\n", "  nothing: a\n",
         "  q: again\n", "  a: again\n", "  cloze: '{{c1::a}}'\n", "  extra: \u3000\n", "  deck: a\n",
         "  source: [a, b]\n", "  tags: a\n", "  hint:\n    - a\n", "  typed: TRUE\n  reverse: true\n"]  # fmt: skip
CLOZES = [
    "'{{c1::a}} b'",
    "a {{c2::b::c}}",
    "'{{c1::a {{c2::b}}}}'",
    "'{{C1::a}} {b}'",
    "'{{c1::a'",
    "a",
    "'{{c0::a}}'",
]
LISTS = ["\n  - a\n  - b: c", "\n    - a #b\n    - 'c'", "\n    - a\n   - b", "\n    - \n"]
BLOCKS = ["|", "|-", "|+", ">", "|\n\n      x", "|\n      x\n     y", "|\n     x", "|\n      x\n      ",
          "|\n      x\n       ", "a\n      b", "a\n\n      b", "a\n      - b", "'a\n      - b'",
          ">\n      a\n      - b", "a\n      # b", "|\n      a\n     # b", ">5"]  # fmt: skip
ODD = ["a: b", "a:", "a #b", "'open", '"a\\nb"', "[a: b]", "[a,b]", "[]", "{}", "&x a", "*x", "!!str a", "-", "- a",
       "? a", "a ", "a\t", "\ta", "~", "", "'''", "'a' b", "%a", "@a", "`a", "a\r", "a\x85b", "a\u2028b", "a\ufeffb",
       "x\n---", "x\n...", "'x\n- q: y'", "\u3000", "a\u3000", "a\x00b", "# a", '"\\beta"', '"C:\\new"']  # fmt: skip
ANY = st.sampled_from((*LISTS, *BLOCKS, *ODD)) | st.text(alphabet=st.characters(codec="utf-8"), max_size=6)
ENDS = st.sampled_from(["\n", "\n\n", " \n", "\n \n", "\n# words\n", ""])
PAIRS = st.tuples(st.sampled_from(PLAIN), st.sampled_from(PLAIN)).map(
    lambda texts: f"- q: {texts[0]}\n  a: {texts[1]}\n"
)
NOTES = PAIRS | st.sampled_from(CLOZES[:4]).map("- cloze: {}\n".format)
GOOD = st.tuples(NOTES, st.lists(st.sampled_from(MORE), max_size=2, unique_by=lambda line: line.partition(":")[0])).map(
    lambda parts: "".join((parts[0], *parts[1]))
)
BAD = st.tuples(
    NOTES | st.sampled_from(["- q: ''\n  a: b\n", "- q: a\n  a: '\u3000'\n", *map("- cloze: {}\n".format, CLOZES)]),
    st.sampled_from([*MORE, *WRONG]),
    st.sampled_from(["", *MORE]),
).map("".join)
DOUBTFUL = st.tuples(
    PAIRS.map(str.rstrip), st.sampled_from(["\n  hint: ", "\n  tags: ", "\n  wrong: "]), ANY, ENDS
).map("".join)
WILD = st.tuples(
    st.sampled_from(["- ", "  ", "    ", " ", "", "-   ", "  - ", "    - ", "# "]),
    st.sampled_from(["q", "a", "Q", "a b", "'q'", "deck", "cards"]),
    st.sampled_from([": ", ":", " : "]),
    ANY,
    ENDS,
).map("".join)
CARDS = st.lists(GOOD, max_size=5) | st.lists(st.one_of(GOOD, GOOD, GOOD, BAD, DOUBTFUL, DOUBTFUL, WILD), max_size=5)


def by_the_parser(source: Source) -> tuple[Note, ...] | None:
    """The notes of a text without a problem."""
    parsed = parse(source, X)
    return None if parsed.problems else tuple(entry.note for entry in parsed.entries)


@pytest.mark.parametrize("margin", ["", "  "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(head=HEADS, cards=CARDS)
@example(head="", cards=["- q: one\n", "  a: |\n      x\n\n      y\n\n", "- q: 'two'\n", "  a:\n", "  wrong:\n  - b\n"])
@example(head="cards:\n", cards=["  q:text\n", "- q: text\n"])
@example(head="", cards=["- q: |\n    x\n    \n\n", "- q: |\n    x\n\n    \n  a: |\n    x\n    \n    y\n"])
@example(head="", cards=["- q: |\n    x\n     \n", "  a: |\n      x\n      \n", "  b: |\n     x\n    \n"])
@example(head="cards:\n...\n", cards=["- q: a\n"])
@example(head="", cards=["- q: a\n  a: |\n  -  b\n"])
@example(head="", cards=["- q: 'a\n", "- q: b\n", "  a: c'\n"])
def test_what_is_read_is_what_the_parser_reads_with_the_same_places(
    margin: str, newline: str, head: str, cards: list[str]
) -> None:
    text = head + "".join(margin + line for line in "".join(cards).splitlines(keepends=True))
    source = Source(Path("x.yaml"), text.replace("\n", newline))
    found = plain(source, X)
    assert found is None or found == by_the_parser(source)


DECK = """\
cards:
- q: What is sparse?
  a: |
    ```python
    x = [0, 1]
    ```

    - mostly zeros
  id: sparse
  tags: [a::b, c]

- q: 什么是 C#?
  a: 'it''s: quoted'
  wrong:
    - one
    - two
  source: page 3
- cloze: "a {{c1::b}}"
  hint: c
"""
PIECES = ["\n", "\n\n", " ", "  ", "   ", ": ", " #", "- ", "|", ">", "'", '"', "[", "]", "{", ",", "&a ", "*a",
          "!!str ", "\t", "\r", "\u3000", "\u2028", "\ufeff", "{{c1::", "}}", "---\n", "q: ", "a: ", "id: ",
          "  reverse: true\n", "    - ", "  - ", "?", "~"]  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.integers(0, len(DECK)), st.sampled_from(["", "", *PIECES]), st.sampled_from([0, 0, 1, 2, 4])),
    min_size=1,
    max_size=3,
)


@given(changes=CHANGES)
@example(changes=[(DECK.index("  ```python"), "-", 0), (DECK.index("  ```python"), "", 1)])
def test_a_deck_that_was_changed_anywhere_is_read_as_the_parser_reads_it(changes: list[tuple[int, str, int]]) -> None:
    text = DECK
    for at, piece, gone in changes:
        text = text[:at] + piece + text[at + gone :]
    found = plain(Source(Path("x.yaml"), text), X)
    assert found is None or found == by_the_parser(Source(Path("x.yaml"), text))


@pytest.mark.parametrize("head", ["", "# words\n\n", "---\n", "cards:\n", "language: zh-Hans\ntags: [a]\ncards:\n"])
@pytest.mark.parametrize("margin", ["", "  "])
def test_a_deck_without_mistakes_is_read_to_its_end(head: str, margin: str) -> None:
    cards = """\
- q: 'What is sparse?'  # mostly zeros
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
    source = Source(Path("x.yaml"), head + "".join(margin + line for line in cards.splitlines(keepends=True)))
    found = plain(source, X)
    assert found is not None
    assert len(found) == 3
    assert found == by_the_parser(source)
