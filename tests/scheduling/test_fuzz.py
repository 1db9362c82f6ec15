"""Due days that are moved a little, the same way on every machine."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.vectors import VECTORS

from duly.cards import FRONT, CardId, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.fuzz import fuzz_range, fuzzed, fuzzed_due


@pytest.mark.parametrize("item", VECTORS["fuzz"]["items"], ids=lambda item: f"{item['card'][:6]}-{item['interval']}")
def test_the_range_is_ankis_and_the_day_in_it_comes_from_the_hash(item: dict[str, Any]) -> None:
    days = fuzz_range(item["interval"])
    assert (days[0], days[-1]) == (item["lo"], item["hi"])
    assert fuzzed(item["card"], item["review_index"], item["interval"]) == item["fuzzed"]


def test_the_card_is_seeded_by_its_id_as_it_is_written() -> None:
    card = CardId(NoteId("capital"), FRONT)
    assert fuzzed_due(card, 7, 95, StudyDay(20_000)) == 20_000 + fuzzed("capital/front", 7, 95)


@given(st.integers(3, 36_500))
def test_a_range_holds_its_interval_and_never_today(interval: int) -> None:
    days = fuzz_range(interval)
    assert interval in days
    assert days[0] >= 2
    assert days[-1] <= 36_500


@given(st.integers(1, 2), st.integers(0, 50))
def test_one_and_two_days_are_never_moved(interval: int, count: int) -> None:
    assert fuzzed("any/front", count, interval) == interval


def test_cards_learned_together_are_spread_over_the_whole_range() -> None:
    assert {fuzzed(f"card{number}/front", 3, 15) for number in range(100)} == {13, 14, 15, 16, 17}
