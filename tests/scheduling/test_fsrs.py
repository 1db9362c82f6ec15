"""FSRS-6: the published implementations' figures, and what holds of every history."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, logged, review

from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.scheduler_registry import find_scheduler

VECTORS = json.loads(Path(__file__).with_name("fsrs_vectors.json").read_text(encoding="utf-8"))
GRADES = {1: Grade.AGAIN, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.EASY}

answers = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(list(Grade))), min_size=1, max_size=20)
passes = st.sampled_from([Grade.HARD, Grade.GOOD, Grade.EASY])


def scheduler(parameters: str) -> Fsrs:
    values = VECTORS["parameters"][parameters]
    return Fsrs(tuple(values["w"]), values["retention"], values["max_interval"])


schedulers = st.sampled_from([scheduler("default"), scheduler("fitted")])


def memory(schedule: Schedule) -> FsrsMemory:
    assert isinstance(schedule.memory, FsrsMemory)
    return schedule.memory


def after(history: list[tuple[int, Grade]], fsrs: Fsrs) -> tuple[Schedule, StudyDay]:
    """The schedule after answers, each given some days after the one before, and the last day."""
    schedule, day = NEW, StudyDay(20_000)
    for days, grade in history:
        day = StudyDay(day + days)
        schedule = fsrs.answer(schedule, grade, day).schedule
    return schedule, day


@pytest.mark.parametrize("parameters", VECTORS["parameters"])
def test_every_history_leads_where_the_published_implementations_say(parameters: str) -> None:
    fsrs = scheduler(parameters)
    for history in VECTORS["histories"]:
        schedule, last = NEW, None
        for day, rating, row in zip(history["days"], history["ratings"], history[parameters], strict=True):
            stability, difficulty, recalled, interval = row
            if last is not None:
                assert fsrs.retrievability(memory(schedule).stability, day - last) == pytest.approx(recalled, abs=1e-9)
            schedule = fsrs.answer(schedule, GRADES[rating], StudyDay(day)).schedule
            assert memory(schedule).stability == pytest.approx(stability, rel=1e-9), history["id"]
            assert memory(schedule).difficulty == pytest.approx(difficulty, abs=1e-9), history["id"]
            assert (schedule.interval, schedule.due) == (interval, day + interval), history["id"]
            last = day


@pytest.mark.parametrize("parameters", VECTORS["parameters"])
def test_every_history_ends_where_ankis_own_fsrs_ends(parameters: str) -> None:
    fsrs = scheduler(parameters)
    for history in VECTORS["histories"]:
        if parameters in history.get("anki_final", {}):
            schedule = NEW
            for day, rating in zip(history["days"], history["ratings"], strict=True):
                schedule = fsrs.answer(schedule, GRADES[rating], StudyDay(day)).schedule
            ended = memory(schedule).stability, memory(schedule).difficulty
            assert ended == pytest.approx(history["anki_final"][parameters], rel=1e-3), history["id"]


def test_a_card_known_only_by_interval_and_ease_starts_from_these() -> None:
    for parameters, ease, interval, retention, stability, difficulty in VECTORS["from_sm2"]:
        started = scheduler(parameters).memory_from_sm2(interval, ease, retention)
        assert started.stability == pytest.approx(stability, rel=1e-4)
        assert started.difficulty == pytest.approx(difficulty, rel=1e-4)


def test_half_days_go_to_the_even_day() -> None:
    fsrs = Fsrs((0.212, 1.2931, 1.5, *Fsrs().parameters[3:]))
    assert fsrs.answer(NEW, Grade.GOOD, StudyDay(0)).schedule.interval == 2


def test_only_what_was_forgotten_is_asked_again_on_its_day() -> None:
    drilled = {grade: outcome.schedule.drill for grade, outcome in Fsrs().outcomes(NEW, StudyDay(0)).items()}
    assert drilled == {grade: grade < Grade.HARD for grade in Grade}


@given(answers, schedulers, st.floats(0.7, 0.99), st.floats(0, 0.29))
def test_a_higher_retention_never_lengthens_an_interval(
    history: list[tuple[int, Grade]], fsrs: Fsrs, retention: float, lower: float
) -> None:
    demanding, _ = after(history, replace(fsrs, retention=retention))
    lenient, _ = after(history, replace(fsrs, retention=max(0.5, retention - lower)))
    assert demanding.interval <= lenient.interval


@given(answers, schedulers, st.integers(1, 500))
def test_a_card_forgotten_on_a_later_day_never_gains_stability(
    history: list[tuple[int, Grade]], fsrs: Fsrs, days: int
) -> None:
    before, day = after(history, fsrs)
    forgotten = fsrs.answer(before, Grade.AGAIN, StudyDay(day + days)).schedule
    assert memory(forgotten).stability <= memory(before).stability


@given(answers, schedulers, st.integers(0, 300), passes)
def test_a_card_remembered_on_its_day_or_later_gets_no_shorter_interval(
    history: list[tuple[int, Grade]], fsrs: Fsrs, late: int, grade: Grade
) -> None:
    before, day = after(history, fsrs)
    passed = fsrs.answer(before, grade, StudyDay(day + before.interval + late)).schedule
    assert passed.interval >= before.interval


@given(answers)
def test_a_replay_comes_to_what_the_answers_did_and_other_cards_change_nothing(
    history: list[tuple[int, Grade]],
) -> None:
    expected, _ = after(history, Fsrs())
    day, entries = 20_000, []
    for days, grade in history:
        day += days
        entries.append(review(CAPITAL, day, grade, "fsrs"))
        entries.append(review(RIVER, day, Grade.HARD, "fsrs"))
    assert replay(logged(*entries), find_scheduler)[CAPITAL] == expected


def test_the_day_in_an_entry_is_the_day_and_the_interval_whatever_the_retention_is_here() -> None:
    entries = logged(review(CAPITAL, 20_000, 4, "fsrs", due=20_009))
    assert (replay(entries, find_scheduler)[CAPITAL].due, replay(entries, find_scheduler)[CAPITAL].interval) == (
        20_009,
        9,
    )


def test_fsrs_works_its_memory_out_from_all_grades_that_sm2_had_ruled() -> None:
    grades = [(20_000, 4), (20_001, 2), (20_001, 4), (20_007, 5)]
    mixed = [review(CAPITAL, day, grade) for day, grade in grades] + [review(CAPITAL, 20_020, 4, "fsrs")]
    whole = [review(CAPITAL, day, grade, "fsrs") for day, grade in [*grades, (20_020, 4)]]
    assert (
        replay(logged(*mixed), find_scheduler)[CAPITAL].memory == replay(logged(*whole), find_scheduler)[CAPITAL].memory
    )


def test_back_to_sm2_the_easiness_follows_from_all_grades() -> None:
    answers = [(20_000, 5), (20_001, 5), (20_007, 3)]
    mixed = [review(CAPITAL, day, grade, "fsrs") for day, grade in answers] + [review(CAPITAL, 20_400, 4)]
    whole = [review(CAPITAL, day, grade) for day, grade in [*answers, (20_400, 4)]]
    assert (
        replay(logged(*mixed), find_scheduler)[CAPITAL].memory == replay(logged(*whole), find_scheduler)[CAPITAL].memory
    )
