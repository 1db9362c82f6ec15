"""A terminal that gets another size under an open box leaves no screen below at its old size."""

import pytest
from tests.tui.learner import Learner, press, resized, screen

pytestmark = pytest.mark.slow

DECK = """\
deck: Numbers
cards:
  - {q: What comes after one, a: two, id: one}
  - {q: What comes after two, a: three, id: two}
"""
SCREENS = {"decks": (), "settings": ("comma",), "statistics": ("s",), "browse": ("b",), "review": ("enter",)}


@pytest.mark.parametrize("box", ["question_mark", "i"])
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_a_screen_under_a_box_has_the_new_size_once_the_box_is_closed(
    keys: tuple[str, ...], box: str, learner: Learner
) -> None:
    learner.writes(DECK)
    async with learner.app() as pilot:
        await press(pilot, *keys)
        await resized(pilot, 120, 40)
        expected = screen(pilot)
        await press(pilot, box)
        await resized(pilot, 40, 12)
        await resized(pilot, 120, 40)
        if screen(pilot) != expected:  # on some screens `i` opens nothing
            await press(pilot, "escape")
        assert screen(pilot) == expected
