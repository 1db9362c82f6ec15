"""The exam screen: plans side by side and one by one, for another day, deck and cram."""

from datetime import timedelta

import pytest
from tests.tui.learner import Learner, changed, press, rows, screen, shows

from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.exam import ExamScreen

MATHS = "deck: maths\ncards:\n" + "".join(f"- {{q: What is {n}?, a: a number, id: n{n}}}\n" for n in range(30))
ART = "deck: art\ncards:\n- {q: What is blue?, a: a colour, id: blue}\n"


@pytest.fixture
def student(learner: Learner) -> Learner:
    """Has two decks, of 30 cards and of one, and has learned nothing yet."""
    learner.writes(MATHS, "1.yaml")
    learner.writes(ART, "2.yaml")
    return learner


async def test_the_highlighted_deck_is_planned_for_from_the_deck_screen(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "j", "g")
        assert isinstance(pilot.app.screen, ExamScreen)
        assert await shows(pilot, "2026-03-31, in 30 days: 1 card, 1 of them new")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, DecksScreen)


async def test_all_plans_stand_side_by_side_and_each_has_its_days_by_itself(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "g")
        assert await shows(pilot, "As you go on now: 20 new cards and 200 reviews a day")
        assert "As now, and 60 minutes a day of cramming in the last week" in screen(pilot)
        titles = []
        for _ in range(4):
            await press(pilot, "right")
            titles.append(rows(pilot)[0].split("‹")[1].split()[:-2])
        assert titles == [["as", "now"], ["all", "cards"], ["cram"], ["all", "plans"]]
        await press(pilot, "left", "left", "left")
        assert "Answers a day" in screen(pilot)
        assert "never seen" in screen(pilot)


async def test_the_exam_day_can_be_changed_and_an_invalid_one_corrected(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "g", "t", *"soon", "enter")
        assert "'soon' is not a date" in screen(pilot)
        await press(pilot, *["backspace"] * 4, *"2026-03-21", "enter")
        assert await shows(pilot, "2026-03-21, in 20 days: 30 cards, 30 of them new")


async def test_another_deck_and_another_cram_are_planned_for(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "g", "d", "j", "enter")
        assert await shows(pilot, "in 30 days: 1 card, 1 of them new")
        await press(pilot, "c", *"none", "enter")
        assert "'none' is not a number of minutes from 1 to 600" in screen(pilot)
        await press(pilot, *["backspace"] * 4, *"15", "enter")
        assert await shows(pilot, "As now, and 15 minutes a day of cramming")


async def test_the_plans_of_the_last_request_are_shown_even_if_others_were_running(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "g")
        exam = pilot.app.screen
        assert isinstance(exam, ExamScreen)
        exam.exam = "2026-03-11"
        exam._work_out()
        exam.exam = "2026-03-06"
        exam._work_out()
        assert await shows(pilot, "2026-03-06, in 5 days")


async def test_an_exam_whose_day_has_come_is_no_longer_planned_for(student: Learner) -> None:
    async with student.app() as pilot:
        await press(pilot, "g", "t", *["backspace"] * 10, *"2026-03-02", "enter")
        assert await shows(pilot, "2026-03-02, in 1 day")
        student.now += timedelta(days=1)
        await changed(pilot, student, ART)
        assert await shows(pilot, "2026-03-02 does not lie in the next ten years; name a day after today")
        await press(pilot, "t", *["backspace"] * 10, *"2026-03-03", "enter")
        assert await shows(pilot, "2026-03-03, in 1 day")
