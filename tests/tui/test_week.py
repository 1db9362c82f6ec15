"""A new user's first week: from an empty folder to the seventh evening, in both languages, wide and narrow."""

from datetime import timedelta

import pytest
from tests.tui.learner import Learner, press, screen
from textual.pilot import Pilot

from duly.i18n import set_language
from duly.scheduling.grade import Grade
from duly.tui.screens.first_run import FirstRun
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary

pytestmark = pytest.mark.slow

WORDS = {"en": ("1 Again", "Done for today", "current: 7"), "zh": ("1 重来", "今天学完了", "当前连续 7 天")}
"""What a learner reads on a turned card, at the end of a session, and in the statistics of the seventh day."""


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_new_user_learns_for_a_week(language: str, size: tuple[int, int], learner: Learner) -> None:
    set_language(language)
    turned, done, running = WORDS[language]
    async with learner.app(size=size) as pilot:
        assert isinstance(pilot.app.screen, FirstRun)
        await press(pilot, "enter", "space")
        assert isinstance(pilot.app.screen, Review)
        await study(pilot, turned, "313333")
        assert done in screen(pilot)
    for day in range(2, 8):
        learner.now += timedelta(days=1)
        learner.writes(f"- {{q: What did day {day} bring?, a: this}}\n", f"day{day}.yaml")
        async with learner.app(size=size) as pilot:
            await press(pilot, "a")
            await study(pilot, turned, "3")
            assert done in screen(pilot)
            await press(pilot, "q", "s")
            assert day < 7 or running in screen(pilot)
    assert learner.grades().count(Grade.AGAIN) == 1


async def study(pilot: Pilot[None], turned: str, grades: str) -> None:
    """Answers until today is done, with these grades and then the last of them; turned, every card offers them."""
    for number in range(40):
        await press(pilot, "enter")
        assert turned in screen(pilot)
        await press(pilot, grades[min(number, len(grades) - 1)])
        if isinstance(pilot.app.screen, Summary):
            return
    raise AssertionError("the day does not end")
