"""Due days that are moved a little, the same way on every machine."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.vectors import VECTORS

from duly.cards import FRONT, CardId, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.fuzz import balanced_due, fuzz_range, fuzzed_due, fuzzed_interval


@pytest.mark.parametrize("item", VECTORS["fuzz"]["items"], ids=lambda item: f"{item['card'][:6]}-{item['interval']}")
def test_the_range_is_ankis_and_the_day_in_it_comes_from_the_hash(item: dict[str, Any]) -> None:
    days = fuzz_range(item["interval"])
    assert (days[0], days[-1]) == (item["lo"], item["hi"])
    assert fuzzed_interval(item["card"], item["review_index"], item["interval"]) == item["fuzzed"]


def test_the_card_is_seeded_by_its_id_as_it_is_written() -> None:
    card = CardId(NoteId("capital"), FRONT)
    assert fuzzed_due(card, 7, 95, StudyDay(20_000)) == 20_000 + fuzzed_interval("capital/front", 7, 95)


@given(st.integers(3, 36_500))
def test_a_range_holds_its_interval_and_never_today(interval: int) -> None:
    days = fuzz_range(interval)
    assert interval in days
    assert days[0] >= 2
    assert days[-1] <= 36_500


@given(st.integers(1, 2), st.integers(0, 50))
def test_one_and_two_days_are_never_moved(interval: int, count: int) -> None:
    assert fuzzed_interval("any/front", count, interval) == interval


def test_cards_learned_together_are_spread_over_the_whole_range() -> None:
    assert {fuzzed_interval(f"card{number}/front", 3, 15) for number in range(100)} == {13, 14, 15, 16, 17}


def test_a_card_goes_to_the_day_of_its_range_on_which_the_fewest_are_due() -> None:
    due = {StudyDay(day): 5 for day in range(20_000, 20_030)} | {StudyDay(20_016): 2, StudyDay(20_020): 0}
    assert list(fuzz_range(15)) == [13, 14, 15, 16, 17]
    assert balanced_due(15, StudyDay(20_000), due) == 20_016


def test_a_card_stays_on_its_day_where_no_other_has_fewer_and_of_two_as_near_goes_to_the_earlier() -> None:
    assert balanced_due(15, StudyDay(20_000), {}) == 20_015
    assert balanced_due(15, StudyDay(20_000), {StudyDay(20_015): 1}) == 20_014


@given(st.integers(1, 36_500), st.dictionaries(st.integers(20_000, 20_100).map(StudyDay), st.integers(0, 9)))
def test_balance_moves_a_card_no_further_than_fuzz_may(interval: int, due: dict[StudyDay, int]) -> None:
    assert balanced_due(interval, StudyDay(20_000), due) - 20_000 in fuzz_range(interval)
