"""Reworded questions and progress without a card, as the commands tell of them."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.cli.test_quiz import duly

from duly.cards import derived_id

OLD, NEW = derived_id("What does CSR stand for?"), derived_id("What is CSR short for?")
REWORDED = "- q: What is CSR short for?\n  a: compressed sparse row\n"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck whose only card was learned and then reworded."""
    file = tmp_path / "d.yaml"
    file.write_text("- q: What does CSR stand for?\n  a: compressed sparse row\n")
    duly("quiz", file, typed=["", "3"])
    file.write_text(REWORDED)
    return file


def test_check_warns_with_the_place_and_what_to_do(deck: Path) -> None:
    run = duly("check", deck)
    assert run.returncode == 0
    assert run.stdout.startswith(
        f"{deck}:1:3: warning: this seems to be the question 'What does CSR stand for?' in other words; "
        f"to keep its progress, write id: {OLD} here, or say yes in duly stamp\n"
        f"  {REWORDED.splitlines()[0]}\n    ^\n"
    )
    assert [one["kind"] for one in json.loads(duly("check", "--json", deck).stdout)["problems"]] == ["reworded"]


def test_a_script_that_stamps_must_say_what_is_meant(deck: Path) -> None:
    run = duly("stamp", deck)
    assert (run.returncode, run.stdout, deck.read_text()) == (1, "", REWORDED)
    assert "in other words" in run.stderr
    assert duly("stamp", "--relink", deck).stdout == f"{deck}:1:3: progress kept\nnothing to stamp\n"
    assert deck.read_text() == f"{REWORDED}  id: {OLD}\n"


def test_without_relinking_the_question_gets_an_id_of_its_own(deck: Path) -> None:
    assert duly("stamp", "--no-relink", deck).stdout == f"{deck}: 1 note stamped\n"
    assert deck.read_text() == f"{REWORDED}  id: {NEW}\n"


@pytest.mark.parametrize(("typed", "asked"), [(["x", "Y"], False), (["n", "q"], True), (["", "q"], True)])
def test_the_quiz_asks_before_the_first_card(typed: list[str], asked: bool, deck: Path) -> None:
    run = duly("quiz", deck, typed=typed)
    assert run.stdout.startswith(f"{deck}:1:3: this question seems to have been reworded.\n  was: What does CSR")
    assert ("[1/1]" in run.stdout or "[2/2]" in run.stdout) == asked
    assert deck.read_text() == (REWORDED if asked else f"{REWORDED}  id: {OLD}\n")


def test_orphans_are_listed_and_given_to_a_card(deck: Path) -> None:
    def listed(*arguments: str) -> subprocess.CompletedProcess[str]:
        return duly("orphans", deck, *arguments)

    assert listed().stdout == (
        f"{OLD}  d  1 repetition\n    What does CSR stand for?\n1 note is gone and has progress\n"
    )
    (row,) = json.loads(listed("--json").stdout)
    assert (row["id"], row["deck"], row["file"], row["answer"]) == (OLD, "d", str(deck), "compressed sparse row")
    assert row["cards"]["front"]["interval"] == 1
    assert listed("--relink", "gone", NEW).returncode == 2
    assert listed("--relink", OLD, NEW).stdout == f"{deck}:1:3: progress kept\n"
    assert deck.read_text() == f"{REWORDED}  id: {OLD}\n"
    assert listed().stdout == "0 notes are gone and have progress\n"
