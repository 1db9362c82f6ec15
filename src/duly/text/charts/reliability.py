"""What was predicted of answers, beside what came true: the picture of `duly evaluate`."""

from collections.abc import Sequence

from duly.evaluation.evaluate import Evaluation, Reliability
from duly.i18n import _
from duly.markup.terminal.lines import Line
from duly.text.charts.rows import ShareRow, percent
from duly.text.charts.shares import share_bars
from duly.text.evaluation_report import verdict
from duly.text.paragraphs import paragraph

SHOWN = ("sm2-calibrated", "fsrs", "fsrs-fitted")
"""The predictors worth a picture: the others know no card, or aim at one probability for all."""


def reliabilities(evaluation: Evaluation) -> list[tuple[str, Sequence[Reliability]]]:
    """The name of each predictor that is shown, and its classes of answers from unlikely to likely."""
    names = {"sm2-calibrated": _("SM-2, with a curve fitted to you"), "fsrs": _("FSRS"),
             "fsrs-fitted": _("FSRS, fitted to you")}  # fmt: skip
    return [(names[name], evaluation.reliability[name]) for name in SHOWN if name in evaluation.reliability]


def reliability_lines(evaluation: Evaluation, width: int) -> list[Line]:
    """The verdict, and a chart for each predictor: a bar for what was right, a mark for what was predicted."""
    lines = list(paragraph(verdict(evaluation), width))
    for name, parts in reliabilities(evaluation):
        rows = [ShareRow(percent(part.foretold), part.real, part.count, part.foretold) for part in parts]
        lines += [(), *paragraph(name, width, styles=("strong",)), *share_bars(rows, width)]
    if evaluation.reliability:
        note = _("Each line: answers predicted alike; the bar is what was right, ┃ what was predicted.")
        lines += [(), *paragraph(note, width, styles=("dim",))]
    return lines
