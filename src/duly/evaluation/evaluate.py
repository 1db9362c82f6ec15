"""Evaluates all predictors on one journal, and decides what the results allow to conclude."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duly.evaluation import predictors
from duly.evaluation.answers import Answer
from duly.evaluation.measures import auc, bins, intervals, loss, rmse
from duly.evaluation.predictors import Fit

LEAST_SCORED = 400
"""The least number of scored answers for any conclusion."""

PAIRS = (
    ("fsrs-fitted", "sm2-calibrated"),
    ("fsrs-fitted", "fsrs"),
    ("fsrs", "sm2-calibrated"),
    ("fsrs", "sm2"),
    ("sm2-calibrated", "moving-average"),
    ("fsrs", "moving-average"),
)
"""The pairs of predictors that are compared."""

RELIABILITY_BINS = 10
"""The number of probability ranges in the reliability diagram."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of a predictor. The best values are 0, for `auc` 1; `auc` is None if it is undefined."""

    log_loss: float
    rmse_bins: float
    auc: float | None


@dataclass(frozen=True, slots=True)
class LossDifference:
    """The mean log loss of `first` minus that of `second`, with the bounds of its 95 % confidence interval."""

    first: str
    second: str
    log_loss: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Whether the bounds do not span 0."""
        return self.low > 0 or self.high < 0


class Verdict(StrEnum):
    """The conclusion about the two schedulers."""

    TOO_FEW = "too-few"
    FSRS = "fsrs"
    SM2 = "sm2"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Reliability:
    """Answers with about the same predicted probability: their number, predicted and real share of right ones."""

    count: int
    predicted: float
    real: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured. `predictors` has None where something is missing to measure one.

    `recall` is the share of right answers among all scored ones; `tested` counts those that were predicted.
    """

    scored: int
    tested: int
    recall: float
    predictors: Mapping[str, Quality | None]
    differences: Sequence[LossDifference]
    reliability: Mapping[str, Sequence[Reliability]]
    verdict: Verdict

    @property
    def missing(self) -> int:
        """How many scored answers are missing before anything can be said."""
        return max(0, LEAST_SCORED - self.scored)

    def difference(self, first: str, second: str) -> LossDifference | None:
        return next(
            (difference for difference in self.differences if (difference.first, difference.second) == (first, second)),
            None,
        )


def evaluate(all_answers: Sequence[Answer], fit: Fit | None = None) -> Evaluation:
    """Measures the predictors. `fit` finds parameters of FSRS; None where what it needs is not installed.

    The first sixth of the scored answers is only trained on; all others are predicted from earlier ones.
    """
    scored = [answer for answer in all_answers if answer.scored]
    recall = sum(answer.recalled for answer in scored) / len(scored) if scored else 0.0
    if len(scored) < LEAST_SCORED:
        return Evaluation(len(scored), 0, recall, {}, (), {}, Verdict.TOO_FEW)
    start = predictors.folds(len(scored))[0]
    predicted = {
        "average": predictors.average(all_answers),
        "moving-average": predictors.moving_average(all_answers),
        "sm2": predictors.sm2(all_answers),
        "sm2-calibrated": predictors.sm2_calibrated(all_answers),
        "fsrs": predictors.fsrs(all_answers),
    }
    if fit is not None:
        predicted["fsrs-fitted"] = predictors.fsrs_fitted(all_answers, fit)
    tested = {name: values[start:] for name, values in predicted.items()}
    recalled = [answer.recalled for answer in scored[start:]]
    places = bins(all_answers)[start:]
    losses = {name: [*map(loss, values, recalled)] for name, values in tested.items()}
    means = {name: sum(values) / len(values) for name, values in losses.items()}
    qualities: dict[str, Quality | None] = {
        name: Quality(means[name], rmse(values, recalled, places), auc(values, recalled))
        for name, values in tested.items()
    }
    qualities.setdefault("fsrs-fitted", None)
    pairs = [pair for pair in PAIRS if pair[0] in tested and pair[1] in tested]
    bounds = intervals(losses, [answer.card for answer in scored[start:]], pairs)
    differences = tuple(
        LossDifference(first, second, means[first] - means[second], low, high)
        for (first, second), (low, high) in zip(pairs, bounds, strict=True)
    )
    return Evaluation(
        len(scored),
        len(recalled),
        recall,
        qualities,
        differences,
        {name: _reliability(values, recalled) for name, values in tested.items()},
        _verdict(differences),
    )


def _verdict(differences: Sequence[LossDifference]) -> Verdict:
    """Compares FSRS, fitted if that was measured, with calibrated SM-2."""
    between = next(
        difference
        for difference in differences
        if difference.first.startswith("fsrs") and difference.second == "sm2-calibrated"
    )
    if not between.is_certain:
        return Verdict.CLOSE
    return Verdict.FSRS if between.log_loss < 0 else Verdict.SM2


def _reliability(probabilities: Sequence[float], recalled: Sequence[bool]) -> tuple[Reliability, ...]:
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(RELIABILITY_BINS)]
    for probability, right in zip(probabilities, recalled, strict=True):
        parts[min(int(probability * RELIABILITY_BINS), RELIABILITY_BINS - 1)].append((probability, right))
    return tuple(
        Reliability(
            len(part), sum(predicted for predicted, _ in part) / len(part), sum(right for _, right in part) / len(part)
        )
        for part in parts
        if part
    )
