"""A space is text in every field, whatever its width; keys have full-width twins only where no field has the focus."""

import pytest
from tests.tui.learner import Learner, press, screen, write
from textual.widgets import Input, TextArea

from duly.tui.screens.browse import Browse
from duly.tui.screens.review import Review

pytestmark = pytest.mark.slow

CARDS = "- {q: 十二时辰的前两个, a: 子　丑, typed: true, id: zi}\n- {q: What is COO?, a: coordinates, id: coo}\n"
FIELDS: dict[str, tuple[str, ...]] = {
    "a typed answer": ("a",),
    "a search": ("b", "slash", "ctrl+u"),
    "a filter of decks": ("slash",),
    "a search in help": ("question_mark", "slash"),
    "a question": ("n",),
    "an answer": ("n", "tab"),
    "a query": ("f",),
    "a command": ("ctrl+p",),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("space", [" ", "\u3000", "\u00a0", "\u2003"])
async def test_a_space_of_any_width_is_text_in_a_field(space: str, field: str, learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app() as pilot:
        await press(pilot, *FIELDS[field])
        before = pilot.app.screen
        box = pilot.app.focused
        assert isinstance(box, Input | TextArea)
        await write(pilot, "子")
        await press(pilot, space)
        await write(pilot, "丑")
        assert (box.value if isinstance(box, Input) else box.text) == f"子{space}丑"
        assert pilot.app.screen is before and pilot.app.focused is box
    assert learner.entries() == []


async def test_a_full_width_space_does_not_turn_a_typed_card_over(learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.review() as pilot:
        await write(pilot, "子")
        await press(pilot, "\u3000")
        review = pilot.app.screen
        assert isinstance(review, Review) and not review.session.is_revealed
        await write(pilot, "丑")
        await press(pilot, "enter")
        assert "✓ 子 丑" in screen(pilot)


async def test_a_full_width_space_selects_a_card_only_beside_the_search(learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app() as pilot:
        await press(pilot, "b", "slash", "\u3000")
        assert isinstance(pilot.app.screen, Browse) and not pilot.app.screen.selected_cards
        await press(pilot, "enter", "ideographic_space")
        assert len(pilot.app.screen.selected_cards) == 1
