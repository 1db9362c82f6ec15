"""Which scheduler predicts a learner's answers: the figures, and what is said of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.learner import journal
from tests.scheduling.histories import CAPITAL, RIVER, logged, moment, review

from duly.evaluation import predictors
from duly.evaluation.calibration import calibrate
from duly.evaluation.evaluate import Verdict, evaluate
from duly.evaluation.fsrs_fit import fit
from duly.evaluation.measures import auc, bins, loss, rmse
from duly.evaluation.scored_answers import answers
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.journal_entries import ImportedSchedule, Reset
from duly.scheduling.schedule import NEW


def test_scored_is_the_first_answer_of_a_later_day() -> None:
    days = [(0, 4), (0, 4), (1, 2), (1, 4), (7, 3)]
    all_answers = answers(logged(*(review(CAPITAL, day, grade) for day, grade in days)))
    assert [(answer.elapsed, answer.is_scored, answer.is_recalled) for answer in all_answers] == [
        (0, False, True), (0, False, True), (1, True, False), (0, False, True), (6, True, True),
    ]  # fmt: skip


def test_what_was_before_a_reset_is_forgotten_and_cards_begun_elsewhere_are_not_scored() -> None:
    all_answers = answers(
        logged(
            review(CAPITAL, 0),
            Reset(CAPITAL, moment(1)),
            review(CAPITAL, 2),
            ImportedSchedule(RIVER, moment(2), NEW, "Anki"),
            review(RIVER, 3),
            review(RIVER, 9),
        )
    )
    assert [(answer.is_first, answer.is_scored) for answer in all_answers] == [
        (True, False),
        (True, False),
        (True, False),
        (False, False),
    ]


def test_sm2_predicts_from_the_interval_it_would_have_given() -> None:
    history = answers(logged(review(CAPITAL, 0, 4), review(CAPITAL, 1, 4), review(CAPITAL, 10, 4)))
    assert predictors.sm2(history) == pytest.approx([0.9, 0.9 ** (9 / 6)])


def test_fsrs_predicts_with_the_memory_after_all_earlier_answers_those_of_the_same_day_too() -> None:
    fsrs = Fsrs()
    memory = fsrs.next_memory(fsrs.first_memory(1), 3, 0)
    history = answers(logged(review(CAPITAL, 0, 2), review(CAPITAL, 0, 4), review(CAPITAL, 5, 4)))
    assert predictors.fsrs(history) == [fsrs.retrievability(memory.stability, 5)]


def test_averages_begin_where_the_method_says() -> None:
    history = answers(logged(*(review(CAPITAL, day, grade) for day, grade in [(0, 4), (1, 4), (7, 2), (8, 4)])))
    assert predictors.average(history) == [0.5, 1.0, 0.5]
    start = 1 / (1 + math.exp(-1.2))
    then = 1 / (1 + math.exp(-(1.2 + 0.3 * (1 - start))))
    assert predictors.moving_average(history)[:2] == pytest.approx([start, then])


@given(st.lists(st.tuples(st.floats(0.1, 10), st.booleans()), min_size=30, max_size=60))
def test_no_curve_near_the_calibrated_one_is_likelier(pairs: list[tuple[float, bool]]) -> None:
    waited, recalled = [time for time, _ in pairs], [right for _, right in pairs]

    def cost(offset: float, slope: float) -> float:
        exponents = [max(offset + slope * time, 1e-9) for time in waited]
        return sum(
            exponent if right else -math.log(1 - math.exp(-exponent))
            for exponent, right in zip(exponents, recalled, strict=True)
        )

    offset, slope = calibrate(waited, recalled)
    assert offset >= 0 and slope >= 0
    for by in (-1e-3, 1e-3):
        assert cost(max(0, offset + by), slope) >= cost(offset, slope) - 1e-5
        assert cost(offset, max(0, slope + by)) >= cost(offset, slope) - 1e-5


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.5, 0.9]), st.booleans()), min_size=2, max_size=30))
def test_auc_is_the_share_of_pairs_in_the_right_order_ties_for_half(pairs: list[tuple[float, bool]]) -> None:
    right = [value for value, recalled in pairs if recalled]
    wrong = [value for value, recalled in pairs if not recalled]
    value = auc([value for value, _ in pairs], [recalled for _, recalled in pairs])
    if not right or not wrong:
        assert value is None
        return
    ordered = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
    assert value == pytest.approx(ordered / len(right) / len(wrong))


def test_measures_of_a_few_answers_are_what_one_reckons_by_hand() -> None:
    assert loss(0.8, is_recalled=True) == pytest.approx(-math.log(0.8))
    assert loss(1.0, is_recalled=False) == pytest.approx(-math.log(1e-4))
    assert rmse([0.9, 0.7, 0.5], [True, False, True], [(1, 1, 0), (1, 1, 0), (2, 1, 0)]) == pytest.approx(
        math.sqrt((2 * 0.3**2 + 1 * 0.5**2) / 3)
    )


def test_answers_are_binned_by_time_waited_number_and_lapses() -> None:
    days = [(0, 4), (1, 2), (5, 4)]
    assert bins(answers(logged(*(review(CAPITAL, day, grade) for day, grade in days)))) == [(248, 4, 0), (898, 4, 2)]


def test_below_400_scored_answers_nothing_is_said_and_the_missing_ones_are_counted() -> None:
    evaluation = evaluate(answers(journal(50, 5)))
    assert (evaluation.verdict, evaluation.scored_count, evaluation.missing_count, evaluation.predictors) == (
        Verdict.TOO_FEW,
        200,
        200,
        {},
    )


def test_a_learner_who_remembers_as_fsrs_says_is_predicted_best_by_it() -> None:
    evaluation = evaluate(answers(journal(400)), fit)
    losses = {name: quality.log_loss for name, quality in evaluation.predictors.items() if quality}
    assert evaluation.verdict is Verdict.FSRS
    assert (evaluation.scored_count, evaluation.tested_count) == (2800, 2800 - 2800 // 6)
    assert losses["fsrs"] < losses["sm2-calibrated"] < losses["sm2"]
    assert abs(losses["fsrs-fitted"] - losses["fsrs"]) < 0.01
    for difference in evaluation.differences:
        assert difference.low <= difference.log_loss <= difference.high


def test_the_figures_do_not_hang_on_the_order_in_which_entries_arrived() -> None:
    entries = journal(120)
    assert evaluate(answers(entries)) == evaluate(answers(reversed(entries)))


def test_without_the_extra_the_fitted_one_is_not_measured() -> None:
    assert evaluate(answers(journal(120))).predictors["fsrs-fitted"] is None


def test_the_past_alone_decides_what_is_predicted() -> None:
    entries = journal(120)
    whole, part = answers(entries), answers(entries[:600])
    for predictor in (predictors.average, predictors.moving_average, predictors.sm2, predictors.fsrs):
        assert predictor(whole)[: len(predictor(part))] == predictor(part)
