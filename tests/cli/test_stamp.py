"""``duly stamp``."""

from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.cards import derived_id

stamp = partial(call, "stamp")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "a.yaml"
    file.write_text("- q: one\n  a: x\n- q: two\n  a: y\n  id: mine\n")
    return file


def test_ids_are_written_and_counted(deck: Path) -> None:
    result = stamp(deck.parent)
    assert (result.exit_code, result.output) == (0, f"{deck}: 1 note stamped\n")
    assert deck.read_text() == f"- q: one\n  a: x\n  id: {derived_id('one')}\n- q: two\n  a: y\n  id: mine\n"
    assert stamp(deck.parent).output == "nothing to stamp\n"


def test_checking_writes_nothing_and_fails_where_an_id_is_missing(deck: Path) -> None:
    before = deck.read_bytes()
    result = stamp("--check", deck)
    assert (result.exit_code, result.output, deck.read_bytes()) == (1, f"{deck}: 1 note without an id\n", before)
    stamp(deck)
    assert stamp("--check", deck).exit_code == 0


def test_problems_go_to_standard_error_and_the_good_notes_are_stamped(deck: Path) -> None:
    deck.write_text("- q: one\n  a: x\n- q: two\n")
    result = stamp(deck)
    assert (result.exit_code, result.stdout) == (1, f"{deck}: 1 note stamped\n")
    assert result.stderr.startswith(f"{deck}:3:3: error: this card has no a:")
