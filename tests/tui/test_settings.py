"""The settings screen: what is changed holds at once, and stands in the learner's file."""

from pathlib import Path

import pytest
from tests.tui.learner import Learner, press, rows, screen, write

from duly.locations import settings_file
from duly.settings import read_settings
from duly.text.setting_words import NAMES
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.settings import SettingsScreen

CARD = "- {q: What is CSR?, a: a format}\n"


def down_to(name: str) -> list[str]:
    """The keys from the first setting to this one."""
    return ["j"] * NAMES.index(name)


async def test_every_setting_is_shown_with_its_value_and_a_sentence(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma")
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert any(row.split() == ["New", "cards", "per", "day", "20"] for row in rows(pilot))
        await press(pilot, *down_to("rollover"))
        assert "The hour at which a study day begins" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_a_number_is_changed_in_the_file_and_for_the_session(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma", *down_to("new_per_day"), "enter", "backspace", "backspace")
        await write(pilot, "many")
        await press(pilot, "enter")
        assert "'many' is not valid; write a number from 0 to 9999" in screen(pilot)
        await press(pilot, *["backspace"] * 4)
        await write(pilot, "0")
        await press(pilot, "enter")
        assert any(row.split()[:1] + row.split()[-1:] == ["▌", "0"] for row in rows(pilot))
        assert read_settings(settings_file()).new_per_day == 0
        await press(pilot, "escape", "a")
        assert "Nothing is left here for today." in screen(pilot)


async def test_yes_and_no_are_switched_and_set_back(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma", *down_to("raw_grades"), "space")
        assert settings_file().read_text() == "raw_grades = true\n"
        assert any("▌ • Grades 0 to 5" in row for row in rows(pilot))
        await press(pilot, "r")
        assert settings_file().read_text() == ""
        assert not any("•" in row for row in rows(pilot))


async def test_another_language_is_spoken_at_once(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma", "enter", "j", "j", "enter")
        assert rows(pilot)[0].startswith(" 设置")
        await press(pilot, "escape")
        assert "统计" in screen(pilot)
        await press(pilot, "question_mark")
        assert "帮助" in screen(pilot)


async def test_themes_are_tried_on_and_kept_only_if_chosen(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma", *down_to("theme"), "enter")
        before = pilot.app.theme
        await press(pilot, "j", "j")
        tried = pilot.app.theme
        assert tried != before
        await press(pilot, "escape")
        assert pilot.app.theme == before
        await press(pilot, "enter", "j", "j", "enter")
        assert pilot.app.theme == tried == read_settings(settings_file()).theme
        await press(pilot, "r")
        assert pilot.app.theme == before


async def test_a_file_that_is_wrong_is_told_and_left_alone(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        settings_file().write_text("width = = 3")
        await press(pilot, "comma", *down_to("fuzz"), "enter")
        assert "the settings cannot be read" in " ".join(screen(pilot).split())
        assert settings_file().read_text() == "width = = 3"


async def test_keys_are_changed_in_the_file(learner: Learner) -> None:
    learner.writes(CARD)
    Path(settings_file()).write_text('[keys]\n"review.good" = "l"\n')
    async with learner.app(settings=read_settings(settings_file())) as pilot:
        await press(pilot, "comma", *down_to("keys"))
        assert any(row.startswith("▌ • Custom keys") and row.endswith("1") for row in rows(pilot))
        await press(pilot, "enter")
        assert "under [keys]" in screen(pilot)


async def test_the_file_is_edited_and_read_again(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "duly.tui.screens.settings.edit", lambda _app, place: place.file.write_text("new_per_day = 3  # few\n")
    )
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "comma", "e")
        assert any(row.split()[-1:] == ["3"] and "New cards per day" in row for row in rows(pilot))
        await press(pilot, *down_to("new_per_day"), "r")
        assert read_settings(settings_file()).new_per_day == 20


async def test_without_colours_a_theme_is_kept_for_later(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app(colour=False) as pilot:
        before = pilot.app.theme
        await press(pilot, "comma", *down_to("theme"), "enter", "j", "j")
        assert pilot.app.theme == before
        await press(pilot, "enter")
        assert pilot.app.theme == before
        assert read_settings(settings_file()).theme != ""


async def test_a_theme_is_a_key_away_on_every_screen_and_is_remembered(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.review() as pilot:
        await press(pilot, "T", "j", "j")
        tried = pilot.app.theme
        assert tried != "textual-dark"
        await press(pilot, "T", "enter")
        assert isinstance(pilot.app.screen, Review)
        assert pilot.app.theme == tried
    assert read_settings(settings_file()).theme == tried


async def test_a_theme_that_was_only_tried_on_is_taken_off_again(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "T", "j", "j", "escape")
        assert pilot.app.theme == "textual-dark"
    assert not settings_file().exists()


async def test_another_scheduler_takes_effect_at_once_and_shows_the_due_days(learner: Learner) -> None:
    learner.writes(CARD)
    async with learner.app() as pilot:
        await press(pilot, "a", "space", "4", "escape", "escape", "comma", *down_to("scheduler"), "enter", *["j"] * 4)
        await press(pilot, "enter")
        assert ["sm2-paper", "fsrs", "0.9"] in [row.split() for row in rows(pilot)]
        assert "Of 1 card, 0 would come sooner and 1 later." in screen(pilot)
        assert read_settings(settings_file()).scheduler == "fsrs"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, SettingsScreen)
