"""JSON Lines, read as notes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import places

from duly.cards import Basic, Choice, Cloze, Reversed, Typed
from duly.importers.json_cards import read_lines as read
from duly.importers.json_cards import recognise_lines as recognise

PATH = Path("cards.jsonl")


def test_every_kind_of_note_is_an_object_on_a_line() -> None:
    text = """\
{"q": "什么是过拟合？", "a": "记住了训练数据", "tags": ["ml", "a b"], "hint": "h", "extra": "e", "id": "x"}
{"question": "a", "answer": 1, "reverse": true, "deck": "D::E"}

{"q": "b", "a": "x", "typed": true, "tags": "t u"}
{"q": "c", "a": "x", "wrong": ["y", 2]}
{"cloze": "{{c1::d}}\\r\\ne"}
"""
    imported = read(PATH, text)
    assert [note.kind for note in imported.notes] == [
        Basic("什么是过拟合？", "记住了训练数据"), Reversed("a", "1"), Typed("b", "x"), Choice("c", "x", ("y", "2")),
        Cloze("{{c1::d}}\ne"),
    ]  # fmt: skip
    first, second, third, *_ = imported.notes
    assert (first.id, first.tags, first.hint, first.extra) == ("x", ("ml", "a", "b"), "h", "e")
    assert (second.deck, third.tags, third.source) == ("D::E", ("t", "u"), "cards.jsonl, line 4")
    assert imported.problems == ()


@pytest.mark.parametrize("number", ["1.10", "0", "-0", "1e400", "1E3", "NaN", "1" * 5000])
def test_a_number_is_kept_as_it_is_written(number: str) -> None:
    imported = read(PATH, f'{{"q": "how much?", "a": {number}, "tags": [{number[:9]}]}}')
    assert [(note.kind, note.tags) for note in imported.notes] == [(Basic("how much?", number), (number[:9],))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("nope", "not-placed"),
        ("[1]", "not-placed"),
        ("[" * 100_000, "not-placed"),
        ('{"q": "a"}', "no-answer"),
        ('{"q": "a", "a": "b", "colour": "red"}', "key-left-out"),
        ('{"q": "a", "a": "b", "typed": "yes"}', "key-left-out"),
        ('{"q": ["a"], "a": "b"}', "key-left-out"),
        ('{"q": "a", "a": "b", "wrong": ["b"]}', "same-option"),
        ('{"cloze": "a"}', "no-deletion"),
    ],
)
def test_a_line_that_makes_no_card_and_a_key_without_place_are_reported(line: str, kind: str) -> None:
    assert (2, kind) in places(read(PATH, f'{{"q": "x", "a": "y"}}\n{line}'))


def test_lone_surrogates_are_replaced() -> None:
    (note,) = read(PATH, '{"q": "a\\ud800", "a": "b"}').notes
    assert note.question == "a\ufffd"


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("a.jsonl", "", True),
        ("a.txt", '\n{"front": "a"}', True),
        ("a.txt", '{"x": "a"}', False),
        ("a.txt", "{{c1::x}}", False),
    ],
)
def test_json_lines_are_known_by_name_or_by_a_key(name: str, text: str, is_one: bool) -> None:
    assert bool(recognise(Path(name), text).confidence) is is_one


VALUES = st.sampled_from(
    [None, True, 0, -1.5, "", "a", "b c", "{{c1::x}}", [], ["a"], [1, None], [["a"]], {}, {"a": "b"}]
)
KEYS = st.sampled_from(["q", "a", "cloze", "tags", "wrong", "typed", "reverse", "id", "deck", "hint", "x"])


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=5), max_size=4))
def test_every_object_is_a_note_or_reported(objects: list[dict[str, object]]) -> None:
    imported = read(PATH, "\n".join(json.dumps(value) for value in objects))
    reported_numbers = {
        line
        for problem in imported.problems
        for line in range(problem.place.line, int(str(problem.message.values.get("last", problem.place.line))) + 1)
    }
    note_numbers = {note.place.line for note in imported.notes if note.place}
    assert reported_numbers | note_numbers >= set(range(1, len(objects) + 1))
