"""What an author sees in the file and the card would not have is told, whatever YAML makes of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import Basic, DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source


def problems_in(text: str) -> list[str]:
    """The problems of a deck."""
    source = Source(Path("x.yaml"), text)
    problems = parse(source, DeckName("x")).problems
    return [f"{p.place.line}:{p.place.column} {p.severity} {p.kind}" for p in problems]


def card(answer: str) -> str:
    return f"- q: k\n  a: {answer}\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- q: What is channel #python about?\n  a: b\n", "1:22"),
        (card("see # the truth"), "2:10"),
        (card("see\t# the truth"), "2:10"),
        (card("b\n  hint: c # d"), "3:11"),
        (card("b\n  hint: #d"), "3:9"),
        (card("b\n  extra: c # d"), "3:12"),
        (card("b\n  source: page 3 #12"), "3:18"),
        (card("b\n  wrong:\n    - c # d"), "4:9"),
        (card("b\n  wrong:\n  - c\n  - d\n    # e"), "6:5"),
        (card("b\n  wrong: [c # d\n    ]"), "3:13"),
        ("- cloze: a {{c1::b}} # c\n", "1:22"),
        (card("several\n    lines # and more"), "3:11"),
        (card("on the next line\n    # a heading?"), "3:5"),
        (card("one\n\n    # a heading?\n  id: c"), "4:5"),
        (card("# a heading?\n    text"), "2:6"),
        (card("# a heading?\n\n    text"), "2:6"),
        (card("\n    # a heading?\n    text"), "3:5"),
        (card("b\n  hint:\n    # a heading?"), "4:5"),
        (card("|\n    text\n   # further in than its key"), "4:4"),
        ("- {q: a, a: b # c\n  }\n", "1:15"),
    ],
)
def test_a_comment_that_may_be_text_is_told_at_its_place(text: str, place: str, newline: str) -> None:
    assert problems_in(text.replace("\n", newline)) == [f"{place} warning comment"]


@pytest.mark.parametrize(
    "text",
    [
        "# words\n- q: a#b C#\n  a: https://x.org/#c\n",
        "- q: a\n  a: b\n# words\n\n  # words\n- q: c\n  a: d\n",
        "deck: x # words\nlanguage: en # words\ntags: [a] # words\ncards: # words\n- q: a\n  a: b\n  # words\n",
        card("b\n  id: c # words\n  tags: [d] # words\n  typed: true # words"),
        card("b\n  tags:\n    - d # words\n    # words"),
        card("b\n  wrong: [c, d] # words"),
        card("'b' # words\n  hint: \"c\" # words\n    # words"),
        card("| # words\n    # text\n    text # text\n  # words"),
        card("b\n  # words\n  wrong: # words\n    # words\n    - c\n  # words"),
        card(">\n    text\n  # words\n\n# words"),
        card("b\n  wrong:\n    - |\n      c\n      # text\n    - |\n      d\n      # text\n    - e"),
    ],
)
def test_a_comment_that_can_be_no_text_is_left_alone(text: str) -> None:
    assert problems_in(text) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("What does this print?\n    ```python\n    print(1)\n    ```", 3),
        ("one\n    - two\n    - three", 3),
        ("one\n    * two", 3),
        ("one\n    + two", 3),
        ("one\n    1. two\n    2. three", 3),
        ("1. one\n    2. two", 3),
        ("one\n\n    1) two\n    2) three", 5),
        ("one\n    > two", 3),
        ("one\n    ===", 3),
        ("one\\\n    two", 3),
        ("one\n    | a | b |\n    | - | - |\n    | c | d |", 4),
        ("a | b\n    --- | ---\n    c | d", 3),
        ("'- one\n    - two'", 3),
        ("'''it''\n    - two'", 3),
        ('"one\n    # two"', 3),
        ('"# one\n    two"', 3),
        ('"one\\"\n    - two"', 3),
        (">\n    one\n    - two", 4),
        (">-\n    ```\n    code\n    ```", 4),
        (">\n    one\n    # two", 4),
        (">\n    - one\n\n      kept\n    1. two\n    2. three", 7),
        (">2\n      kept\n    one\n    - two", 5),
    ],
)
def test_lines_that_are_joined_and_lose_what_they_are_are_told(answer: str, line: int, newline: str) -> None:
    [problem] = problems_in(card(answer).replace("\n", newline))
    assert problem.endswith("warning folded")
    assert problem.startswith(f"{line}:")


def test_a_line_without_indentation_is_joined_like_any_other() -> None:
    assert problems_in("- {q: k, a: one\n1. two}\n") == ["2:1 warning folded"]


@pytest.mark.parametrize(
    "answer",
    [
        "ordinary words\n    that are wrapped",
        "ordinary words\n\n    and more of them, about -1,\n    -x, 1.5,\n    1984. That was\n    *emphasis*, $x$",
        "it holds\n    >= 2 of them, and\n    |x| of\n    --long options",
        "'said ''so''\n    and so'",
        '"one\\n\\\n    - two\\n\\\n    - three"',
        '"one\\n\n    - two"',
        "'one\n\n    - two\n\n    - three'",
        ">\n    prose\n    on lines\n\n    - one item\n\n    - another",
        ">\n    a list:\n      - one\n      - two\n    and prose",
        "|\n    one\n    - two\n    ```\n    code\n    ```",
        "|\n    | a | b |\n    | - | - |",
    ],
)
def test_wrapped_prose_and_lines_that_stay_lines_are_left_alone(answer: str) -> None:
    assert problems_in(card(answer)) == []


@pytest.mark.parametrize(
    ("answer", "column"),
    [
        (r'"C:\new"', 9),
        (r'"in C:\temp\next"', 12),
        (r'"$\beta$"', 8),
        (r'"$\frac{1}{2}$"', 8),
        (r'"$\theta$"', 8),
        (r'"$a \neq b$"', 10),
        (r'"\rho"', 7),
        (r'"snake\_case"', 12),
        (r'"a\0"', 8),
    ],
)
def test_an_escape_that_its_author_takes_for_a_backslash_and_a_letter_is_told(answer: str, column: int) -> None:
    assert problems_in(card(answer)) == [f"2:{column} warning escape"]


@pytest.mark.parametrize(
    "answer",
    [
        r'"one\ntwo\tthree"',
        r'"a \"word\" and a \\beta"',
        r'"C:\\new"',
        r'"\u4e2d\x41"',
        r'"Plan B:\nwait and see"',
        r'"$a$\nu and $b$\tthen"',
        r'"$$\na = b\n$$"',
        r"'C:\new $\theta$'",
        r"C:\new $\theta$",
    ],
)
def test_an_escape_that_is_meant_is_left_alone(answer: str) -> None:
    assert problems_in(card(answer)) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (card("&mut is a borrow"), ["2:6 warning unused-anchor"]),
        ("- {q: &x one, a: b}\n- {q: two, a: *x}\n", []),
        (card("&x one\n- q: &y 'two\n"), ["2:6 warning unused-anchor", "3:9 error syntax"]),
        (card("! important"), ["2:6 error custom-tag"]),
        (card("b\n  hint: >5"), ["3:9 warning empty"]),
        (card("b\n  hint: | c"), ["3:9 error syntax"]),
        (card("b\n  hint: |\n"), []),
        (card(">5"), ["2:6 error empty"]),
    ],
)
def test_a_sign_of_yaml_at_the_beginning_is_never_taken_for_itself_in_silence(text: str, problems: list[str]) -> None:
    assert problems_in(text) == problems


@pytest.mark.parametrize(
    "text", ["1.50", "0x10", "~", "null", "2024-01-01", "yes", "x\\", ":x", "= x", "<< x", "--- x", "1_000", "12:30"]
)
def test_what_other_readers_of_yaml_take_for_something_else_stays_the_text(text: str) -> None:
    [entry] = parse(Source(Path("x.yaml"), f"- q: k\n  a: {text}\n"), DeckName("x")).entries
    assert getattr(entry.note.kind, "answer", None) == text
    assert problems_in(card(text)) == []


SIGNS = [*"ab 12-?:[]{},&*!>|'\"%@`#~\\=<\t中：，“　$", "- ", ": ", " #", "&x ", "*x", "1. ", "```", "\\n", "\n    "]


@given(
    st.lists(st.sampled_from(SIGNS), max_size=8)
    .map("".join)
    .filter(lambda text: text.strip(" \n\t")[:1] not in "'\"|>")
)
def test_no_character_of_a_bare_text_is_lost_in_silence(written: str) -> None:
    text = card(written)
    if not problems_in(text):
        [entry] = parse(Source(Path("x.yaml"), text), DeckName("x")).entries
        assert isinstance(entry.note.kind, Basic)
        assert re.sub("[ \n\t]", "", entry.note.kind.answer) == re.sub("[ \n\t]", "", written)
