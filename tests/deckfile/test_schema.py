"""The schema and the parser say the same."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName
from duly.deckfile.key_table import FILE_FIELDS, NOTE_FIELDS
from duly.deckfile.parse_file import parse
from duly.deckfile.schema import schema
from duly.deckfile.yaml.source import Source
from duly.problem import Severity

VALIDATOR = jsonschema.Draft7Validator(schema())

TEXTS = st.sampled_from(["x", "y z", "", " ", 1, 1.5, True, "{{c1::x}}", "a::b", "zh-Hans", "true", "x" * 65])
ANYTHING = st.one_of(TEXTS, st.lists(TEXTS, max_size=3), st.dictionaries(st.sampled_from("qab"), TEXTS, max_size=2))
KEYS = [field.key for field in (*NOTE_FIELDS, *FILE_FIELDS)]


FILLED = st.sampled_from(["x", "y z", 1, True])
OPTIONAL = {"id": FILLED, "tags": st.just(["a", 1]), "hint": TEXTS, "extra": TEXTS, "source": TEXTS}
VARIANT = st.sampled_from(
    [
        {},
        {"reverse": True},
        {"typed": "True"},
        {"typed": "exact", "also": ["c", 2]},
        {"wrong": ["b", 1]},
        {"reverse": False},
    ]
)


@st.composite
def spoilt(draw: st.DrawFn, good: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A good mapping of which, now and then, one key was added, left out or given something else."""
    made = dict(draw(good))
    if not draw(st.integers(0, 4)):
        key = draw(st.sampled_from([*made, *KEYS, "xyzzy"]))
        if draw(st.booleans()):
            made[key] = draw(ANYTHING)
        else:
            made.pop(key, None)
    return made


FURTHER = st.lists(
    st.fixed_dictionaries(
        {"face": st.sampled_from(["f", "x y", "front", "c1", 2]), "q": FILLED, "a": FILLED},
        optional={"typed": st.sampled_from([True, "False", "exact"])},
    ),
    max_size=2,
)
PAIRS = st.builds(
    lambda pair, variant, more: {**pair, **variant, **more},
    st.fixed_dictionaries({"q": FILLED, "a": FILLED}),
    VARIANT,
    st.fixed_dictionaries({}, optional={**OPTIONAL, "more": FURTHER}),
)
CLOZES = st.fixed_dictionaries({"cloze": st.just("{{c1::x}}")}, optional={**OPTIONAL, "typed": st.just(False)})
LINES = st.sampled_from(["1 rect .1 .1 .2 .2 = x", "2 polygon 0,0 1,0 1,1 oi=0", "0 text .1 .9 = y", "1 rect 2 2 1 1"])
OCCLUSIONS = st.fixed_dictionaries(
    {"image": st.just("a.png"), "regions": st.lists(LINES, min_size=1, max_size=3)},
    optional={"q": FILLED, "id": FILLED, "tags": st.just(["a"]), "extra": TEXTS, "reverse": st.just(False)},
)
CARDS = st.lists(spoilt(st.one_of(PAIRS, CLOZES, OCCLUSIONS)), max_size=3)
HEADS = {"deck": st.just("a::b"), "language": st.just("zh"), "tags": st.just(["a"])}
DECKS = st.one_of(CARDS, spoilt(st.fixed_dictionaries({"cards": CARDS}, optional=HEADS)), ANYTHING)

UNSAID = (
    "same-option", "same-face", "no-deletion", "bad-cloze-number", "no-region", "same-number", "outside-picture",
)  # fmt: skip
"""What a schema cannot say."""


def accepted(deck: object) -> bool:
    """Whether the parser takes a deck, written as JSON, which is YAML."""
    parsed = parse(Source(Path("x.yaml"), json.dumps(deck, ensure_ascii=False)), DeckName("x"))
    return not any(p.severity is Severity.ERROR and p.kind not in UNSAID for p in parsed.problems)


@given(DECKS)
def test_both_take_a_deck_or_both_refuse_it(deck: object) -> None:
    assert VALIDATOR.is_valid(deck) == accepted(deck)


@pytest.mark.parametrize(
    ("deck", "good"),
    [
        ([{"image": "a.png", "regions": [1]}], False),
        (None, True),
        ([], True),
        ({"cards": None}, True),
        ([{"q": "a", "a": False}], True),
        ([{"q": "a", "a": "b", "tags": None, "hint": None}], True),
        ([{"q": "a", "a": None}], False),
        ([{"q": "a", "a": "b", "reverse": True, "typed": False}], True),
        ([{"q": "a", "a": "b", "reverse": True, "typed": "True"}], False),
        ([{"q": "a", "a": "b", "wrong": ["c"], "typed": True}], False),
        ([{"q": "a", "a": "b", "cloze": "{{c1::x}}"}], False),
        ([{"cloze": "{{c1::x}}", "reverse": False}], True),
        ([{"cloze": "{{c1::x}}", "wrong": ["x"]}], False),
        ({"deck": "a", "language": False, "cards": []}, True),
        ({"deck": "a::", "cards": []}, False),
    ],
)
def test_the_schema_takes_what_an_editor_makes_of_a_good_deck(deck: object, good: bool) -> None:
    assert VALIDATOR.is_valid(deck) is good


def test_the_schema_is_a_schema_and_describes_every_field() -> None:
    made = schema()
    jsonschema.Draft7Validator.check_schema(made)
    card = made["definitions"]["card"]["properties"]
    assert {key: bool(value["description"]) for key, value in card.items()} == {
        field.key: True for field in NOTE_FIELDS
    }
