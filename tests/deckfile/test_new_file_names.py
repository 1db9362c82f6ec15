"""New deck files have names that every system takes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName
from duly.deckfile.new_file_names import file_below, file_for_deck, name_to_write
from duly.deckfile.values import is_deck

FOLDER = Path("cards")


@pytest.mark.parametrize(
    ("deck", "file"),
    [
        ("ml::sparse", "ml/sparse.yaml"),
        ("日本語", "日本語.yaml"),
        ("CON", "CON_.yaml"),
        ("aux::COM1::x", "aux_/COM1_/x.yaml"),
        ("nul.v2", "nul_.v2.yaml"),
        ("Lpt9 .x", "Lpt9 _.x.yaml"),
        ("COM¹", "COM¹_.yaml"),
        ("console", "console.yaml"),
        ("wait...", "wait_.yaml"),
        ("a. ::b .", "a_/b_.yaml"),
        (".hidden", "_hidden.yaml"),
        ("../up", "__up.yaml"),
        ("What: is/this?", "What_ is_this_.yaml"),
    ],
)
def test_a_deck_has_a_file_by_its_name_as_far_as_every_system_takes_it(deck: str, file: str) -> None:
    assert file_for_deck(FOLDER, DeckName(deck)) == FOLDER / file


def test_a_long_name_is_cut_and_ends_in_nothing_that_windows_drops() -> None:
    assert file_for_deck(FOLDER, DeckName("x" * 59 + " y")).name == "x" * 59 + "_.yaml"


@given(st.text().filter(is_deck))
def test_no_name_is_refused_hidden_or_changed_by_any_system_and_the_deck_can_still_be_told(deck: str) -> None:
    file = file_for_deck(FOLDER, DeckName(deck))
    below = file.relative_to(FOLDER)
    assert len(below.parts) == len(deck.split("::"))
    for name in (*below.parts, below.stem):
        assert not set(name) & set('<>:"/\\|?*\0')
        assert name == name.rstrip(". ") and not name.startswith(".")
    assert name_to_write(file, FOLDER, DeckName(deck)) in ("", deck)


def test_a_name_of_which_nothing_is_left_is_one_still() -> None:
    assert file_below(FOLDER, ["", "..."]) == FOLDER / "_" / "_.yaml"
