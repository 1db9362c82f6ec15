"""Plain headings and lists, read as notes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import lost_words, pairs, places

from duly.importers.outline import read, recognise

PATH = Path("notes.md")


def test_a_heading_is_answered_by_its_text_and_tagged_with_the_one_above() -> None:
    imported = read(
        PATH, "# 生物\n## 细胞\n生命的基本单位。\n\n### 线粒体\n能量工厂。\n\n- ATP\n## 植物\n### 叶\n光合作用"
    )
    assert [(note.question, note.deck, note.tags) for note in imported.notes] == [
        ("细胞", "生物", ()), ("线粒体", "生物", ("细胞",)), ("叶", "生物", ("植物",)),
    ]  # fmt: skip
    assert pairs(imported)[1] == ("线粒体", "能量工厂。\n\n- ATP")
    assert (imported.title, imported.problems) == ("生物", ())


def test_a_member_of_a_list_is_answered_by_what_stands_under_it() -> None:
    imported = read(
        PATH, "## Parts\n- Nucleus\n  - holds DNA\n- Mitochondria\n  makes ATP\n\n  - and\n  - more\n1. x\n\ty"
    )
    assert pairs(imported) == [("Nucleus", "holds DNA"), ("Mitochondria", "makes ATP\n\n- and\n- more"), ("x", "y")]
    assert {note.tags for note in imported.notes} == {("Parts",)}


def test_a_list_without_answers_is_an_answer() -> None:
    assert pairs(read(PATH, "## Oceans\n- Pacific\n- Atlantic")) == [("Oceans", "- Pacific\n- Atlantic")]
    assert pairs(read(PATH, "## Bold\n**a** b\n  c")) == [("Bold", "**a** b\n  c")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("above\n# T\nunder the title\n## A\nx", [(1, "not-placed"), (3, "not-placed")]),
        ("- a\n  - b\n- c", [(3, "not-placed")]),
        ("## A\nx\n## A\ny", [(3, "same-question")]),
        ("---\ntags: [t]\nauthor: x\n---\n## A\nx", [(3, "not-placed")]),
    ],
)
def test_text_that_makes_no_card_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert places(read(PATH, text)) == expected


def test_a_text_without_answers_is_not_recognised() -> None:
    assert not recognise(PATH, "text\n# Title\n- a\n- b".replace("\n- a\n- b", "")).confidence
    assert recognise(PATH, "- a\n  - b").confidence


LINES = st.sampled_from(["# a{}", "## b{}", "### c{}", "- d{}", "  - e{}", "  f{}", "g{}", "", "```", "1. h{}", "---"])


@given(st.lists(LINES, max_size=14))
def test_every_line_is_in_a_card_or_reported(lines: list[str]) -> None:
    text = "\n".join(line.replace("{}", str(number)) for number, line in enumerate(lines))
    assert lost_words(text, read(PATH, text), besides="#.*") == []
