"""Help: every binding, as it is in force, on a page over the screen it was asked from."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from tests.tui.learner import Learner, press, rows, screen
from textual.binding import Binding

from duly.markup.lines import text, width
from duly.settings import Settings
from duly.tui.app import DulyApp
from duly.tui.keys import written
from duly.tui.screens.browse import Browse
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.decks import Decks
from duly.tui.screens.first_run import FirstRun
from duly.tui.screens.manual import manual
from duly.tui.screens.reader import Reader
from duly.tui.screens.review import Review
from duly.tui.screens.settings import SettingsScreen
from duly.tui.screens.statistics import StatisticsScreen
from duly.tui.screens.summary import Summary

CARD = "- {q: What is CSR?, a: a format}"
SCREENS = (DulyApp, Review, Decks, Summary, StatisticsScreen, Browse, CardInfo, SettingsScreen, FirstRun)


def lines(columns: int, chosen: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    chapters = [(face.__name__, face.BINDINGS) for face in SCREENS]
    return [text(line) for line in manual(chapters, chosen, columns)]


@pytest.mark.parametrize("face", SCREENS)
def test_every_binding_of_a_screen_is_in_the_help(face: type[DulyApp]) -> None:
    described = "\n".join(lines(100))
    for binding in face.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.description in described
        assert written(binding.key) in described


def test_help_shows_the_learners_own_keys() -> None:
    (row,) = [row for row in lines(100, {"review.undo": "z"}) if "Undo, as far back" in row]
    assert row.split()[0] == "z"


@pytest.mark.parametrize("columns", [20, 30, 38, 78])
def test_no_line_of_the_help_is_wider_than_the_screen(columns: int) -> None:
    chapters = [(face.__name__, face.BINDINGS) for face in SCREENS]
    assert max(width(line) for line in manual(chapters, {}, columns)) <= columns


def test_words_that_go_on_are_indented_below_their_first_line() -> None:
    rows = lines(38)
    first = next(index for index, row in enumerate(rows) if "space ⏎" in row)
    assert rows[first].index("Show") == len(rows[first + 1]) - len(rows[first + 1].lstrip())


async def test_help_opens_over_a_card_and_closes_again(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.review(settings=Settings(keys={"review.hint": "i"})) as pilot:
        before = screen(pilot)
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, Reader)
        assert any(row.split() == ["i", "Show", "the", "hint"] for row in rows(pilot))
        await press(pilot, "question_mark")
        assert screen(pilot) == before


async def test_help_scrolls_by_lines_and_pages(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app(size=(40, 12)) as pilot:
        await press(pilot, "question_mark")
        top = screen(pilot)
        assert "Everywhere" in top
        await press(pilot, "j", "pagedown")
        assert "Everywhere" not in screen(pilot)
        await press(pilot, "pageup", "k")
        assert screen(pilot) == top


async def test_the_command_palette_opens_with_a_colon(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "fullwidth_colon")
        assert type(pilot.app.screen).__name__ == "CommandPalette"
