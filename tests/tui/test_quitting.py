"""ctrl+c: it copies what is selected; elsewhere it says, in our own words, how to quit."""

import pytest
from tests.tui.learner import Learner, press, rows, screen, shows, write

from duly.i18n import set_language
from duly.settings import Settings

pytestmark = pytest.mark.slow

CARDS = "- {q: What is CSR?, a: a format}\n- {q: What is COO?, a: another}\n"
PLACES: dict[str, tuple[str, ...]] = {
    "decks": (),
    "a question": ("a",),
    "an answer": ("a", "space"),
    "an answer that is typed": ("a", "t"),
    "card info": ("a", "i"),
    "a day that is asked for": ("a", "d"),
    "a new card": ("n",),
    "browse": ("b",),
    "a search": ("b", "slash"),
    "a card shown whole": ("b", "enter"),
    "sorting": ("b", "o"),
    "statistics": ("s",),
    "settings": ("comma",),
    "help": ("question_mark",),
    "all commands": ("ctrl+p",),
}


@pytest.mark.parametrize("place", PLACES)
async def test_ctrl_c_says_everywhere_how_to_quit(place: str, learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app() as pilot:
        await press(pilot, *PLACES[place])
        before = pilot.app.screen
        await press(pilot, "ctrl+c")
        assert await shows(pilot, "ctrl+q quits duly.")
        assert not pilot.app._notifications
        assert pilot.app.is_running and pilot.app.screen is before


async def test_ctrl_c_leaves_the_grades_in_sight_and_says_it_in_the_learners_language(learner: Learner) -> None:
    set_language("zh")
    learner.writes(CARDS)
    async with learner.review(size=(40, 12)) as pilot:
        await press(pilot, "space", "ctrl+c")
        assert rows(pilot)[-1].strip() == "按 ctrl+q 退出 duly。"
        assert all(word in screen(pilot) for word in ("重来", "困难", "良好", "简单"))


async def test_ctrl_c_names_the_key_that_quits_in_the_settings(learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app(settings=Settings(keys={"app.quit": "f10,ctrl+x"})) as pilot:
        await press(pilot, "ctrl+c")
        assert "f10 ctrl+x quits duly." in screen(pilot)


@pytest.mark.parametrize("place", PLACES)
async def test_ctrl_q_quits_everywhere(place: str, learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app() as pilot:
        await press(pilot, *PLACES[place], "ctrl+q")
        assert not pilot.app.is_running and pilot.app.return_code == 0


async def test_ctrl_c_copies_the_selection_of_an_input_line(learner: Learner) -> None:
    learner.writes(CARDS)
    async with learner.app() as pilot:
        await press(pilot, "b", "slash")
        await write(pilot, "COO")
        await press(pilot, "shift+left", "shift+left", "ctrl+c")
        assert pilot.app.clipboard == "OO"
        assert "quits duly" not in screen(pilot)
