"""Measures of predicted probabilities: log loss, calibration (RMSE by bins), AUC, and confidence intervals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import floor, log, sqrt
from random import Random

from duly.cards import CardId
from duly.evaluation.answers import Answer
from duly.scheduling.fsrs import AGAIN

CLIP = 1e-4
"""For the log loss, probabilities are clipped this far from 0 and 1: one certain error would outweigh all else."""

DRAWS, LOW, HIGH = 1000, 25, 975
"""The number of bootstrap samples of cards, and the indexes that bound 95 % of the sorted differences."""

Bin = tuple[int, int, int]


def loss(probability: float, recalled: bool) -> float:
    """The log loss of one answer, in natural logarithms."""
    clipped = min(max(probability, CLIP), 1 - CLIP)
    return -log(clipped if recalled else 1 - clipped)


def auc(probabilities: Sequence[float], recalled: Sequence[bool]) -> float | None:
    """The probability that a right answer was ranked above a wrong one; None where one of them is missing."""
    right = sum(recalled)
    wrong = len(recalled) - right
    if not right or not wrong:
        return None
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    ranks, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and probabilities[order[end]] == probabilities[order[start]]:
            end += 1
        mean_rank = (start + 1 + end) / 2
        ranks += mean_rank * sum(recalled[place] for place in order[start:end])
        start = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def bins(all_answers: Sequence[Answer]) -> list[Bin]:
    """The bin of every scored answer: by elapsed time, number of answers and lapses of its card, as in fsrs-rs."""
    counts: dict[CardId, int] = defaultdict(lambda: 1)
    lapses: dict[CardId, int] = defaultdict(int)
    all_bins: list[Bin] = []
    for answer in all_answers:
        if answer.first:
            counts.pop(answer.card, None)
            lapses.pop(answer.card, None)
        if answer.elapsed > 0:
            counts[answer.card] += 1
            if answer.scored:
                all_bins.append(_bin(answer.elapsed, counts[answer.card], lapses[answer.card]))
            lapses[answer.card] += answer.rating == AGAIN
    return all_bins


def rmse(probabilities: Sequence[float], recalled: Sequence[bool], places: Sequence[Bin]) -> float:
    """The root mean square of the difference between predicted and real shares in the bins."""
    sums: dict[Bin, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for probability, right, place in zip(probabilities, recalled, places, strict=True):
        of_bin = sums[place]
        of_bin[0] += 1
        of_bin[1] += probability
        of_bin[2] += right
    return sqrt(sum((predicted - real) ** 2 / n for n, predicted, real in sums.values()) / len(probabilities))


def intervals(
    losses: Mapping[str, Sequence[float]], cards: Sequence[CardId], pairs: Sequence[tuple[str, str]]
) -> list[tuple[float, float]]:
    """The bounds of the difference of mean log losses of each pair, by bootstrapping over cards."""
    names = sorted(set(cards))
    numbers = {card: number for number, card in enumerate(names)}
    counts = [0] * len(names)
    sums = {pair: [0.0] * len(names) for pair in pairs}
    for place, card in enumerate(cards):
        counts[numbers[card]] += 1
        for first, second in pairs:
            sums[first, second][numbers[card]] += losses[first][place] - losses[second][place]
    dice = Random(1)
    draws: dict[tuple[str, str], list[float]] = {pair: [] for pair in pairs}
    for _draw in range(DRAWS):
        drawn = dice.choices(range(len(names)), k=len(names))
        count = sum(map(counts.__getitem__, drawn))
        for pair, by_card in sums.items():
            draws[pair].append(sum(map(by_card.__getitem__, drawn)) / count)
    return [(sorted(draws[pair])[LOW], sorted(draws[pair])[HIGH]) for pair in pairs]


def _bin(elapsed: int, count: int, lapses: int) -> Bin:
    return (
        round(100 * 2.48 * 3.62 ** floor(log(elapsed) / log(3.62))),
        round(1.99 * 1.89 ** floor(log(count) / log(1.89))),
        round(1.65 * 1.73 ** floor(log(lapses) / log(1.73))) if lapses else 0,
    )
