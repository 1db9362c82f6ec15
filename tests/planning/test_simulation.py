"""The days until an exam, played in advance."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from duly.planning.compare_plans import PlanName, compare_plans
from duly.planning.habits import DEFAULT_HABITS, Habits
from duly.planning.simulation import Policy, SimulatedCard, World, simulate, sm2_step
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs, rating
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler

SM2 = find_scheduler("sm2-paper")
ALWAYS = Habits(studied_share=1.0)


def cards(learned: int, new: int, seed: int = 1) -> list[SimulatedCard]:
    """Learned cards that come due over the next weeks, and new ones."""
    dice = Random(seed)
    known = [
        SimulatedCard(FsrsMemory(dice.uniform(5, 60), 5.0), -dice.randrange(1, 10), dice.randrange(0, 20), 3, 10)
        for _ in range(learned)
    ]
    return known + [SimulatedCard() for _ in range(new)]


@given(
    st.integers(0, 8),
    st.integers(1, 20_000),
    st.integers(65, 150),
    st.integers(-9, 40),
    st.sampled_from(list(Grade)[2:]),
)
def test_a_step_leads_where_sm2_does_with_its_drill(
    repetitions: int, interval: int, half_easiness: int, late: int, grade: Grade
) -> None:
    easiness = 2 * half_easiness
    due = interval + 1
    day = max(2, due + late)
    schedule = Schedule(StudyDay(due), StudyDay(1), interval, memory=Sm2Memory(repetitions, easiness))
    answered = SM2.answer(schedule, grade, StudyDay(day)).schedule
    if grade < Grade.HARD:
        answered = SM2.answer(answered, Grade.GOOD, StudyDay(day)).schedule
    card = SimulatedCard(FsrsMemory(1, 5), 1, due, repetitions, interval, easiness)
    sm2_step(card, rating(grade), day)
    assert isinstance(answered.memory, Sm2Memory)
    expected = (answered.memory.repetitions, answered.interval, answered.memory.easiness, answered.due, answered.last)
    assert (card.repetitions, card.interval, card.easiness, card.due, card.last) == expected


def test_limits_hold_and_what_is_due_beyond_them_waits() -> None:
    result = simulate(cards(500, 100), World(10, ALWAYS, Fsrs()), Policy(7, 20), Random(1))
    assert all(day.reviews <= 20 and day.new <= 7 for day in result.days)
    assert result.unseen_cards == 30
    assert result.days[-1].waiting > 0


def test_what_was_answered_today_counts_against_todays_limits() -> None:
    result = simulate(
        cards(200, 100), World(2, ALWAYS, Fsrs()), Policy(7, 20, reviews_today=15, new_today=6), Random(1)
    )
    assert result.days[0].new == 1
    assert result.days[0].reviews <= 5
    assert result.days[1].new == 7


def test_on_a_day_off_nothing_is_asked_and_all_waits() -> None:
    result = simulate(cards(100, 10), World(5, Habits(studied_share=0.0), Fsrs()), Policy(7, 20), Random(1))
    assert [(day.reviews, day.new, day.minutes) for day in result.days] == [(0, 0, 0)] * 5


def test_the_plan_that_reaches_every_card_leaves_none_unseen() -> None:
    all_plans = compare_plans(
        lambda: cards(100, 300), World(30, ALWAYS, Fsrs()), Policy(3, 200), seed="plan", cram_minutes=60
    )
    by_name = {plan.name: plan for plan in all_plans}
    assert by_name[PlanName.PRESENT].result.unseen_cards == 300 - 3 * 30
    assert by_name[PlanName.ALL].result.unseen_cards == 0
    assert by_name[PlanName.ALL].result.known_cards > by_name[PlanName.PRESENT].result.known_cards


def test_a_cram_makes_more_cards_safe_in_no_more_time_than_it_is_given() -> None:
    all_plans = compare_plans(
        lambda: cards(600, 0), World(30, ALWAYS, Fsrs()), Policy(0, 10), seed="plan", cram_minutes=20
    )
    present, _all, cram = all_plans
    assert cram.result.safe_cards > present.result.safe_cards
    assert all(day.minutes <= 20 + DEFAULT_HABITS.failure_seconds for day in cram.result.days[-7:])
    assert [day.reviews for day in cram.result.days[:23]] == [day.reviews for day in present.result.days[:23]]


def test_the_same_seed_gives_the_same_plan_and_fsrs_may_rule_it() -> None:
    world, policy = World(40, ALWAYS, Fsrs()), Policy(10, 100, sm2=False)
    first, second = (simulate(cards(200, 100), world, policy, Random(7)) for _ in range(2))
    assert first == second
    assert first != simulate(cards(200, 100), world, Policy(10, 100), Random(7))
