"""Typed answers: what is right counts as right, however the keyboard wrote it."""

import pytest
from tests.tui.learner import Learner, press, rows, write

from duly.scheduling.grade import Grade

CARD = "- {{q: Which?, a: '{answer}', typed: true, id: one}}\n"


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("14", "１４"), ("[MASK]", "［ＭＡＳＫ］"), ("22%", "２２％"), ("mask", "“mask”"), ("Lima", "Lima."),
        ("掩码，注意力", "掩码,注意力"), ("甲、乙", "甲, 乙"), ("compressed sparse row", " compressed  sparse row "),
        ("CSR", "(CSR)"), ("Lima", "lima"), ("café", "cafe"),
    ],
)  # fmt: skip
async def test_a_right_answer_suggests_good_whatever_its_width_marks_and_spaces(
    answer: str, typed: str, learner: Learner
) -> None:
    learner.writes(CARD.format(answer=answer))
    async with learner.review() as pilot:
        await write(pilot, typed)
        await press(pilot, "enter")
        assert rows(pilot)[-1].startswith(" ␣ Good")
        await press(pilot, "space")
    assert learner.grades() == [Grade.GOOD]


@pytest.mark.parametrize(("typed", "best"), [("git add -A", "Good"), ("git add -a", "Hard")])
async def test_where_every_sign_counts_a_capital_is_a_difference(typed: str, best: str, learner: Learner) -> None:
    learner.writes("- {q: Stage all?, a: git add -A, typed: exact}\n")
    async with learner.review() as pilot:
        await write(pilot, typed)
        await press(pilot, "enter")
        assert rows(pilot)[-1].startswith(f" ␣ {best}")


async def test_the_difference_is_shown_by_whole_words(learner: Learner) -> None:
    learner.writes(CARD.format(answer="the hidden state of the step before"))
    async with learner.review() as pilot:
        await write(pilot, "the hidden layer of the step before")
        await press(pilot, "enter")
        strips = pilot.app.screen._compositor.render_strips()
        runs = [segment for strip in strips for segment in strip if segment.style]
        assert [run.text for run in runs if run.style and run.style.strike] == ["✗ ", "layer"]
        assert [run.text for run in runs if run.style and run.style.underline] == ["state"]
