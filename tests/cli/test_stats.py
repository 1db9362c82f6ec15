"""``duly stats``: charts for people, figures for programs."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.cli.calling import call
from tests.student import Student, answer

from duly.cards import DeckName
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


def test_an_unknown_deck_is_an_error(folder: Path) -> None:
    run = call("stats", folder, "--db", folder / "duly.db", "--deck", "mll")
    assert str(run.exception) == "there is no deck 'mll'; did you mean ml?"


def test_a_page_needs_nothing_else_and_holds_names_as_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    student = Student(folder)
    student.writes("deck: '<b>ml</b>'\ncards: [{q: '`<script>alert(1)</script>` 掩码?', a: x, id: bad}]", "3.yaml")
    for grade in (Grade.GOOD, *(Grade.AGAIN, Grade.GOOD) * 8):  # a leech, so that its question stands on the page
        answer(student.collection().session(DeckName("<b>ml</b>")), grade, "bad/front")
        student.sleeps(grade is Grade.GOOD)
    student.leaves()
    monkeypatch.setenv("DULY_NOW", student.now.isoformat())
    page = folder / "page.html"
    assert printed(folder, "--html", str(page), "--period", "all") == f"Written to {page}.\n"
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "src=" not in text
    assert "href=" not in text
    assert "&lt;b&gt;ml&lt;/b&gt;" in text
    assert "掩码?" in text
    assert "prefers-color-scheme: dark" in text
    assert text.count("<svg") == text.count("</svg>") > 10
    ElementTree.fromstring(text.removeprefix("<!doctype html>"))  # well-formed, so nothing in it was markup


def test_a_page_is_in_the_language_of_the_learner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    page = folder / "page.html"
    call("stats", folder, "--db", folder / "duly.db", "--html", page)
    text = page.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert "到期卡片中记住的比例" in text


def test_a_page_that_cannot_be_written_is_refused(folder: Path) -> None:
    run = call("stats", folder, "--db", folder / "duly.db", "--html", folder / "nowhere" / "page.html")
    assert run.exit_code == 1
    assert "cannot be written" in str(run.exception)
