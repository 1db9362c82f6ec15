"""Where YAML breaks off, one mistake costs one card."""

from pathlib import Path

import pytest

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import BOM, Source


def read(text: str) -> tuple[list[str], list[str]]:
    """The questions of the good notes with their decks, and the problems."""
    parsed = parse(Source(Path("x.yaml"), text), DeckName("x"))
    notes = [f"{entry.note.deck}/{entry.note.question}" for entry in parsed.entries]
    return notes, [f"{p.place.line}:{p.place.column} {p.kind}" for p in parsed.problems]


def test_every_broken_card_is_reported_and_every_other_one_loads() -> None:
    text = """\
- q: one
  a: 1
- q: two: three
  a: 2
- q: four
  a: 'it's'
# a remark
- q: five
  a: 5
- q: @six
  a: 6
- q: seven
  a:
"""
    problems = ["3:9 syntax", "6:10 syntax", "10:6 syntax", "13:5 empty"]
    assert read(text) == (["x/one", "x/five"], problems)


def test_a_quote_left_open_does_not_swallow_the_cards_after_it() -> None:
    text = "- q: 'one\n  a: 1\n- q: 'two'\n  a: 'it is 2'\n"
    assert read(text) == (["x/two"], ["1:6 syntax"])


def test_a_broken_card_keeps_the_head_of_its_file_on_both_sides() -> None:
    text = """\
deck: Outer::Inner
tags:
  - a
cards: # all of them
  - q: one
    a: two: three
  - q: four
    a: 4
language: zh
"""
    assert read(text) == (["Outer::Inner/four"], ["6:11 syntax"])


def test_a_broken_head_keeps_the_cards_out_and_reports_theirs_too() -> None:
    text = "deck: a: b\ncards:\n- q: one\n  a: 1\n- q: 'two\n"
    assert read(text) == ([], ["1:8 syntax", "5:6 syntax"])


def test_an_id_below_the_break_is_not_lost_in_silence() -> None:
    # The first two lines alone would be a good card, with another id than its author gave it.
    assert read("- q: one\n  a: 1\n id: mine\n- q: two\n  a: 2\n") == (["x/two"], ["3:2 syntax"])


def test_an_anchor_above_a_broken_card_serves_those_below() -> None:
    assert read("- q: &x one\n  a: 1\n- q: @\n- q: two\n  a: *x\n") == (["x/one", "x/two"], ["3:6 syntax"])


def test_control_characters_and_deep_nesting_cost_one_card_too() -> None:
    text = f"- q: a\x07\n  a: 1\n- q: {'[' * 50}\n- q: two\n  a: 2\n"
    assert read(text) == (["x/two"], ["1:7 control-character", "3:20 too-deep"])


def test_places_are_right_with_crlf_line_ends() -> None:
    assert read("- q: 好: x\r\n  a: 1\r\n- q: two\r\n  a: '2'3\r\n") == ([], ["1:7 syntax", "4:9 syntax"])


def test_where_no_list_of_cards_is_found_nothing_is_read_and_the_report_says_so() -> None:
    parsed = parse(Source(Path("x.yaml"), '[{q: a, a: b}, {q: "c]\n'), DeckName("x"))
    assert not parsed.entries
    (problem,) = parsed.problems
    assert (
        str(problem.message) == 'the quote opened here is never closed; close it with "; nothing of this file was read'
    )


def test_what_breaks_only_the_whole_is_reported_once() -> None:
    assert read("cards:\n  - q: one\n    a: 1\n - q: two\n   a: 2\n") == ([], ["4:2 syntax"])


@pytest.mark.parametrize("head", ["", "# a remark\n", "cards:\n", "tags: [a]\ncards:\n"])
def test_byte_order_marks_before_the_text_cost_no_card(head: str) -> None:
    text = f"{head}- q: one\n  a: 1\n- q: 'two\n  a: 2\n- q: three\n  a: 3\n"
    assert read(f"{BOM}{BOM}{text}")[0] == read(text)[0] == ["x/one", "x/three"]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (
            "- q: What: is this?\n  a: Note: colon here\n",
            ["1:10 text with a colon and a space", "2:10 text with a colon and a space"],
        ),
        ("- q: *bold* word\n  a: - minus\n", ["1:6 text cannot begin with *", "2:6 text cannot begin with -"]),
        (
            "- q: x: y\n  hnit: h\n  a: z\n  tags: [a b]\n  id: '\n",
            ["1:7 text with a colon", "4:10 'a b' is not a tag", "5:7 the quote opened here is never closed"],
        ),
        ("- q: x\n  tags: [a b]\n  id: ' y'\n", ["1:3 this card has no a:", "2:10 'a b' is not", "3:7 an id has"]),
        ("- qq: x\n  tags: [a b]\n", ["1:3 there is no key 'qq'", "2:10 'a b' is not a tag"]),
        ("- q: x\n  a: &n y: z\n  hint: *n\n", ["2:10 text with a colon"]),
    ],
)
def test_every_mistake_of_a_card_is_told_in_one_run(card: str, expected: list[str]) -> None:
    text = f"- q: before\n  a: b\n{card}- q: after\n  a: b\n"
    parsed = parse(Source(Path("x.yaml"), text), DeckName("x"))
    reports = [f"{each.place.line - 2}:{each.place.column} {each.message}" for each in parsed.problems]
    assert [shown[: len(start)] for shown, start in zip(reports, expected, strict=True)] == expected
    assert [entry.note.question for entry in parsed.entries] == ["before", "after"]
