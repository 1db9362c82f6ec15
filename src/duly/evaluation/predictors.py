"""Predictors of recall: each gives a probability for every scored answer, computed from earlier answers only."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import exp

from duly.cards import CardId
from duly.evaluation.calibration import calibrate
from duly.evaluation.scored_answers import Answer
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.sm2 import INTENDED_RECALL

FOLDS = 6
"""The number of parts of the scored answers; the first is only used for training, the others are predicted."""

START_ODDS, ODDS_STEP = 1.2, 0.3
"""The start of the moving average in log odds, and its change by one answer."""

Fit = Callable[[Sequence[Answer], int], Sequence[float]]
"""Fits parameters of FSRS to so many of the first answers, scored or not."""


def part_ends(scored_count: int) -> tuple[int, ...]:
    """The ends of the parts of the scored answers."""
    return tuple(scored_count * part // FOLDS for part in range(1, FOLDS + 1))


def average(all_answers: Sequence[Answer]) -> list[float]:
    """The share of right answers among the scored answers before each one; 0.5 for the first."""
    predictions: list[float] = []
    right_count = 0
    for count, answer in enumerate(answer for answer in all_answers if answer.is_scored):
        predictions.append(right_count / count if count else 0.5)
        right_count += answer.is_recalled
    return predictions


def moving_average(all_answers: Sequence[Answer]) -> list[float]:
    """A moving average of the latest answers to any card."""
    predictions: list[float] = []
    log_odds = START_ODDS
    for answer in (answer for answer in all_answers if answer.is_scored):
        predictions.append(1 / (1 + exp(-log_odds)))
        log_odds += ODDS_STEP * (answer.is_recalled - predictions[-1])
    return predictions


def elapsed_ratios(all_answers: Sequence[Answer]) -> list[float]:
    """For each scored answer, the elapsed days as a multiple of the interval under SM-2."""
    sm2 = find_scheduler("sm2-paper")
    schedules: dict[CardId, Schedule] = {}
    ratios: list[float] = []
    for answer in all_answers:
        before = NEW if answer.is_first else schedules[answer.card]
        if answer.is_scored:
            ratios.append(answer.elapsed / before.interval)
        schedules[answer.card] = sm2.answer(before, answer.grade, answer.day).schedule
    return ratios


def sm2(all_answers: Sequence[Answer]) -> list[float]:
    """SM-2 with the forgetting curve that its author intended: 90 % recall when a card is due."""
    return [INTENDED_RECALL**ratio for ratio in elapsed_ratios(all_answers)]


def sm2_calibrated(all_answers: Sequence[Answer]) -> list[float]:
    """SM-2 with a curve a · b^(t/I), fitted for each part to the answers before it; 0.5 in the first part."""
    ratios = elapsed_ratios(all_answers)
    recall_flags = [answer.is_recalled for answer in all_answers if answer.is_scored]
    ends = part_ends(len(ratios))
    predictions = [0.5] * (ends[0] if ends else 0)
    for start, end in pairwise(ends):
        offset, slope = calibrate(ratios[:start], recall_flags[:start])
        predictions += [exp(-(offset + slope * ratio)) for ratio in ratios[start:end]]
    return predictions


def fsrs(all_answers: Sequence[Answer], scheduler: Fsrs | None = None) -> list[float]:
    """FSRS: its retrievability before each scored answer."""
    scheduler = scheduler or Fsrs()
    memories: dict[CardId, FsrsMemory] = {}
    predictions: list[float] = []
    for answer in all_answers:
        if answer.is_first:
            memories[answer.card] = scheduler.first_memory(answer.rating)
            continue
        memory = memories[answer.card]
        if answer.is_scored:
            predictions.append(scheduler.retrievability(memory.stability, answer.elapsed))
        memories[answer.card] = scheduler.next_memory(memory, answer.rating, answer.elapsed)
    return predictions


def fsrs_fitted(all_answers: Sequence[Answer], fit: Fit) -> list[float]:
    """FSRS with parameters that are fitted for each part to the answers before it; default ones in the first part."""
    scored_indexes = [index for index, answer in enumerate(all_answers) if answer.is_scored]
    ends = part_ends(len(scored_indexes))
    predictions = fsrs(all_answers)[: ends[0]] if ends else []
    for start, end in pairwise(ends):
        if start < end:
            parameters = tuple(fit(all_answers, scored_indexes[start - 1] + 1))
            predictions += fsrs(all_answers[: scored_indexes[end - 1] + 1], Fsrs(parameters))[start:end]
    return predictions
