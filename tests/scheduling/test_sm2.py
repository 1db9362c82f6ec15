"""SM-2 and its relatives, against the vectors of README.md and by the properties they must have."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.scheduling.histories import sm2_memory
from tests.scheduling.vectors import VECTORS

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import AnswerKind, Outcome, Scheduler
from duly.scheduling.sm2 import PROFILES, Sm2

PAPER = PROFILES["sm2-paper"]
COLUMNS = {
    "sm2-paper": "paper",
    "sm2-vendor": "vendor",
    "sm2-calculator": "calculator",
    "sm2-newef": "new_ef",
}

profiles = st.sampled_from(list(PROFILES.values()))
grades = st.sampled_from(list(Grade))


def on_their_days(scheduler: Sm2, answers: list[int]) -> list[Schedule]:
    """The schedules after each grade, every answer on the very day the card is due."""
    schedules = [NEW]
    for grade in answers:
        before = schedules[-1]
        schedules.append(scheduler.answer(before, Grade(grade), before.due or StudyDay(0)).schedule)
    return schedules[1:]


def triples(schedules: list[Schedule]) -> list[list[int]]:
    return [
        [sm2_memory(schedule).repetitions, schedule.interval, sm2_memory(schedule).easiness] for schedule in schedules
    ]


@pytest.mark.parametrize("profile", COLUMNS)
def test_every_history_leads_where_exact_arithmetic_says(profile: str) -> None:
    vectors = [vector for vector in VECTORS["vectors"] if vector[COLUMNS[profile]] is not None]
    assert len(vectors) > 150
    wrong = {
        vector["id"]: (vector["grades"], got)
        for vector in vectors
        if (got := triples(on_their_days(PROFILES[profile], vector["grades"]))) != vector[COLUMNS[profile]]
    }
    assert wrong == {}


def test_lapses_are_counted_as_in_every_history() -> None:
    wrong = [
        vector["id"]
        for vector in VECTORS["vectors"]
        if [schedule.lapses for schedule in on_their_days(PAPER, vector["grades"])] != vector["lapses"]
    ]
    assert wrong == []


@pytest.mark.parametrize("timeline", VECTORS["timelines"]["items"], ids=lambda timeline: timeline["id"])
def test_drills_and_late_and_early_answers_lead_where_the_rules_say(timeline: dict[str, Any]) -> None:
    schedule = NEW
    rows = []
    for day, grade in timeline["events"]:
        outcome = PAPER.answer(schedule, Grade(grade), StudyDay(day))
        schedule = outcome.schedule
        numbers = (schedule.repetitions, schedule.interval, schedule.easiness, schedule.lapses)
        rows.append([outcome.kind.value, *numbers, schedule.due, int(schedule.drill)])
    assert rows == timeline["expect"]


def test_an_interval_never_exceeds_the_longest() -> None:
    cap = VECTORS["cap"]
    scheduler = Sm2("capped", max_interval=cap["max_interval"])
    assert triples(on_their_days(scheduler, cap["grades"])) == cap["expect"]


def test_a_longest_interval_of_ten_days_holds_for_early_answers_as_well() -> None:
    scheduler = Sm2("short", max_interval=10)
    learned = Schedule(interval=10, due=StudyDay(30), last=StudyDay(20), memory=Sm2Memory(3))
    assert scheduler.answer(learned, Grade.GOOD, StudyDay(29)).schedule.interval == 10


def test_six_answers_give_exactly_350_days_where_floats_give_351() -> None:
    assert on_their_days(PAPER, [5, 5, 4, 4, 5, 4])[-1].interval == 350


@pytest.mark.parametrize(("interval", "nearest"), [(5, 12), (15, 38), (7, 18), (9, 22), (11, 28)])
def test_the_vendors_halves_go_to_the_even_day(interval: int, nearest: int) -> None:
    card = Schedule(interval=interval, due=StudyDay(9), last=StudyDay(0), memory=Sm2Memory(2, 250))
    assert PROFILES["sm2-vendor"].answer(card, Grade.GOOD, StudyDay(9)).schedule.interval == nearest


def test_an_early_failure_lowers_the_easiness_where_the_profile_says_so() -> None:
    card = Schedule(interval=15, due=StudyDay(20), last=StudyDay(5), memory=Sm2Memory(3, 250))
    failed = {name: scheduler.answer(card, Grade.WRONG, StudyDay(10)) for name, scheduler in PROFILES.items()}
    assert {outcome.kind for outcome in failed.values()} == {AnswerKind.AHEAD}
    assert {name: outcome.schedule.easiness for name, outcome in failed.items()} == {
        "sm2-paper": 250,
        "sm2-vendor": 196,
        "sm2-calculator": 196,
        "sm2-newef": 250,
    }


def test_a_day_before_the_last_answer_counts_as_the_day_of_that_answer() -> None:
    answered = PAPER.answer(NEW, Grade.HARD, StudyDay(100)).schedule
    assert PAPER.answer(answered, Grade.GOOD, StudyDay(98)) == PAPER.answer(answered, Grade.GOOD, StudyDay(100))


def test_a_new_card_whose_day_was_set_is_reviewed_even_before_that_day() -> None:
    outcome = PAPER.answer(Schedule(due=StudyDay(50)), Grade.GOOD, StudyDay(40))
    assert outcome == Outcome(
        AnswerKind.REVIEW, Schedule(interval=1, due=StudyDay(41), last=StudyDay(40), memory=Sm2Memory(1))
    )


def test_every_profile_is_found_by_the_name_it_bears() -> None:
    assert {name: scheduler.name for name, scheduler in PROFILES.items()} == {name: name for name in COLUMNS}


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Schedules that histories reach: answers on days that go up by chance, set aside or not."""
    scheduler: Scheduler = draw(profiles)
    schedule, day = NEW, 20_000
    for grade, days in draw(st.lists(st.tuples(grades, st.integers(0, 40)), max_size=12)):
        day += days
        schedule = scheduler.answer(schedule, grade, StudyDay(day)).schedule
    aside = draw(st.tuples(st.booleans(), st.none() | st.integers(20_000, 21_000).map(StudyDay)))
    return replace(schedule, suspended=aside[0], buried_until=aside[1])


days = st.integers(20_000, 22_000).map(StudyDay)


@given(profiles, schedules(), grades, days)
def test_after_any_answer_easiness_interval_and_day_are_in_their_bounds(
    scheduler: Sm2, before: Schedule, grade: Grade, today: StudyDay
) -> None:
    after = scheduler.answer(before, grade, today).schedule
    assert sm2_memory(after).easiness >= 130
    assert sm2_memory(after).easiness % 2 == 0
    assert 1 <= after.interval <= 36_500
    assert after.last == max(today, before.last or today)
    assert after.due is not None
    assert after.due > after.last or after == before or before.drill


@given(schedules(), st.sampled_from([Grade.HARD, Grade.GOOD, Grade.EASY]), days)
def test_a_passed_review_of_a_remembered_card_lengthens_its_interval(
    before: Schedule, grade: Grade, today: StudyDay
) -> None:
    outcome = PAPER.answer(before, grade, today)
    assume(outcome.kind is AnswerKind.REVIEW and sm2_memory(before).repetitions >= 1 and before.interval < 36_500)
    assert outcome.schedule.interval > before.interval


@given(profiles, schedules(), days)
def test_good_never_moves_the_easiness(scheduler: Sm2, before: Schedule, today: StudyDay) -> None:
    assert scheduler.answer(before, Grade.GOOD, today).schedule.easiness == before.easiness


@given(profiles, schedules(), grades)
def test_a_second_answer_on_a_day_moves_neither_interval_nor_easiness_nor_due_day(
    scheduler: Sm2, reviewed: Schedule, grade: Grade
) -> None:
    assume(reviewed.last is not None)
    assert reviewed.last is not None
    outcome = scheduler.answer(reviewed, grade, reviewed.last)
    assert outcome.kind is (AnswerKind.DRILL if reviewed.drill else AnswerKind.EXTRA)
    after = outcome.schedule
    assert (after.interval, after.easiness, after.due, after.lapses, after.last) == (
        reviewed.interval,
        reviewed.easiness,
        reviewed.due,
        reviewed.lapses,
        reviewed.last,
    )
    assert outcome.kind is AnswerKind.DRILL or after == reviewed


@given(profiles, schedules(), grades, days)
def test_an_answer_leaves_what_is_set_aside_as_it_is(
    scheduler: Sm2, before: Schedule, grade: Grade, today: StudyDay
) -> None:
    after = scheduler.answer(before, grade, today).schedule
    assert (after.suspended, after.buried_until) == (before.suspended, before.buried_until)


@given(profiles, schedules(), days)
def test_the_futures_are_the_answers_of_all_six_grades(scheduler: Sm2, before: Schedule, today: StudyDay) -> None:
    futures = scheduler.outcomes(before, today)
    assert list(futures) == list(Grade)
    assert all(futures[grade] == scheduler.answer(before, grade, today) for grade in Grade)
