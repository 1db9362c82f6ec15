"""The report on how well schedulers foretell a learner's answers: a table, a verdict in words, and JSON."""

from typing import TYPE_CHECKING

from duly.i18n import _

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Difference, Evaluation


def evaluation_lines(evaluation: "Evaluation") -> list[str]:
    """The figures as a table, and what they come to."""
    summary = _("{scored} answers scored, {recall} of them right; {tested} foretold from those before.").format(
        scored=evaluation.scored, recall=f"{evaluation.recall:.1%}", tested=evaluation.tested
    )
    rows = [summary]
    if evaluation.predictors:
        heads = _("log loss"), _("RMSE(bins)")
        rows += ["", f"{'':16}{heads[0]:>10}{heads[1]:>12}{'AUC':>8}"]
    for name, quality in evaluation.predictors.items():
        if quality is None:
            rows.append(f"{name:16}{'–':>10}{'–':>12}{'–':>8}")
        else:
            auc = "–" if quality.auc is None else f"{quality.auc:.3f}"
            rows.append(f"{name:16}{quality.log_loss:>10.4f}{quality.rmse_bins:>12.4f}{auc:>8}")
    rows += ["", verdict(evaluation)]
    if evaluation.predictors.get("fsrs-fitted", ...) is None:
        rows.append(_("FSRS fitted to your answers was not measured; pip install 'duly[fsrs]' brings what it needs."))
    return rows


def verdict(evaluation: "Evaluation") -> str:
    """What can honestly be said, in words."""
    from duly.evaluation.evaluate import Verdict

    if evaluation.verdict is Verdict.TOO_FEW:
        return _("Too few answers to say anything: {missing} more are needed, each on a later day.").format(
            missing=evaluation.missing
        )
    between = next(difference for difference in evaluation.differences if difference.second == "sm2-calibrated")
    bounds = {"difference": f"{between.log_loss:+.4f}", "low": f"{between.low:+.4f}", "high": f"{between.high:+.4f}"}
    words = {
        Verdict.FSRS: _("FSRS foretells your answers better than SM-2: log loss {difference} ({low} to {high})."),
        Verdict.SM2: _("SM-2 foretells your answers better than FSRS: log loss {difference} ({low} to {high})."),
        Verdict.CLOSE: _("FSRS and SM-2 are too close to call: log loss {difference} ({low} to {high})."),
    }[evaluation.verdict].format(**bounds)
    guess = evaluation.difference("sm2-calibrated", "moving-average")
    if guess is not None and not (guess.is_certain and guess.log_loss < 0):
        words += " " + _("SM-2's curve foretells no better than a moving average that knows no card.")
    return words


def evaluation_as_json(evaluation: "Evaluation") -> dict[str, object]:
    """What was measured, for programs."""
    return {
        "scored": evaluation.scored,
        "tested": evaluation.tested,
        "recall": evaluation.recall,
        "predictors": {
            name: quality and {"log_loss": quality.log_loss, "rmse_bins": quality.rmse_bins, "auc": quality.auc}
            for name, quality in evaluation.predictors.items()
        },
        "differences": [_difference(difference) for difference in evaluation.differences],
        "verdict": verdict(evaluation),
    }


def _difference(difference: "Difference") -> dict[str, object]:
    return {
        "a": difference.first,
        "b": difference.second,
        "log_loss": difference.log_loss,
        "low": difference.low,
        "high": difference.high,
    }
