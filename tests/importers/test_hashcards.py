"""Markdown of hashcards and repeater, read as notes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import lost_words, pairs, places

from duly.cards import Cloze
from duly.importers.hashcards import read, recognise

PATH = Path("geo.md")


def cloze(text: str) -> str:
    (note,) = read(PATH, text).notes
    assert isinstance(note.kind, Cloze)
    return note.kind.text


def test_questions_answers_and_clozes_of_several_lines() -> None:
    imported = read(
        PATH, "Q: List\nthe oceans.\nA:\n\n- Pacific\n\n- Atlantic\n\nC:\n[水] boils at\n[100 °C].\n\nQ: a\nA: b\n"
    )
    assert [note.kind for note in imported.notes if isinstance(note.kind, Cloze)] == [
        Cloze("{{c1::水}} boils at\n{{c2::100 °C}}.")
    ]
    assert pairs(read(PATH, "Q: List\nthe oceans.\nA:\n\n- Pacific\n\n- Atlantic\n\nQ: a\nA: b\n")) == [
        ("List\nthe oceans.", "- Pacific\n\n- Atlantic"), ("a", "b"),
    ]  # fmt: skip
    assert imported.problems == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The [order] of a [group].", "The {{c1::order}} of a {{c2::group}}."),
        (r"An \[escaped\] [one].", r"An \[escaped\] {{c1::one}}."),
        ("![a [b]](c.png) and [d](e) and [f].", "![a [b]](c.png) and [d](e) and {{c1::f}}."),
        ("In $[0,1]$ and `x[1]`, [x].", "In $[0,1]$ and `x[1]`, {{c1::x}}."),
        ("[Ecclesiastes] [6]:[9]", "{{c1::Ecclesiastes}} {{c2::6}}:{{c3::9}}"),
        ("[$\\frac{1}{\\sqrt{2}}$] is [std::sqrt]", "{{c1::$\\frac{1}{\\sqrt{2}}$}} is {{c2::std:\\:sqrt}}"),
        ("[a [b] c] [^1] [ ] [] [d", "{{c1::a [b] c}} [^1] [ ] [] [d"),
        (r"\``[a]` [b] \`` [c]", r"\``[a]` {{c1::b}} \`` {{c2::c}}"),
        ("tasks [x]\n- [x] done", "tasks {{c1::x}}\n- [x] done"),
        ("[x]\n```\na[0]\n```", "{{c1::x}}\n```\na[0]\n```"),
        ("[see [x](y)] now", "{{c1::see [x](y)}} now"),
    ],
)
def test_brackets_hide_unless_they_are_something_else(text: str, written: str) -> None:
    assert cloze(f"C: {text}") == written


def test_front_matter_names_the_deck() -> None:
    imported = read(PATH, '---\nname = "地理::首都"\n---\n\nQ: a\nA: b')
    assert (imported.title, imported.notes[0].deck, imported.problems) == ("地理::首都", "地理::首都", ())
    assert places(read(PATH, '---\nname = "G"\nother = 1\n---\nQ: a\nA: b')) == [(3, "not-placed")]
    assert pairs(read(PATH, "---\nQ: a\nA: b\n---")) == [("a", "b")]


def test_a_line_with_two_colons_outside_of_cards_is_a_card() -> None:
    imported = read(PATH, "what::it is\n`a::b`\nQ: a\nA: std::b\n---\n两个::冒号\n")
    assert pairs(imported) == [("what", "it is"), ("a", "std::b"), ("两个", "冒号")]
    assert places(imported) == [(2, "not-placed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("notes\nmore\nQ: a\nA: b\n---\nnotes", [(1, "not-placed"), (6, "not-placed")]),
        ("Q: a\nQ: b\nA: c", [(1, "no-answer")]),
        ("Q: a\nA: b\nA: c", [(3, "second-answer")]),
        ("A: b", [(1, "not-placed")]),
        ("C: nothing\nhere", [(1, "no-deletion")]),
        ("C: [`a}}b`]", [(1, "unwritable-cloze")]),
        ("  Q: a\n  A: b", [(1, "not-placed")]),
        ("::b", [(1, "no-question")]),
    ],
)
def test_text_that_makes_no_card_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert places(read(PATH, text)) == expected


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("C: a [b]", True),
        ('---\nname = "x"\n---\nQ: a\nA: b', True),
        ("Q: a\nA: b\n---\nc::d", True),
        ("Q: which?\nA: one\nB: two\nC: three", False),
        ("Q: a\nA: b", False),
        ("```\nC: [x]\n```", False),
    ],
)
def test_a_text_of_hashcards_is_recognised_by_its_own_syntax(text: str, is_one: bool) -> None:
    assert bool(recognise(PATH, text).confidence) is is_one


LINES = st.sampled_from(
    ["Q: a{}", "A: b{}", "C: c{} [d{}]", "e{}", "", "---", "```", "f{}::g{}", "[h{}", "i{}]", "\\[j{}\\]", "`k{}",
     "$l{}", "![m{}](n{}.png)", "  o{}", "# p{}"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_every_line_is_in_a_card_or_reported(lines: list[str]) -> None:
    text = "\n".join(line.replace("{}", str(number)) for number, line in enumerate(lines))
    assert lost_words(text, read(PATH, text)) == []
