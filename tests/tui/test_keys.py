"""Keys: their names, their full-width twins, and how a person reads them."""

import re
import string
from pathlib import Path

import pytest
from tests.tui.learner import Learner
from textual.binding import Binding

from duly.errors import DulyError
from duly.settings import Settings
from duly.tui.app import DulyApp, binding_ids
from duly.tui.keys import TWINS, bind, help_rows, key_name, keymap, readable_keys, with_twins
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary
from duly.tui.screens.text_page import TextPage

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("character", "name"),
    [("a", "a"), ("A", "A"), ("1", "1"), ("?", "question_mark"), ("@", "at"), (":", "colon"), ("-", "minus"),
     ("？", "fullwidth_question_mark"), ("１", "１"), ("＠", "fullwidth_commercial_at")],
)  # fmt: skip
def test_a_character_has_textuals_name(character: str, name: str) -> None:
    assert key_name(character) == name


def test_each_character_of_ascii_has_a_twin_of_its_own() -> None:
    characters = string.ascii_letters + string.digits + string.punctuation
    assert len({TWINS[key_name(character)] for character in characters}) == len(characters)
    assert TWINS["space"] == "ideographic_space"


@pytest.mark.parametrize(
    ("keys", "all_keys"),
    [("1", "1,１"), ("U,ctrl+y", "U,ctrl+y,Ｕ"), ("?", "question_mark,fullwidth_question_mark"),
     ("space, enter", "space,enter,ideographic_space"), ("comma", "comma,fullwidth_comma"), ("1,１", "1,１")],
)  # fmt: skip
def test_keys_come_with_their_twins_each_once(keys: str, all_keys: str) -> None:
    assert with_twins(keys) == all_keys


def test_the_learners_own_keys_come_with_their_twins() -> None:
    assert keymap({"review.good": "space,l"}) == {"review.good": "space,l,ideographic_space,ｌ"}


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("space,enter,ideographic_space", "space ⏎"), ("question_mark,fullwidth_question_mark", "?"),
     ("j,down,ｊ", "j ↓"), ("ctrl+z", "ctrl+z"), ("pagedown", "pgdn"), ("at", "@")],
)  # fmt: skip
def test_a_person_reads_signs_not_names(keys: str, shown: str) -> None:
    assert readable_keys(keys) == shown


def test_bindings_of_one_wording_are_described_in_one_row() -> None:
    bindings = [bind("6", "digit(6)", "The option", "r.6"), bind("7", "digit(7)", "The option", "r.7")]
    assert help_rows(bindings, {}) == [("6 7", "The option")]
    assert help_rows(bindings, {"r.7": "x"}) == [("6 x", "The option")]


@pytest.mark.parametrize("face", [DulyApp, Review, DecksScreen, Summary, TextPage])
def test_no_key_of_a_screen_is_bound_twice_and_every_id_is_unique(face: type[DulyApp]) -> None:
    bindings = [binding for binding in face.BINDINGS if isinstance(binding, Binding)]
    keys = [key for binding in bindings for key in binding.key.split(",")]
    ids = [binding.id for binding in bindings]
    assert len(keys) == len(set(keys))
    assert len(ids) == len(set(ids)) and None not in ids


def test_every_id_in_the_list_of_keys_is_one_that_keys_may_be_given_to() -> None:
    listed_keys = re.findall(
        r"^\| `([a-z_.0-9]+)` \|", (ROOT / "docs" / "keys.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(listed_keys) > 100
    assert {*listed_keys} == {*binding_ids()}


@pytest.mark.parametrize(
    ("name", "nearest"), [("review.god", "review.good"), ("Review.good", "review.good"), ("app.hlep", "app.help")]
)
def test_keys_for_a_binding_that_there_is_not_are_refused_with_the_nearest_one(
    learner: Learner, own_world: Path, name: str, nearest: str
) -> None:
    with (
        learner.collection(Settings(keys={"review.undo": "x", name: "l"})) as collection,
        pytest.raises(DulyError) as caught,
    ):
        DulyApp(collection, sync=learner.sync)
    assert str(caught.value) == (
        f"{own_world / 'config.toml'}: there is no key binding {name!r}; did you mean {nearest!r}?"
    )
