"""First run: a folder without cards, and the ways to come by some."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.learner import Learner, changed, press, rows, screen, write
from tests.tui.settling import settled
from textual.pilot import Pilot

from duly.deckfile.load import load
from duly.errors import DulyError
from duly.exchange import import_text as text_import
from duly.exchange.import_events import ImportEvent
from duly.i18n import set_language
from duly.study.demo import write_demo
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.first_run import FirstRun
from duly.tui.screens.text_page import TextPage


async def import_from(pilot: Pilot[None], path: str) -> None:
    await press(pilot, "3")
    await write(pilot, path)
    await press(pilot, "enter")
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_demo_deck_has_five_notes_and_no_problem(language: str, tmp_path: Path) -> None:
    loaded = load([write_demo(tmp_path / "cards", language)])
    assert (len(loaded.notes), loaded.problems) == (5, ())


def test_a_demo_deck_is_never_written_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text("# mine")
    with pytest.raises(DulyError, match="already exists"):
        write_demo(tmp_path, "en")
    assert (tmp_path / "demo.yaml").read_text() == "# mine"


async def test_without_cards_the_ways_to_some_are_offered_and_leaving_leaves(learner: Learner) -> None:
    async with learner.app() as pilot:
        assert isinstance(pilot.app.screen, FirstRun)
        assert "There are no cards yet in cards." in screen(pilot)
        assert "- q: What does CSR stand for?" in screen(pilot)
        await press(pilot, "q")
        assert not pilot.app.is_running


async def test_a_folder_that_is_not_there_yet_is_made_for_the_demo_deck(learner: Learner) -> None:
    learner.folder.rmdir()
    set_language("zh")
    async with learner.app() as pilot:
        assert isinstance(pilot.app.screen, FirstRun)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert "示例" in screen(pilot)
        assert Path("cards/demo.yaml").is_file()
        await press(pilot, "a")
        assert "这里的卡片怎么写？" in screen(pilot)


async def test_another_folder_is_chosen(learner: Learner) -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/deck.yaml").write_text("- {q: What is CSR?, a: a format}")
    async with learner.app() as pilot:
        await press(pilot, "2")
        await write(pilot, "nowhere")
        await press(pilot, "enter")
        assert "nowhere: there is no such file or folder" in screen(pilot)
        await press(pilot, *["backspace"] * 7)
        await write(pilot, "elsewhere")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert rows(pilot)[0].startswith(" duly · elsewhere")


async def test_a_folder_without_decks_is_said_to_have_none(learner: Learner) -> None:
    Path("empty").mkdir()
    async with learner.app() as pilot:
        await press(pilot, "2")
        await write(pilot, "empty")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FirstRun)
        assert "There are no cards in empty." in screen(pilot)


async def test_a_file_is_imported_into_the_folder(learner: Learner) -> None:
    Path("notes.txt").write_text("Q: from notes.txt\nA: b\n")
    async with learner.app() as pilot:
        await import_from(pilot, "notes.txt")
        assert isinstance(pilot.app.screen, TextPage)
        assert "notes.txt: read as questions and answers (qa)" in screen(pilot)
        assert "cards/notes.yaml: 1 note added, 0 already there" in screen(pilot)
        await press(pilot, "escape", "a")
        assert "from notes.txt" in screen(pilot)


async def test_decks_that_are_seen_while_the_report_of_an_import_is_read_wait_for_it(learner: Learner) -> None:
    Path("notes.txt").write_text("Q: a\nA: b\n")
    async with learner.app() as pilot:
        await import_from(pilot, "notes.txt")
        await changed(pilot, learner, "- {q: What is CSR?, a: a format}")
        assert isinstance(pilot.app.screen, TextPage)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_an_import_is_cancelled_with_the_folder_as_it_was(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("texts").mkdir()
    for name in "abc":
        Path(f"texts/{name}.txt").write_text(f"Q: {name}\nA: b\n")
    async with learner.app() as pilot:
        first = pilot.app.screen
        assert isinstance(first, FirstRun)
        read = text_import.TextImport.import_file

        def cancelling(self: text_import.TextImport, file: Path) -> Iterator[ImportEvent]:
            first.background.cancel()
            return read(self, file)

        monkeypatch.setattr(text_import.TextImport, "import_file", cancelling)
        await import_from(pilot, "texts")
        assert pilot.app.screen is first
        assert "Cancelled." in screen(pilot)


async def test_an_import_that_fails_says_why_and_stays(learner: Learner) -> None:
    Path("notes.apkg").write_text("")
    async with learner.app() as pilot:
        await import_from(pilot, "notes.apkg")
        assert isinstance(pilot.app.screen, FirstRun)
        assert "notes.apkg" in screen(pilot)


async def test_the_tour_is_read_and_closed(learner: Learner) -> None:
    async with learner.app() as pilot:
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, TextPage)
        assert "A card is a few lines in a file" in screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, FirstRun)


async def test_a_click_takes_a_way(learner: Learner) -> None:
    async with learner.app() as pilot:
        row = next(index for index, text in enumerate(rows(pilot)) if "4  Read the tour" in text)
        await pilot.click(offset=(6, row))
        await settled(pilot)
        assert isinstance(pilot.app.screen, TextPage)


async def test_cards_that_appear_meanwhile_are_seen(learner: Learner) -> None:
    async with learner.app() as pilot:
        await changed(pilot, learner, "- {q: What is CSR?, a: a format}")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert "deck" in screen(pilot)
