"""Clocks that are wrong: what each command says, and that none leaves a journal which cannot be read any more."""

from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.errors import DulyError

RIGHT = "2026-03-02T21:30:00+08:00"
FUTURE_TIME = "2027-03-02T21:30:00+08:00"
COMMANDS = ("due", "stats", "quiz --plain")


@pytest.fixture
def deck(own_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DULY_HOME", str(own_world))
    deck = tmp_path / "deck.yaml"
    deck.write_text("- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n", encoding="utf-8")
    return deck


def at(moment: str, *words: str | Path, monkeypatch: pytest.MonkeyPatch, typed: str = "") -> str:
    monkeypatch.setenv("DULY_NOW", moment)
    result = call(*words, input=typed)
    return f"{result.output}{result.exception if isinstance(result.exception, DulyError) else ''}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_shows_a_day_says_that_a_clock_was_ahead(
    deck: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    at(FUTURE_TIME, "quiz", "--plain", deck, typed="\n4\n", monkeypatch=monkeypatch)
    for _ in range(2):
        output = at(RIGHT, *command.split(), deck, monkeypatch=monkeypatch)
        assert "A clock was ahead: there are answers until 2027-03-02." in output


def test_entries_from_the_future_are_listed_and_dated_anew(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(FUTURE_TIME, "quiz", "--plain", deck, typed="\n4\n", monkeypatch=monkeypatch)
    at(RIGHT, "quiz", "--plain", deck, typed="\n3\n", monkeypatch=monkeypatch)
    assert at(RIGHT, "journal", "--future", "list", monkeypatch=monkeypatch).splitlines() == [
        "2027-03-02 21:30  a/front  Easy"
    ]
    output = at(RIGHT, "journal", "--future", "redate", monkeypatch=monkeypatch)
    assert output.splitlines()[-1] == "1 entry was given a new date."
    assert at(RIGHT, "journal", "--future", "list", monkeypatch=monkeypatch) == ""
    assert at(RIGHT, "due", deck, monkeypatch=monkeypatch) == "due 0, drill 0, new 0, done today 2\n"


@pytest.mark.parametrize("year", ["0001", "1969", "3000", "9999"])
@pytest.mark.parametrize("command", [*COMMANDS, "stamp", "journal --future list", "plan", "list"])
def test_a_clock_that_cannot_be_right_is_told_and_nothing_is_written(
    deck: Path, monkeypatch: pytest.MonkeyPatch, year: str, command: str
) -> None:
    where = [] if command.startswith("journal") else ["--in", deck] if command == "list" else [deck]
    output = at(f"{year}-12-31T23:59:59+00:00", *command.split(), *where, typed="\n4\n", monkeypatch=monkeypatch)
    assert command in ("stamp", "list", "plan") or f"the clock says that it is {year}-12-31; set it right" in output
    assert at(RIGHT, "journal", monkeypatch=monkeypatch) == ""


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00+00:00", "2999-12-31T23:59:59-12:00"])
def test_no_moment_that_is_written_down_keeps_statistics_from_being_shown(
    deck: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    at(moment, "quiz", "--plain", deck, typed="\n5\n" * 9, monkeypatch=monkeypatch)
    for now in (moment, RIGHT):
        for command in (("stats",), ("stats", "--period", "all", "--json"), ("due",)):
            at(now, *command, deck, monkeypatch=monkeypatch)
    assert "a/front" in at(RIGHT, "journal", monkeypatch=monkeypatch)
