"""A question that was reworded, on the screen."""

import pytest
from tests.tui.learner import Learner, press, rows, screen

from duly.cards import derived_id
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.rewording_question import RewordingScreen

OLD = derived_id("What does CSR stand for?")
REWORDED = "- q: What is CSR short for?\n  a: compressed sparse row\n"


async def learns(learner: Learner) -> None:
    """Answers the one card, whose question is then reworded."""
    learner.writes("- q: What does CSR stand for?\n  a: compressed sparse row\n")
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
    learner.writes(REWORDED)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_both_questions_are_shown_and_a_yes_keeps_the_progress(learner: Learner, size: tuple[int, int]) -> None:
    await learns(learner)
    async with learner.app(size=size) as pilot:
        assert isinstance(pilot.app.screen, RewordingScreen)
        assert rows(pilot)[0].split() == ["A", "question", "was", "reworded", "1/1"]
        assert "What does CSR stand for?" in screen(pilot) and "What is CSR short for?" in screen(pilot)
        await press(pilot, "y")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert rows(pilot)[0].endswith("due 0 · new 0 · done 1")
    assert (learner.folder / "deck.yaml").read_text() == f"{REWORDED}  id: {OLD}\n"


@pytest.mark.parametrize(("key", "asked_again"), [("n", False), ("l", True), ("escape", True)])
async def test_a_no_is_for_good_and_later_is_not(key: str, asked_again: bool, learner: Learner) -> None:
    await learns(learner)
    async with learner.app() as pilot:
        await press(pilot, key)
        assert isinstance(pilot.app.screen, DecksScreen)
    async with learner.app() as pilot:
        assert isinstance(pilot.app.screen, RewordingScreen) == asked_again
    assert (learner.folder / "deck.yaml").read_text() == REWORDED


async def test_a_file_that_changed_meanwhile_is_left_alone_and_it_is_said(learner: Learner) -> None:
    await learns(learner)
    async with learner.app() as pilot:
        learner.writes("- {q: something else, a: x}\n")
        await press(pilot, "y")
        assert "cannot be changed here" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)
    assert (learner.folder / "deck.yaml").read_text() == "- {q: something else, a: x}\n"
