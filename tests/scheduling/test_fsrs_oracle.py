"""Our FSRS beside py-fsrs, its authors' own, on histories made by chance."""

from datetime import UTC, datetime, timedelta

import fsrs_rs_python
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs, filled_parameters, rating
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import NEW, FsrsMemory

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
histories = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(list(Grade))), min_size=1, max_size=12)


@given(histories, st.floats(0.75, 0.97))
def test_every_answer_leads_where_py_fsrs_leads_it_at_noon_of_the_same_day(
    history: list[tuple[int, Grade]], retention: float
) -> None:
    oracle = Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
        maximum_interval=36_500,
    )
    card, schedule, day = Card(card_id=1), NEW, 0
    for days, grade in history:
        day += days
        card, _log = oracle.review_card(card, Rating(rating(grade)), NOON + timedelta(days=day))
        schedule = Fsrs(retention=retention).answer(schedule, grade, StudyDay(day)).schedule
        assert isinstance(schedule.memory, FsrsMemory)
        assert card.stability is not None
        assert schedule.memory.stability == pytest.approx(min(card.stability, 36_500), rel=1e-9)
        assert schedule.memory.difficulty == pytest.approx(card.difficulty, abs=1e-9)
        assert schedule.interval == (card.due - (NOON + timedelta(days=day))).days


@given(st.sampled_from([17, 19, 21]).flatmap(lambda n: st.lists(st.floats(0, 10), min_size=n, max_size=n)))
def test_parameters_of_older_versions_are_filled_up_as_fsrs_rs_does(parameters: list[float]) -> None:
    assert filled_parameters(parameters) == pytest.approx(
        fsrs_rs_python.check_and_fill_parameters(parameters), rel=1e-6, abs=1e-6
    )


@pytest.mark.parametrize("number", [0, 5, 18, 20, 22])
def test_another_number_of_parameters_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} parameters"):
        filled_parameters([0.5] * number)
