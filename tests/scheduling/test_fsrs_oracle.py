"""Our FSRS beside py-fsrs, its authors' own, on histories made by chance."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs, rating
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
