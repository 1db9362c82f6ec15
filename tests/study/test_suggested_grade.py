"""The grade that is suggested."""

import pytest

from duly.cards.typed_answer import compare_answer
from duly.scheduling.grade import Grade
from duly.study.answer_options import Option, suggested_grade

OPTIONS = (Option("yes", True), Option("no", False))


def test_good_where_nothing_was_typed_or_chosen() -> None:
    assert suggested_grade((), None, None) is Grade.GOOD
    assert suggested_grade(OPTIONS, None, None) is Grade.GOOD


@pytest.mark.parametrize(("chosen", "grade"), [(0, Grade.GOOD), (1, Grade.AGAIN)])
def test_a_choice_is_right_or_wrong(chosen: int, grade: Grade) -> None:
    assert suggested_grade(OPTIONS, chosen, None) is grade


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("softmax", Grade.GOOD),
        ("  softmax ", Grade.GOOD),
        ("sofmax", Grade.HARD),
        ("Softmax", Grade.GOOD),
        ("sigmoid", Grade.AGAIN),
        ("", Grade.AGAIN),
    ],
)
def test_a_slip_is_hard_and_another_word_is_wrong(typed: str, grade: Grade) -> None:
    assert suggested_grade((), None, compare_answer(typed, "softmax")) is grade


def test_one_of_several_answers_is_hard() -> None:
    assert suggested_grade((), None, compare_answer("a cat", "the black cat of the house; a cat")) is Grade.HARD
