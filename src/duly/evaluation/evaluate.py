"""Evaluates all predictors on one journal, and draws a conclusion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duly.evaluation import predictors
from duly.evaluation.measures import auc, bins, intervals, loss, rmse
from duly.evaluation.predictors import Fit
from duly.evaluation.scored_answers import Answer

LEAST_SCORED = 400
"""The minimum number of scored answers for a conclusion."""

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
    """Answers with similar predictions: their number, and the predicted and real share of right answers."""

    count: int
    predicted_share: float
    real_share: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of an evaluation. `predictors` has None for a predictor that could not be measured.

    `recall` is the share of right answers among the scored ones; `tested_count` is the number of predicted answers.
    """

    scored_count: int
    tested_count: int
    recall: float
    predictors: Mapping[str, Quality | None]
    differences: Sequence[LossDifference]
    reliability: Mapping[str, Sequence[Reliability]]
    verdict: Verdict

    @property
    def missing_count(self) -> int:
        """The number of scored answers that are missing for a conclusion."""
        return max(0, LEAST_SCORED - self.scored_count)

    def difference(self, first: str, second: str) -> LossDifference | None:
        return next(
            (difference for difference in self.differences if (difference.first, difference.second) == (first, second)),
            None,
        )


def evaluate(all_answers: Sequence[Answer], fit: Fit | None = None) -> Evaluation:
    """Measures the predictors. `fit` finds parameters of FSRS; None if the library for that is not installed.

    The first sixth of the scored answers is only used for training; all others are predicted from earlier ones.
    """
    scored_answers = [answer for answer in all_answers if answer.is_scored]
    recall = sum(answer.is_recalled for answer in scored_answers) / len(scored_answers) if scored_answers else 0.0
    if len(scored_answers) < LEAST_SCORED:
        return Evaluation(len(scored_answers), 0, recall, {}, (), {}, Verdict.TOO_FEW)
    start = predictors.part_ends(len(scored_answers))[0]
    predictions = {
        "average": predictors.average(all_answers),
        "moving-average": predictors.moving_average(all_answers),
        "sm2": predictors.sm2(all_answers),
        "sm2-calibrated": predictors.sm2_calibrated(all_answers),
        "fsrs": predictors.fsrs(all_answers),
    }
    if fit is not None:
        predictions["fsrs-fitted"] = predictors.fsrs_fitted(all_answers, fit)
    tested_predictions = {name: values[start:] for name, values in predictions.items()}
    recall_flags = [answer.is_recalled for answer in scored_answers[start:]]
    answer_bins = bins(all_answers)[start:]
    losses = {name: [*map(loss, values, recall_flags)] for name, values in tested_predictions.items()}
    means = {name: sum(values) / len(values) for name, values in losses.items()}
    qualities: dict[str, Quality | None] = {
        name: Quality(means[name], rmse(values, recall_flags, answer_bins), auc(values, recall_flags))
        for name, values in tested_predictions.items()
    }
    qualities.setdefault("fsrs-fitted", None)
    pairs = [pair for pair in PAIRS if pair[0] in tested_predictions and pair[1] in tested_predictions]
    bounds = intervals(losses, [answer.card for answer in scored_answers[start:]], pairs)
    differences = tuple(
        LossDifference(first, second, means[first] - means[second], low, high)
        for (first, second), (low, high) in zip(pairs, bounds, strict=True)
    )
    return Evaluation(
        len(scored_answers),
        len(recall_flags),
        recall,
        qualities,
        differences,
        {name: _reliability(values, recall_flags) for name, values in tested_predictions.items()},
        _verdict(differences),
    )


def _verdict(differences: Sequence[LossDifference]) -> Verdict:
    """The conclusion from comparing FSRS, fitted if possible, with calibrated SM-2."""
    difference = next(
        candidate
        for candidate in differences
        if candidate.first.startswith("fsrs") and candidate.second == "sm2-calibrated"
    )
    if not difference.is_certain:
        return Verdict.CLOSE
    return Verdict.FSRS if difference.log_loss < 0 else Verdict.SM2


def _reliability(probabilities: Sequence[float], recall_flags: Sequence[bool]) -> tuple[Reliability, ...]:
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(RELIABILITY_BINS)]
    for probability, is_recalled in zip(probabilities, recall_flags, strict=True):
        parts[min(int(probability * RELIABILITY_BINS), RELIABILITY_BINS - 1)].append((probability, is_recalled))
    return tuple(
        Reliability(
            len(part),
            sum(predicted for predicted, _ in part) / len(part),
            sum(is_recalled for _, is_recalled in part) / len(part),
        )
        for part in parts
        if part
    )
