"""The report on how well schedulers predict a learner's answers: a verdict in words, pictures, a table, and JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from duly.i18n import _
from duly.text.charts.chart_blocks import NOTE, TITLE, Block, Paragraph, ShareRow, Shares, Table
from duly.text.charts.statistics_rows import percent

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Evaluation, LossDifference, Quality


CHART_PREDICTORS = ("sm2-calibrated", "fsrs", "fsrs-fitted")
"""The predictors with a chart: the others do not distinguish cards, or predict one probability for all."""


def summary(evaluation: "Evaluation") -> str:
    """How many answers there were, and how many of them were right."""
    return _("{scored} answers scored, {recall} of them right; {tested} predicted from those before.").format(
        scored=evaluation.scored_count, recall=f"{evaluation.recall:.1%}", tested=evaluation.tested_count
    )


def figures_table(evaluation: "Evaluation") -> Table:
    """A row of figures for each predictor; a dash where it was not measured."""
    return Table(
        ("", _("log loss"), _("RMSE(bins)"), "AUC"),
        tuple((name, *_figures(quality)) for name, quality in evaluation.predictors.items()),
    )


def _figures(quality: "Quality | None") -> tuple[str, str, str]:
    if quality is None:
        return "–", "–", "–"
    return f"{quality.log_loss:.4f}", f"{quality.rmse_bins:.4f}", "–" if quality.auc is None else f"{quality.auc:.3f}"


def missing_note(evaluation: "Evaluation") -> str:
    """How to get the figures that are missing; "" if none are."""
    if evaluation.predictors.get("fsrs-fitted", ...) is not None:
        return ""
    return _("FSRS fitted to your answers was not measured; pip install 'duly[fsrs]' brings what it needs.")


def verdict(evaluation: "Evaluation") -> str:
    """The verdict in words."""
    from duly.evaluation.evaluate import Verdict

    if evaluation.verdict is Verdict.TOO_FEW:
        return _("Too few answers to say anything: {missing} more are needed, each on a later day.").format(
            missing=evaluation.missing_count
        )
    difference = next(difference for difference in evaluation.differences if difference.second == "sm2-calibrated")
    bounds = {
        "difference": f"{difference.log_loss:+.4f}",
        "low": f"{difference.low:+.4f}",
        "high": f"{difference.high:+.4f}",
    }
    words = {
        Verdict.FSRS: _("FSRS predicts your answers better than SM-2: log loss {difference} ({low} to {high})."),
        Verdict.SM2: _("SM-2 predicts your answers better than FSRS: log loss {difference} ({low} to {high})."),
        Verdict.CLOSE: _("FSRS and SM-2 are too close to call: log loss {difference} ({low} to {high})."),
    }[evaluation.verdict].format(**bounds)
    guess = evaluation.difference("sm2-calibrated", "moving-average")
    if guess is not None and not (guess.is_certain and guess.log_loss < 0):
        more = _("SM-2's curve predicts no better than a moving average of all answers.")
        return _("{sentence} {next}").format(sentence=words, next=more)
    return words


def pictures(evaluation: "Evaluation") -> Iterable[Block]:
    """A chart for each of the `CHART_PREDICTORS` that was measured."""
    names = {"sm2-calibrated": _("SM-2, with a curve fitted to you"), "fsrs": _("FSRS"),
             "fsrs-fitted": _("FSRS, fitted to you")}  # fmt: skip
    for name in CHART_PREDICTORS:
        if name in evaluation.reliability:
            yield Paragraph(names[name], TITLE)
            parts = evaluation.reliability[name]
            yield Shares(
                tuple(
                    ShareRow(percent(part.predicted_share), part.real_share, part.count, part.predicted_share)
                    for part in parts
                )
            )


def evaluation_blocks(evaluation: "Evaluation") -> Iterable[Block]:
    """The verdict, a chart for each predictor, and all figures."""
    yield Paragraph(verdict(evaluation), TITLE)
    yield from pictures(evaluation)
    if evaluation.reliability:
        yield Paragraph(_("Each line: answers predicted alike; the bar is what was right, ┃ what was predicted."), NOTE)
    yield Paragraph(summary(evaluation))
    if evaluation.predictors:
        yield figures_table(evaluation)
    if note := missing_note(evaluation):
        yield Paragraph(note, NOTE)


def evaluation_as_json(evaluation: "Evaluation") -> dict[str, object]:
    """What was measured, for programs."""
    return {
        "scored": evaluation.scored_count,
        "tested": evaluation.tested_count,
        "recall": evaluation.recall,
        "predictors": {
            name: quality and {"log_loss": quality.log_loss, "rmse_bins": quality.rmse_bins, "auc": quality.auc}
            for name, quality in evaluation.predictors.items()
        },
        "differences": [_difference(difference) for difference in evaluation.differences],
        "verdict": verdict(evaluation),
    }


def _difference(difference: "LossDifference") -> dict[str, object]:
    return {
        "a": difference.first,
        "b": difference.second,
        "log_loss": difference.log_loss,
        "low": difference.low,
        "high": difference.high,
    }
