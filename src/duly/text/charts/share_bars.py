"""Bars of shares from 0 to 1, with a mark at the predicted share."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.text.charts.bars import bar
from duly.text.charts.chart_blocks import ShareRow
from duly.text.charts.statistics_rows import percent

LONGEST_BAR = 40
"""The most cells of a bar."""

SHORTEST_BAR = 6
"""The fewest cells of a bar."""

PREDICTION_MARK = "┃"


def share_bars(rows: Sequence[ShareRow], width: int) -> list[Line]:
    """A line for each share: a bar with the mark of the prediction, the share in percent, and the number of answers."""
    names = max((cell_len(row.name) for row in rows), default=0)
    ends = _row_ends(rows, width - names - SHORTEST_BAR - 3)
    longest = max(min(LONGEST_BAR, width - names - max(map(cell_len, ends), default=0) - 3), SHORTEST_BAR)
    return [
        (Run(f"{row.name}{' ' * (names - cell_len(row.name))}  "), *_bar_runs(row, longest), Run(f" {end}"))
        for row, end in zip(rows, ends, strict=True)
    ]


def _bar_runs(row: ShareRow, cells: int) -> list[Run]:
    blocks = bar(row.share or 0, cells)
    track = blocks + "·" * (cells - len(blocks))
    if row.predicted_share is None:
        return [Run(blocks, ("bar",)), Run(track[len(blocks) :], ("dim",))]
    mark_at = min(int(row.predicted_share * cells), cells - 1)
    return [
        Run(blocks[:mark_at], ("bar",)),
        Run(track[len(blocks[:mark_at]) : mark_at], ("dim",)),
        Run(PREDICTION_MARK, ("strong",)),
        Run(blocks[mark_at + 1 :], ("bar",)),
        Run(track[max(mark_at + 1, len(blocks)) :], ("dim",)),
    ]


def _row_ends(rows: Sequence[ShareRow], room: int) -> list[str]:
    """The text after each bar: its shares, and the number of answers as fully as all rows have room for."""
    figures = [
        f"{percent(row.share):>6}"
        + ("" if row.predicted_share is None else f" {PREDICTION_MARK}{percent(row.predicted_share):>6}")
        for row in rows
    ]
    totals = [_("of {n}").format(n=f"{row.number:,}") for row in rows]
    digits = max((len(f"{row.number:,}") for row in rows), default=0)
    for numbers in (totals, [f"{row.number:>{digits},}" for row in rows]):
        ends = [f"{share}  {number}" for share, number in zip(figures, numbers, strict=True)]
        if max(map(cell_len, ends), default=0) <= room:
            return ends
    return figures
