"""Predictors of recall: each gives a probability for every scored answer, computed from earlier answers only."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import exp

from duly.cards import CardId
from duly.evaluation.answers import Answer
from duly.evaluation.calibration import calibrate
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.sm2 import INTENDED_RECALL

FOLDS = 6
"""The number of parts of the scored answers; the first is only trained on, the others are predicted."""

START, STEP = 1.2, 0.3
"""Where the moving average begins, in log odds, and how far one answer moves it."""

Fit = Callable[[Sequence[Answer], int], Sequence[float]]
"""Parameters of FSRS for all the answers, and the number of them, scored or not, that may be learned from."""


def folds(scored: int) -> tuple[int, ...]:
    """Where each part of the scored answers ends."""
    return tuple(scored * part // FOLDS for part in range(1, FOLDS + 1))


def average(all_answers: Sequence[Answer]) -> list[float]:
    """The share of scored answers before this one that were right; half for the first."""
    predictions: list[float] = []
    right = 0
    for count, answer in enumerate(answer for answer in all_answers if answer.scored):
        predictions.append(right / count if count else 0.5)
        right += answer.recalled
    return predictions


def moving_average(all_answers: Sequence[Answer]) -> list[float]:
    """A share that follows the latest answers and knows no card."""
    predictions: list[float] = []
    odds = START
    for answer in (answer for answer in all_answers if answer.scored):
        predictions.append(1 / (1 + exp(-odds)))
        odds += STEP * (answer.recalled - predictions[-1])
    return predictions


def overdue(all_answers: Sequence[Answer]) -> list[float]:
    """For each scored answer the elapsed days, as a multiple of the interval that SM-2 would have given."""
    sm2 = find_scheduler("sm2-paper")
    schedules: dict[CardId, Schedule] = {}
    ratios: list[float] = []
    for answer in all_answers:
        before = NEW if answer.first else schedules[answer.card]
        if answer.scored:
            ratios.append(answer.elapsed / before.interval)
        schedules[answer.card] = sm2.answer(before, answer.grade, answer.day).schedule
    return ratios


def sm2(all_answers: Sequence[Answer]) -> list[float]:
    """SM-2 with the forgetting curve that its author aimed at: 90 % are left when a card is due."""
    return [INTENDED_RECALL**waited for waited in overdue(all_answers)]


def sm2_calibrated(all_answers: Sequence[Answer]) -> list[float]:
    """SM-2 with a curve a · b^(t/I), fitted for every part to the answers before it; 0.5 in the first part."""
    waited = overdue(all_answers)
    recalled = [answer.recalled for answer in all_answers if answer.scored]
    ends = folds(len(waited))
    predictions = [0.5] * (ends[0] if ends else 0)
    for start, end in pairwise(ends):
        offset, slope = calibrate(waited[:start], recalled[:start])
        predictions += [exp(-(offset + slope * value)) for value in waited[start:end]]
    return predictions


def fsrs(all_answers: Sequence[Answer], scheduler: Fsrs | None = None) -> list[float]:
    """FSRS: the retrievability that it gives each scored answer."""
    scheduler = scheduler or Fsrs()
    memories: dict[CardId, FsrsMemory] = {}
    predictions: list[float] = []
    for answer in all_answers:
        if answer.first:
            memories[answer.card] = scheduler.first_memory(answer.rating)
            continue
        memory = memories[answer.card]
        if answer.scored:
            predictions.append(scheduler.retrievability(memory.stability, answer.elapsed))
        memories[answer.card] = scheduler.next_memory(memory, answer.rating, answer.elapsed)
    return predictions


def fsrs_fitted(all_answers: Sequence[Answer], fit: Fit) -> list[float]:
    """FSRS with parameters that are fitted for every part to the answers before it; the default ones in the first."""
    places = [place for place, answer in enumerate(all_answers) if answer.scored]
    ends = folds(len(places))
    predictions = fsrs(all_answers)[: ends[0]] if ends else []
    for start, end in pairwise(ends):
        if start < end:
            parameters = tuple(fit(all_answers, places[start - 1] + 1))
            predictions += fsrs(all_answers[: places[end - 1] + 1], Fsrs(parameters))[start:end]
    return predictions
