"""The end of a session: the day's figures, and the way back from there."""

from datetime import timedelta

import pytest
from tests.tui.learner import Learner, changed, press, rows, screen

from duly.scheduling.grade import Grade
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary

TWO = "- {q: What is CSR?, a: a format, id: csr}\n- {q: What is COO?, a: a format, id: coo}\n"


async def test_the_summary_counts_the_answers_by_grade(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "space", "4", "space", "1", "space", "3")
        assert isinstance(pilot.app.screen, Summary)
        assert "✓ 2 cards · 4 answers · 0 min 0" in screen(pilot)
        figures = [row.replace("█", "").split() for row in rows(pilot)]
        assert ["Again", "2", "50%"] in figures
        assert ["Good", "1", "25%"] in figures
        assert ["Easy", "1", "25%"] in figures
        assert "Remembered: 50%" in screen(pilot)
        assert "Due tomorrow: 2 cards" in screen(pilot)


async def test_a_card_that_failed_twice_is_named_with_its_place(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "space", "4", "space", "1", "space", "3")
        assert "    What is CSR?\n      cards/deck.yaml:1:" in screen(pilot)
        assert "What is COO?" not in screen(pilot)


async def test_a_small_terminal_scrolls_to_the_end_of_the_summary(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review(size=(40, 9)) as pilot:
        await press(pilot, "space", "1", "space", "4", "space", "1", "space", "3")
        assert "cards/deck.yaml:1:" not in screen(pilot)
        await press(pilot, *["j"] * 8)
        assert "cards/deck.yaml:1:" in screen(pilot)
        await press(pilot, *["k"] * 8)
        assert "4 answers" in screen(pilot)


async def test_the_summary_shows_answers_and_retention(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "3")
        assert "Remembered: 100% · new 2" in screen(pilot)
    learner.now += timedelta(days=1)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "1", "space", "3")
        assert "Remembered: 67% · when due: 50%\n" in screen(pilot)


async def test_the_summary_offers_the_cards_of_tomorrow(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format, id: csr}\n")
    for days in (1, 5):  # its intervals are 1 and 6 days, so now it is due tomorrow
        async with learner.review() as pilot:
            await press(pilot, "space", "3", "l")
            assert "Nothing is left here for today." in screen(pilot)
        learner.now += timedelta(days=days)
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
        assert isinstance(pilot.app.screen, Summary)
        await press(pilot, "l")
        assert "What is CSR?" in screen(pilot)


async def test_the_summary_leads_back_to_the_decks(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "3")
        assert isinstance(pilot.app.screen, Summary)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert rows(pilot)[0].endswith("due 0 · new 0 · done 2")


async def test_a_card_that_was_hard_is_opened_in_the_editor(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_files: list[str] = []
    monkeypatch.setattr("duly.tui.screens.summary.edit", lambda _app, place: opened_files.append(str(place)))
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "1", "space", "4", "space", "1", "space", "3", "e")
        assert opened_files == ["cards/deck.yaml:1:3"]
        assert isinstance(pilot.app.screen, Summary)


async def test_the_summary_says_that_mistakes_keep_cards_out(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format, id: csr}\n- {q: What is COO?}\n")
    async with learner.review() as pilot:
        await press(pilot, "space", "4")
        assert isinstance(pilot.app.screen, Summary)
        assert rows(pilot)[0].endswith("⚠ 1 problem in the files")


async def test_a_file_that_is_mended_while_the_summary_shows_is_taken_up_and_learned_on(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: a format, id: csr}\n- {q: What is COO?}\n")
    async with learner.review() as pilot:
        await press(pilot, "space", "4")
        await changed(pilot, learner, TWO)
        assert isinstance(pilot.app.screen, Summary)
        assert rows(pilot)[0] == " 1 more card to learn"
        assert rows(pilot)[-1].startswith(" l study on")
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, Review)
        assert "What is COO?" in screen(pilot) and "1/2" in rows(pilot)[0]
        await press(pilot, "space", "4")
        assert rows(pilot)[0] == " Done for today"
        assert "✓ 2 cards · 2 answers" in screen(pilot)
    assert len(learner.entries()) == 2


async def test_the_summary_stays_one_however_often_a_file_changes_meanwhile(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "4", "space", "4")
        await changed(pilot, learner, TWO + "- {q: More, a: x}\n")
        assert rows(pilot)[0] == " 1 more card to learn"
        await changed(pilot, learner, TWO + "# no more\n")
        assert rows(pilot)[0] == " Done for today"
        await changed(pilot, learner, TWO + "- {q: More, a: [\n")
        assert rows(pilot)[0].startswith(" Done for today") and rows(pilot)[0].endswith("⚠ 1 problem in the files")
        assert isinstance(pilot.app.screen, Summary)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_undo_from_the_summary_still_takes_the_last_answer_back_once_a_file_has_changed(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "4", "space", "4")
        await changed(pilot, learner, TWO + "- {q: More, a: x}\n")
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, Review)
        assert "What is COO?" in screen(pilot)
    assert learner.grades() == [Grade.EASY]
