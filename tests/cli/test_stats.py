"""``duly stats``: charts for people, figures for programs."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.student import Student, answer

from duly.scheduling.grade import Grade


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two decks of a card each, both answered an evening ago."""
    monkeypatch.setenv("DULY_NOW", "2026-03-02T21:00:00+08:00")
    monkeypatch.setenv("COLUMNS", "40")
    student = Student(tmp_path)
    student.writes("deck: ml\ncards: [{q: a, a: x}]", "1.yaml")
    student.writes("deck: art\ncards: [{q: b, a: x}]", "2.yaml")
    session = student.session()
    answer(session, Grade.GOOD)
    answer(session, Grade.EASY)
    student.leaves()
    return tmp_path


def printed(folder: Path, *options: str) -> str:
    run = call("stats", folder, "--db", folder / "duly.db", *options)
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def test_every_chart_is_drawn_in_the_width_of_the_terminal(folder: Path) -> None:
    lines = printed(folder).splitlines()
    assert lines[0] == "2 answers on 1 day · 0.0 s"
    assert "Today 2 · tomorrow 0 · 7 days 2 · 30" in lines
    assert max(map(len, lines)) <= 40
    assert next(line for line in lines if line.startswith("Easy")).split()[2:] == ["1", "50%"]


def test_json_has_the_figures_of_a_deck_and_a_period(folder: Path) -> None:
    figures = json.loads(printed(folder, "--json", "--deck", "ml", "--period", "month"))
    assert (figures["answers"], figures["period"], figures["grades"]) == (1, "month", {"4": 1})
    assert figures["stages"] == {"young": 1}
    assert json.loads(printed(folder, "--json"))["answers"] == 2


def test_a_deck_that_is_not_there_is_told(folder: Path) -> None:
    run = call("stats", folder, "--db", folder / "duly.db", "--deck", "mll")
    assert str(run.exception) == "there is no deck 'mll'; did you mean ml?"
