"""When a card is a leech, and when that is said."""

from dataclasses import replace

import pytest

from duly.scheduling.leech import calls_for_notice, is_leech
from duly.scheduling.schedule import Schedule


@pytest.mark.parametrize("lapses", range(18))
def test_a_leech_is_told_of_at_8_lapses_and_then_at_every_fourth(lapses: int) -> None:
    before, after = Schedule(lapses=lapses - 1), Schedule(lapses=lapses)
    assert calls_for_notice(before, after) == (lapses in (8, 12, 16))
    assert is_leech(after) == (lapses >= 8)


def test_an_answer_that_is_no_lapse_is_not_told_of() -> None:
    leech = Schedule(lapses=8)
    assert not calls_for_notice(leech, replace(leech, drill=True))
