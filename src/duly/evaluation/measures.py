"""Measures of predicted probabilities: log loss, calibration (RMSE by bins), AUC, and confidence intervals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import floor, log, sqrt
from random import Random

from duly.cards import CardId
from duly.evaluation.scored_answers import Answer
from duly.scheduling.fsrs import AGAIN

CLIP = 1e-4
"""The minimum distance of probabilities from 0 and 1 in the log loss, which limits the weight of a single error."""

DRAWS, LOW, HIGH = 1000, 25, 975
"""The number of bootstrap samples of cards, and the indexes that bound 95 % of the sorted differences."""

Bin = tuple[int, int, int]


def loss(probability: float, is_recalled: bool) -> float:
    """The log loss of one answer, in natural logarithms."""
    clipped_probability = min(max(probability, CLIP), 1 - CLIP)
    return -log(clipped_probability if is_recalled else 1 - clipped_probability)


def auc(probabilities: Sequence[float], recall_flags: Sequence[bool]) -> float | None:
    """The probability that a right answer is ranked above a wrong one; None if all are right or all are wrong."""
    right_count = sum(recall_flags)
    wrong_count = len(recall_flags) - right_count
    if not right_count or not wrong_count:
        return None
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    ranks, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and probabilities[order[end]] == probabilities[order[start]]:
            end += 1
        mean_rank = (start + 1 + end) / 2
        ranks += mean_rank * sum(recall_flags[index] for index in order[start:end])
        start = end
    return (ranks - right_count * (right_count + 1) / 2) / (right_count * wrong_count)


def bins(all_answers: Sequence[Answer]) -> list[Bin]:
    """The bin of every scored answer: by elapsed time, number of answers and lapses of its card, as in fsrs-rs."""
    counts: dict[CardId, int] = defaultdict(lambda: 1)
    lapses: dict[CardId, int] = defaultdict(int)
    all_bins: list[Bin] = []
    for answer in all_answers:
        if answer.is_first:
            counts.pop(answer.card, None)
            lapses.pop(answer.card, None)
        if answer.elapsed > 0:
            counts[answer.card] += 1
            if answer.is_scored:
                all_bins.append(_bin(answer.elapsed, counts[answer.card], lapses[answer.card]))
            lapses[answer.card] += answer.rating == AGAIN
    return all_bins


def rmse(probabilities: Sequence[float], recall_flags: Sequence[bool], answer_bins: Sequence[Bin]) -> float:
    """The root mean square difference between predicted and real shares in the bins, weighted by their sizes."""
    sums: dict[Bin, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for probability, is_recalled, bin_ in zip(probabilities, recall_flags, answer_bins, strict=True):
        bin_sums = sums[bin_]
        bin_sums[0] += 1
        bin_sums[1] += probability
        bin_sums[2] += is_recalled
    return sqrt(sum((predicted - real) ** 2 / n for n, predicted, real in sums.values()) / len(probabilities))


def intervals(
    losses: Mapping[str, Sequence[float]], cards: Sequence[CardId], pairs: Sequence[tuple[str, str]]
) -> list[tuple[float, float]]:
    """The 95 % bounds of the difference of mean log losses of each pair, by bootstrapping over cards."""
    names = sorted(set(cards))
    numbers = {card: number for number, card in enumerate(names)}
    counts = [0] * len(names)
    sums = {pair: [0.0] * len(names) for pair in pairs}
    for index, card in enumerate(cards):
        counts[numbers[card]] += 1
        for first, second in pairs:
            sums[first, second][numbers[card]] += losses[first][index] - losses[second][index]
    random = Random(1)
    draws: dict[tuple[str, str], list[float]] = {pair: [] for pair in pairs}
    for _draw in range(DRAWS):
        sample = random.choices(range(len(names)), k=len(names))
        count = sum(map(counts.__getitem__, sample))
        for pair, by_card in sums.items():
            draws[pair].append(sum(map(by_card.__getitem__, sample)) / count)
    return [(sorted(draws[pair])[LOW], sorted(draws[pair])[HIGH]) for pair in pairs]


def _bin(elapsed: int, count: int, lapses: int) -> Bin:
    return (
        round(100 * 2.48 * 3.62 ** floor(log(elapsed) / log(3.62))),
        round(1.99 * 1.89 ** floor(log(count) / log(1.89))),
        round(1.65 * 1.73 ** floor(log(lapses) / log(1.73))) if lapses else 0,
    )
