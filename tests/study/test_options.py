"""The options of a multiple choice."""

from hypothesis import given
from hypothesis import strategies as st

from duly.cards import FRONT, CardId, Choice, NoteId
from duly.study.answer_options import Option, shuffle_options

CARD = CardId(NoteId("n"), FRONT)
CHOICE = Choice("q", "right", ("wrong", "worse", "worst"))


@given(st.text(), st.text(), st.lists(st.text(), min_size=1, max_size=6))
def test_every_option_is_there_once_and_one_is_right(showing: str, answer: str, wrong: list[str]) -> None:
    options = shuffle_options(Choice("q", answer, tuple(wrong)), CARD, showing)
    assert sorted(option.text for option in options) == sorted([answer, *wrong])
    assert [option.text for option in options if option.is_right] == [answer]


def test_the_order_is_alike_on_every_machine() -> None:
    assert shuffle_options(CHOICE, CARD, "20513:0") == shuffle_options(CHOICE, CARD, "20513:0")
    assert [option.text for option in shuffle_options(CHOICE, CARD, "20513:0")] == ["right", "worse", "wrong", "worst"]


def test_the_right_answer_moves_through_all_places() -> None:
    places = {shuffle_options(CHOICE, CARD, f"20513:{times}").index(Option("right", True)) for times in range(40)}
    assert places == {0, 1, 2, 3}
