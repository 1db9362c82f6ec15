"""The statistics screen: charts, decks, periods, and the figures as a file."""

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from tests.tui.learner import Learner, press, rows, screen, shows

from duly.evaluation.evaluate import Evaluation, evaluate
from duly.evaluation.predictors import Fit
from duly.evaluation.scored_answers import Answer
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.exam import ExamScreen
from duly.tui.screens.statistics import JSON_FILE, PAGE_FILE, StatisticsScreen

TWO = "deck: ml::nn\ncards:\n- {q: What is CSR?, a: a format, id: csr}\n"
ART = "deck: art\ncards:\n- {q: What is blue?, a: a colour, id: blue}\n"


async def test_answers_are_counted_for_the_chosen_deck(learner: Learner) -> None:
    learner.writes(TWO, "1.yaml")
    learner.writes(ART, "2.yaml")
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "4", "q", "s")
        assert isinstance(pilot.app.screen, StatisticsScreen)
        assert rows(pilot)[0].startswith(" Statistics · All decks · 1 year")
        assert "2 answers on 1 day" in screen(pilot)
        await press(pilot, "d", "j", "j", "enter")
        assert rows(pilot)[0].startswith(" Statistics · ml › nn · 1 year")
        assert "1 answer on 1 day" in screen(pilot)
        await press(pilot, "d", "escape")
        assert "ml › nn" in rows(pilot)[0]
        await press(pilot, "d", "k", "k", "space")
        assert "All decks" in rows(pilot)[0]


async def test_the_charts_go_round_in_both_directions(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "s")
        headings = [rows(pilot)[0]]
        for _ in range(8):
            await press(pilot, "right")
            headings.append(rows(pilot)[0])
        assert len(set(headings)) == 8
        assert headings[0] == headings[8]
        await press(pilot, "h")
        assert rows(pilot)[0] == headings[7]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_the_period_goes_from_a_year_to_all_time_to_a_month(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "q", "s")
    learner.now = learner.now.replace(year=2028)
    async with learner.app() as pilot:
        await press(pilot, "s")
        assert "0 answers on 0 days" in screen(pilot)
        await press(pilot, "p")
        assert "all time" in rows(pilot)[0]
        assert "1 answer on 1 day" in screen(pilot)
        await press(pilot, "p")
        assert "1 month" in rows(pilot)[0]
        assert "0 answers on 0 days" in screen(pilot)


async def test_the_figures_are_written_to_a_file(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "q", "s", "x")
        assert "Written to" in screen(pilot)
        assert json.loads(JSON_FILE.read_text())["answers"] == 1


async def test_a_folder_that_cannot_be_written_is_said(learner: Learner) -> None:
    learner.writes(TWO)
    Path(JSON_FILE).mkdir()
    async with learner.app() as pilot:
        await press(pilot, "s", "x")
        assert "duly-statistics.json cannot be written" in screen(pilot)


async def test_the_evaluation_is_a_page_with_its_verdict(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "s", "e")
        assert await shows(pilot, "What predicts your answers")
        assert "400 more are needed" in " ".join(screen(pilot).split())
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, StatisticsScreen)


async def test_who_leaves_while_the_answers_are_measured_is_not_called_back(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.writes(TWO)
    measuring, screen_left = Event(), Event()

    def slowly(answers: Sequence[Answer], fit: Fit | None) -> Evaluation:
        measuring.set()
        screen_left.wait(10)
        return evaluate(answers, fit)

    monkeypatch.setattr("duly.study.record_fitting.evaluate", slowly)
    async with learner.app() as pilot:
        await press(pilot, "s", "e")
        assert measuring.wait(10)
        await press(pilot, "escape")
        screen_left.set()
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_an_exam_is_planned_for_the_chosen_deck(learner: Learner) -> None:
    learner.writes(TWO, "1.yaml")
    learner.writes(ART, "2.yaml")
    async with learner.app() as pilot:
        await press(pilot, "s", "d", "j", "j", "enter", "g")
        assert isinstance(pilot.app.screen, ExamScreen)
        assert rows(pilot)[0].startswith(" Exam · ml › nn · 2026-03-31")


async def test_the_charts_are_written_as_a_page(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "q", "s", "w")
        assert await shows(pilot, "Written to")
        assert PAGE_FILE.read_text(encoding="utf-8").startswith("<!doctype html>")


async def test_a_file_that_is_no_page_of_duly_is_not_overwritten(learner: Learner) -> None:
    learner.writes(TWO)
    PAGE_FILE.write_text("<p>my own page</p>")
    async with learner.app() as pilot:
        await press(pilot, "s", "w")
        assert await shows(pilot, "is not a page written by duly")
    assert PAGE_FILE.read_text() == "<p>my own page</p>"
