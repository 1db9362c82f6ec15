"""The mouse: a click turns a card, chooses an option, presses a key of the bottom line; the wheel scrolls."""

import pytest
from tests.tui.learner import Learner, press, rows, screen
from tests.tui.settling import settled
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from duly.scheduling.grade import Grade
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.help import Help
from duly.tui.screens.review import Review
from duly.tui.widgets.card_view import CardView

CHOICE = "- {q: Which half is GPT built from?, a: the decoder, wrong: [the encoder, both halves], id: gpt}"
LONG = "- {q: Count., id: long, a: '" + " ".join(f"{number}.\n\n" for number in range(1, 61)) + "'}"


async def click(pilot: Pilot[None], text: str) -> None:
    """Clicks where a text begins on the screen."""
    row, line = next((number, line) for number, line in enumerate(rows(pilot)) if text in line)
    await pilot.click(offset=(line.index(text), row))
    await settled(pilot)


async def test_a_click_on_the_question_turns_it_and_one_on_a_button_grades(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format, id: csr}")
    async with learner.review() as pilot:
        await click(pilot, "What is CSR?")
        assert "a format" in screen(pilot)
        await click(pilot, "a format")
        assert isinstance(pilot.app.screen, Review)
        await click(pilot, "4 Easy")
    assert learner.grades() == [Grade.EASY]


@pytest.mark.parametrize(("option", "mark"), [("the decoder", "✓"), ("the encoder", "✗"), ("both halves", "✗")])
async def test_a_click_on_an_option_chooses_it(option: str, mark: str, learner: Learner) -> None:
    learner.writes(CHOICE)
    async with learner.review() as pilot:
        await click(pilot, option)
        assert any(line.strip().startswith(mark) and option in line for line in rows(pilot))


async def test_a_click_on_a_key_in_the_bottom_line_presses_it(learner: Learner) -> None:
    learner.writes(CHOICE)
    async with learner.review() as pilot:
        await click(pilot, "? help")
        assert isinstance(pilot.app.screen, Help)
        await press(pilot, "escape")
        await click(pilot, "show answer")
        assert "✓" in screen(pilot)
        await click(pilot, "q back")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_the_wheel_scrolls_a_long_answer(learner: Learner) -> None:
    learner.writes(LONG)
    async with learner.review() as pilot:
        await press(pilot, "space")
        view = pilot.app.screen.query_one(CardView)
        await pilot._post_mouse_events([MouseScrollDown], view, button=0)
        await settled(pilot)
        assert view.scroll_y > 0
