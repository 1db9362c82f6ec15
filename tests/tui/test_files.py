"""Deck files that change, break and grow while their cards are asked."""

import os
import sys
from datetime import timedelta

import pytest
from tests.tui.learner import Learner, changed, press, rows, screen, write

from duly.cards import derived_id
from duly.problem import Place
from duly.scheduling.grade import Grade
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.new_card import NewCard
from duly.tui.screens.review import Review

TWO = "- {q: What is CSR?, a: compressed, id: csr}\n- {q: What is COO?, a: coordinates, id: coo}\n"


async def test_a_file_that_changes_is_read_anew_and_the_answer_stays_open(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space")
        await changed(pilot, learner, "- {q: First, a: x}\n" + TWO.replace("compressed", "compressed sparse row"))
        assert "What is CSR?" in screen(pilot) and "compressed sparse row" in screen(pilot)
        assert "0/3" in rows(pilot)[0]
        await press(pilot, "4")
        assert "First" in screen(pilot)
    assert len(learner.entries()) == 1


async def test_a_card_that_another_quiz_answered_meanwhile_is_named_when_it_goes(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space")
        answered_elsewhere(learner, Grade.EASY)
        await changed(pilot, learner, TWO + "- {q: More, a: x}\n")
        assert "What is COO?" in screen(pilot)
        assert "Done in another quiz meanwhile: Easy · What is CSR?" in screen(pilot)
        await press(pilot, "3")
    assert learner.grades() == [Grade.EASY]


async def test_a_card_that_is_drilled_stays_and_the_answer_of_the_other_quiz_is_told(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space")
        answered_elsewhere(learner, Grade.AGAIN)
        await changed(pilot, learner, TWO + "- {q: More, a: x}\n")
        assert "compressed" in screen(pilot)
        assert "Done in another quiz meanwhile: Again · What is CSR?" in screen(pilot)


async def test_the_summary_says_it_where_another_quiz_answered_the_last_card(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: compressed, id: csr}\n")
    async with learner.review() as pilot:
        await press(pilot, "space")
        answered_elsewhere(learner, Grade.GOOD)
        await changed(pilot, learner, "- {q: What is CSR?, a: compressed rows, id: csr}\n")
        assert "Done in another quiz meanwhile: Good · What is CSR?" in rows(pilot)[-1]


def answered_elsewhere(learner: Learner, grade: Grade) -> None:
    """Another quiz answers the first card."""
    with learner.collection() as collection:
        session = collection.session()
        session.reveal()
        session.grade(grade)


async def test_a_file_that_breaks_shows_its_mistake_and_the_session_goes_on(learner: Learner) -> None:
    learner.writes(TWO)
    learner.writes("- {q: Another file, a: x, id: z}\n", "z.yaml")
    async with learner.review() as pilot:
        await changed(pilot, learner, "- {q: What is CSR?, a: [\n")
        assert "What is CSR?" in screen(pilot) and "⚠ cards/deck.yaml:" in screen(pilot)
        await press(pilot, "space", "4")
        assert "Another file" in screen(pilot) and "⚠" not in screen(pilot)
        await changed(pilot, learner, TWO)
        assert "Another file" in screen(pilot) and "1/3" in rows(pilot)[0]
    assert learner.schedule("csr/front").repetitions == 1


async def test_the_decks_show_what_changed(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        learner.writes("- {q: More, a: x}\n", "more.yaml")
        await changed(pilot, learner, TWO)
        assert any(row.split()[:2] == ["more", "1"] for row in rows(pilot))


async def test_where_no_editor_can_be_opened_the_place_is_told(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", sys.executable)
    learner.writes(TWO)
    async with learner.review(size=(120, 40)) as pilot:
        await press(pilot, "e")
        assert "no editor can be opened in this terminal; the card is at cards/deck.yaml:1" in rows(pilot)[-1]
        monkeypatch.delenv("EDITOR")
        monkeypatch.setenv("PATH", os.devnull)
        await press(pilot, "e")
        assert "no editor was found; set EDITOR" in rows(pilot)[-1]


async def test_a_question_that_is_reworded_from_the_quiz_keeps_its_progress(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.writes("- q: What is CSR?\n  a: compressed\n")
    old = derived_id("What is CSR?")
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
    learner.now += timedelta(days=1)

    def reword(_app: object, place: Place) -> None:
        text = place.file.read_text(encoding="utf-8")
        place.file.write_text(text.replace("What is CSR?", "Which format is CSR?"), encoding="utf-8")

    monkeypatch.setattr("duly.tui.screens.review.edit", reword)
    async with learner.review() as pilot:
        await press(pilot, "e")
        assert "Which format is CSR?" in screen(pilot)
        await press(pilot, "space", "3")
    assert (learner.folder / "deck.yaml").read_text() == f"- q: Which format is CSR?\n  a: compressed\n  id: {old}\n"
    assert learner.schedule(f"{old}/front").repetitions == 2


async def test_a_card_is_written_while_reviewing_and_asked_later(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "n")
        assert isinstance(pilot.app.screen, NewCard)
        await press(pilot, "ctrl+s")
        assert "a card needs a question" in screen(pilot)
        await write(pilot, "What is DIA?")
        await press(pilot, "ctrl+s")
        assert "a card needs an answer" in screen(pilot)
        await press(pilot, "tab")
        await write(pilot, "diagonals")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Review)
        assert "Added: What is DIA?" in screen(pilot) and "compressed" in screen(pilot)
        assert "0/3" in rows(pilot)[0]
    text = (learner.folder / "deck.yaml").read_text(encoding="utf-8")
    assert text.startswith(TWO) and "What is DIA?" in text and "id: " in text.removeprefix(TWO)


async def test_a_card_is_written_from_the_decks_and_not_thrown_away_by_one_key(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "n", "escape")
        assert isinstance(pilot.app.screen, DecksScreen)
        await press(pilot, "n")
        await write(pilot, "It has {{c1::three}} arrays.")
        await press(pilot, "escape")
        assert "The card is not saved." in screen(pilot)
        await press(pilot, "ctrl+s")
        assert "new 3 · done 0" in rows(pilot)[0]
        await press(pilot, "n")
        await write(pilot, "It has {{c1::three}} arrays.")
        await press(pilot, "ctrl+s")
        assert "this question is already there" in screen(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, DecksScreen)
    assert "cloze: It has {{c1::three}} arrays." in (learner.folder / "deck.yaml").read_text(encoding="utf-8")


async def test_card_info_is_shown_while_reviewing(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "i")
        assert "cards/deck.yaml:1" in screen(pilot)
        await press(pilot, "at", "escape")
        assert "What is COO?" in screen(pilot)
    assert learner.schedule("csr/front").suspended
