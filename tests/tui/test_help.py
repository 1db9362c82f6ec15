"""Help: every binding, as it is in force, on a page over the screen it was asked from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from rich.cells import cell_len
from tests.tui.learner import Learner, press, rows, screen, shows, write
from textual.binding import Binding
from textual.command import CommandList
from textual.pilot import Pilot
from textual.screen import Screen

from duly.i18n import set_language
from duly.markup.terminal.styled_lines import line_text
from duly.settings import Settings
from duly.tui.app import DulyApp, screens_with_keys
from duly.tui.keys import readable_keys
from duly.tui.screens.help import Help
from duly.tui.screens.help_text import keys_chapter, manual, queries_chapter
from duly.tui.screens.review import Review
from duly.tui.screens.statistics import StatisticsScreen

CARD = "- {q: What is CSR?, a: a format}"
SCREENS: tuple[type[DulyApp] | type[Screen[Any]], ...] = (DulyApp, *(face for _title, face in screens_with_keys()))


def lines(columns: int, chosen: Mapping[str, str] = MappingProxyType({}), wanted: str = "") -> list[str]:
    chapters = [keys_chapter(face.__name__, face.BINDINGS, chosen) for face in SCREENS]
    return [line_text(line) for line in manual([*chapters, queries_chapter()], columns, wanted)]


@pytest.mark.parametrize("face", SCREENS)
def test_every_binding_of_a_screen_is_in_the_help(face: type[DulyApp]) -> None:
    described = "\n".join(lines(100))
    for binding in face.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.description in described
        assert readable_keys(binding.key) in described


def test_help_shows_the_learners_own_keys() -> None:
    (row,) = [row for row in lines(100, {"review.undo": "z"}) if "Undo, as far back" in row]
    assert row.split()[0] == "z"


@pytest.mark.parametrize("columns", [20, 30, 38, 78])
def test_no_line_of_the_help_is_wider_than_the_screen(columns: int) -> None:
    assert max(cell_len(line) for line in lines(columns)) <= columns


def test_words_that_go_on_are_indented_below_their_first_line() -> None:
    rows = lines(38)
    first = next(index for index, row in enumerate(rows) if "space ⏎" in row)
    assert rows[first].index("Show") == len(rows[first + 1]) - len(rows[first + 1].lstrip())


async def test_help_opens_over_a_card_and_closes_again(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.review(settings=Settings(keys={"review.hint": "i"})) as pilot:
        before = screen(pilot)
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, Help)
        assert any(row.split() == ["i", "Show", "the", "hint"] for row in rows(pilot))
        await press(pilot, "question_mark")
        assert screen(pilot) == before


async def test_help_scrolls_by_lines_and_pages(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app(size=(40, 12)) as pilot:
        await press(pilot, "question_mark")
        top = screen(pilot)
        assert rows(pilot)[1] == " Decks"
        await press(pilot, "j", "pagedown")
        assert rows(pilot)[1] != " Decks"
        await press(pilot, "pageup", "k")
        assert screen(pilot) == top


def test_a_search_leaves_the_rows_that_have_to_do_with_it() -> None:
    rows = lines(100, wanted="ＵＮＤＯ")
    assert any("Undo the last answer" in row for row in rows)
    assert not any("Suspend" in row for row in rows)
    assert any("is:leech" in row for row in lines(100, wanted="is:leech"))
    assert lines(100, wanted="make coffee") == ["No key does that."]


async def test_help_begins_with_the_screen_it_was_asked_from(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.review() as pilot:
        await press(pilot, "question_mark")
        assert rows(pilot)[0].startswith(" Help · Review")
        assert rows(pilot)[2] == " Review"
        await press(pilot, "slash")
        await write(pilot, "hint")
        assert "Show the hint" in screen(pilot)
        assert "Browse" not in screen(pilot)
        await press(pilot, "enter", "escape")
        assert rows(pilot)[2] == " Review"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Review)


async def palette(pilot: Pilot[None], query: str) -> list[str]:
    """The rows that the palette finds for a query, which narrows them; all of them for none."""
    await press(pilot, "ctrl+p")
    rows_found = await palette_rows(pilot, [])
    if query:
        await write(pilot, query)
        rows_found = await palette_rows(pilot, rows_found)
    await press(pilot, "escape")
    return rows_found


async def palette_rows(pilot: Pilot[None], before: list[str]) -> list[str]:
    """The rows of the palette once they are others than before and stay as they are for a while."""
    last: list[str] = []
    same = 0
    for _look in range(500):
        options = pilot.app.screen.query_one(CommandList)
        now = [str(options.get_option_at_index(index).hit.prompt) for index in range(options.option_count)]  # type: ignore[attr-defined]
        same = same + 1 if now == last else 0
        if same >= 10 and now and now != before:
            break
        last = now
        await pilot.pause(0.02)
    return last


@pytest.mark.parametrize(
    ("language", "query", "row"),
    [
        ("en", "export", "Write a package for Anki  x"),
        ("en", "theme", "Choose a theme  T"),
        ("en", "quit", "Quit  q"),
        ("en", "导出", "Write a package for Anki  x"),
        ("zh", "导出", "导出 Anki 牌组包  x"),
        ("zh", "statistics", "统计  s"),
        ("zh", "主题", "选择主题  T"),
    ],
)
async def test_the_palette_finds_commands_by_other_words(language: str, query: str, row: str, learner: Learner) -> None:
    learner.writes(CARD)
    set_language(language)
    async with learner.app() as pilot:
        assert (await palette(pilot, query))[0] == row


async def test_the_palette_lists_the_keys_of_the_screen_in_reading_order_and_themes_last(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        all_rows = await palette(pilot, "")
    assert all_rows[0].startswith("Study the deck  ⏎") and all_rows[-1] == "Choose a theme  T"
    assert len(all_rows) == len(set(all_rows))


async def test_no_row_of_the_palette_says_the_same_as_another(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.review() as pilot:
        words = [row.rpartition("  ")[0] for row in await palette(pilot, "")]
    assert len(words) == len(set(words)) > 20


async def test_the_palette_does_what_the_keys_of_the_screen_do(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "heat map")
        assert await shows(pilot, "Statistics  s")
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, StatisticsScreen)


async def test_the_command_palette_opens_with_a_colon(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "fullwidth_colon")
        assert type(pilot.app.screen).__name__ == "CommandPalette"
