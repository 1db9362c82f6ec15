"""What is done with the asked card besides grading it, on a real screen."""

from datetime import timedelta

import pytest
from tests.student import day
from tests.tui.learner import Learner, press, rows, screen, write
from textual.widgets import Input

from duly.journal import Journal
from duly.scheduling.grade import Grade
from duly.settings import Settings
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary

TWO = "- {q: What is CSR?, a: compressed, id: csr, reverse: true}\n- {q: What is COO?, a: coordinates, id: coo}\n"


@pytest.mark.parametrize(
    ("key", "sentence", "cards"),
    [
        ("minus", "buried until 2026-03-02 · What is CSR?", {"csr/front"}),
        ("equals_sign", "buried until 2026-03-02 · 2 cards · What is CSR?", {"csr/front", "csr/back"}),
        ("at", "suspended · What is CSR?", {"csr/front"}),
        ("exclamation_mark", "suspended · 2 cards · What is CSR?", {"csr/front", "csr/back"}),
        ("fullwidth_exclamation_mark", "suspended · 2 cards · What is CSR?", {"csr/front", "csr/back"}),
    ],
)
async def test_a_card_or_its_note_is_set_aside_and_undo_brings_all_of_it_back(
    key: str, sentence: str, cards: set[str], learner: Learner
) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, key)
        assert sentence in screen(pilot)
        with Journal.open(learner.database) as journal:
            assert set(map(str, journal.schedules())) == cards
        await press(pilot, "u")
        assert f"Undone: {sentence}" in screen(pilot)
        assert "What is CSR?" in rows(pilot)[3]
    with Journal.open(learner.database) as journal:
        assert journal.schedules() == {}


async def test_a_star_is_given_and_taken_without_losing_the_answer(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "asterisk")
        assert rows(pilot)[0].startswith(" ★ deck")
        assert "starred · What is CSR?" in screen(pilot) and "compressed" in screen(pilot)
        await press(pilot, "asterisk")
        assert rows(pilot)[0].startswith(" deck") and "compressed" in screen(pilot)
        await press(pilot, "u")
        assert rows(pilot)[0].startswith(" ★ deck") and "compressed" in screen(pilot)
        await press(pilot, "4")
    assert learner.schedule("csr/front").starred
    assert learner.grades() == [Grade.EASY]


async def test_a_card_is_put_off_to_a_day_that_is_written(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "d")
        await write(pilot, "soon")
        await press(pilot, "enter")
        assert "'soon' is not a day" in screen(pilot)
        pilot.app.screen.query_one(Input).value = "３"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "due on 2026-03-04 · What is CSR?" in screen(pilot)
        await press(pilot, "d", "escape")
        assert isinstance(pilot.app.screen, Review)
    assert learner.schedule("csr/front").due == day(3)
    assert len(learner.entries()) == 1


async def test_question_and_answer_go_to_the_clipboard(learner: Learner) -> None:
    learner.writes(
        "- {q: 'What is **CSR**?', a: compressed sparse row}\n- cloze: 'It has {{c1::three::how many}} arrays.'"
    )
    async with learner.review() as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard == "What is CSR?\n\ncompressed sparse row"
        assert "Question and answer are in the clipboard" in screen(pilot)
        await press(pilot, "space", "4", "y")
        assert pilot.app.clipboard == "It has three arrays."


async def test_the_eighth_lapse_is_told_of(learner: Learner) -> None:
    learner.writes("- {q: What is CSR?, a: compressed, id: csr}\n")
    learner.forgets("csr/front", times=7)
    async with learner.review() as pilot:
        await press(pilot, "space", "1")
        assert learner.schedule("csr/front").lapses == 8
        assert "⚠ A leech, forgotten 8 times. Reword it, or suspend it, when it comes again: What is CSR?" in " ".join(
            screen(pilot).split()
        )
        await press(pilot, "space", "2")
        assert "A leech" not in screen(pilot)


async def test_a_clock_that_is_behind_the_journal_is_told_of(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
    learner.now -= timedelta(hours=3)
    async with learner.review(size=(120, 40)) as pilot:
        assert "⚠ The clock is 3 hours behind the last entry of the journal. Is it set right?" in screen(pilot)
    learner.now += timedelta(hours=2, minutes=30)
    async with learner.review(size=(120, 40)) as pilot:
        assert "⚠ The clock is 30 minutes behind" in screen(pilot)


async def test_answers_from_the_future_are_told_of(learner: Learner) -> None:
    learner.writes(TWO)
    learner.now += timedelta(days=365)
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
    learner.now -= timedelta(days=365)
    for app in (learner.review(size=(120, 40)), learner.app(size=(120, 40))):
        async with app as pilot:
            assert "A clock was ahead: there are answers until" in " ".join(screen(pilot).split())


# From the decks


async def test_practice_asks_all_cards_and_writes_nothing_down(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app(settings=Settings(new_per_day=0)) as pilot:
        await press(pilot, "a")
        assert "Nothing is left here for today." in screen(pilot)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, Review)
        assert "practice: nothing is written" in rows(pilot)[0]
        for key in ("asterisk", "minus", "at", "d"):
            await press(pilot, key)
            assert "This is practice: nothing is written down." in rows(pilot)[-1]
        await press(pilot, "space", "1", "space", "3", "u")
        assert "Undone: Good" in screen(pilot)
        await press(pilot, "3", "space", "3", "space", "4")
        assert isinstance(pilot.app.screen, Summary)
        assert "Practice is over; nothing was written down" in screen(pilot)
        assert "Due tomorrow" not in screen(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DecksScreen)
    assert learner.entries() == []


async def test_the_cards_that_a_query_finds_are_studied(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "f")
        await write(pilot, "is:odd")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Prompt) and "is:odd is unknown" in screen(pilot)
        pilot.app.screen.query_one(Input).value = "coo"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review)
        assert "0/1" in rows(pilot)[0] and "What is COO?" in screen(pilot)


async def test_a_query_that_finds_nothing_says_so(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.app() as pilot:
        await press(pilot, "f")
        await write(pilot, "tag:none")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DecksScreen)
        assert "No card matches." in screen(pilot)


async def test_cards_are_studied_ahead_of_their_days(learner: Learner) -> None:
    learner.writes(TWO)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "3")
    learner.now += timedelta(days=1)
    async with learner.review() as pilot:
        await press(pilot, "space", "3", "space", "3")
    learner.now += timedelta(days=3)
    async with learner.app(settings=Settings(new_per_day=0)) as pilot:
        await press(pilot, "A")
        await write(pilot, "3")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Review) and "due 2" in rows(pilot)[0]
        await press(pilot, "space", "3")
    assert learner.schedule("csr/front").last == day(4)
