"""The report on how well schedulers foretell a learner's answers: a table, a verdict in words, and JSON."""

from typing import TYPE_CHECKING

from duly.i18n import _

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Difference, Evaluation


def evaluation_lines(found: "Evaluation") -> list[str]:
    """The figures as a table, and what they come to."""
    summary = _("{scored} answers scored, {recall} of them right; {tested} foretold from those before.").format(
        scored=found.scored, recall=f"{found.recall:.1%}", tested=found.tested
    )
    rows = [summary]
    if found.predictors:
        heads = _("log loss"), _("RMSE(bins)")
        rows += ["", f"{'':16}{heads[0]:>10}{heads[1]:>12}{'AUC':>8}"]
    for name, quality in found.predictors.items():
        if quality is None:
            rows.append(f"{name:16}{'–':>10}{'–':>12}{'–':>8}")
        else:
            auc = "–" if quality.auc is None else f"{quality.auc:.3f}"
            rows.append(f"{name:16}{quality.log_loss:>10.4f}{quality.rmse_bins:>12.4f}{auc:>8}")
    rows += ["", verdict(found)]
    if found.predictors.get("fsrs-fitted", ...) is None:
        rows.append(_("FSRS fitted to your answers was not measured; pip install 'duly[fsrs]' brings what it needs."))
    return rows


def verdict(found: "Evaluation") -> str:
    """What can honestly be said, in words."""
    from duly.evaluation.evaluate import Verdict

    if found.verdict is Verdict.TOO_FEW:
        return _("Too few answers to say anything: {missing} more are needed, each on a later day.").format(
            missing=found.missing
        )
    between = next(one for one in found.differences if one.second == "sm2-calibrated")
    bounds = {"difference": f"{between.log_loss:+.4f}", "low": f"{between.low:+.4f}", "high": f"{between.high:+.4f}"}
    words = {
        Verdict.FSRS: _("FSRS foretells your answers better than SM-2: log loss {difference} ({low} to {high})."),
        Verdict.SM2: _("SM-2 foretells your answers better than FSRS: log loss {difference} ({low} to {high})."),
        Verdict.CLOSE: _("FSRS and SM-2 are too close to call: log loss {difference} ({low} to {high})."),
    }[found.verdict].format(**bounds)
    guess = found.difference("sm2-calibrated", "moving-average")
    if guess is not None and not (guess.is_certain and guess.log_loss < 0):
        words += " " + _("SM-2's curve foretells no better than a moving average that knows no card.")
    return words


def evaluation_as_json(found: "Evaluation") -> dict[str, object]:
    """What was measured, for programs."""
    return {
        "scored": found.scored,
        "tested": found.tested,
        "recall": found.recall,
        "predictors": {
            name: quality and {"log_loss": quality.log_loss, "rmse_bins": quality.rmse_bins, "auc": quality.auc}
            for name, quality in found.predictors.items()
        },
        "differences": [_difference(one) for one in found.differences],
        "verdict": verdict(found),
    }


def _difference(one: "Difference") -> dict[str, object]:
    return {"a": one.first, "b": one.second, "log_loss": one.log_loss, "low": one.low, "high": one.high}
