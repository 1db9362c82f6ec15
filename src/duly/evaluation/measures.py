"""How good foretold probabilities are: log loss, calibration by bins, ranking, and how sure a difference is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import floor, log, sqrt
from random import Random

from duly.cards import CardId
from duly.evaluation.answers import Answer
from duly.scheduling.fsrs import AGAIN

CLIP = 1e-4
"""For the log loss no probability is nearer to 0 or 1: one certain error would outweigh everything."""

DRAWS, LOW, HIGH = 1000, 25, 975
"""How often cards are drawn anew, and which of the sorted differences bound 95 % of them."""

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
    """The bin of every scored answer: by time waited, number of answers and lapses of its card, as fsrs-rs has them."""
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
    """The root of the mean square by which foretold and real shares differ in the bins."""
    sums: dict[Bin, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for probability, right, place in zip(probabilities, recalled, places, strict=True):
        of_bin = sums[place]
        of_bin[0] += 1
        of_bin[1] += probability
        of_bin[2] += right
    return sqrt(sum((foretold - real) ** 2 / n for n, foretold, real in sums.values()) / len(probabilities))


def intervals(
    losses: Mapping[str, Sequence[float]], cards: Sequence[CardId], pairs: Sequence[tuple[str, str]]
) -> list[tuple[float, float]]:
    """For each pair the bounds of the difference of mean log losses, from drawing the cards anew."""
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
