"""Bars of shares from 0 to 1: what was right, and a mark where it was predicted to be."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.text.charts.bars import bar
from duly.text.charts.chart_blocks import ShareRow
from duly.text.charts.statistics_rows import percent

LONGEST = 40
"""The cells of a whole bar, where there is room for it."""

LEAST = 6
"""The cells that it has at least."""

MARK = "┃"


def share_bars(rows: Sequence[ShareRow], width: int) -> list[Line]:
    """A line for each share: a bar, the mark of the prediction upon it, the share in percent, and of how many."""
    names = max((cell_len(row.name) for row in rows), default=0)
    ends = _ends(rows, width - names - LEAST - 3)
    longest = max(min(LONGEST, width - names - max(map(cell_len, ends), default=0) - 3), LEAST)
    return [
        (Run(f"{row.name}{' ' * (names - cell_len(row.name))}  "), *_drawn(row, longest), Run(f" {end}"))
        for row, end in zip(rows, ends, strict=True)
    ]


def _drawn(row: ShareRow, cells: int) -> list[Run]:
    drawn = bar(row.real or 0, cells)
    whole = drawn + "·" * (cells - len(drawn))
    if row.predicted is None:
        return [Run(drawn, ("bar",)), Run(whole[len(drawn) :], ("dim",))]
    at = min(int(row.predicted * cells), cells - 1)
    return [
        Run(drawn[:at], ("bar",)),
        Run(whole[len(drawn[:at]) : at], ("dim",)),
        Run(MARK, ("strong",)),
        Run(drawn[at + 1 :], ("bar",)),
        Run(whole[max(at + 1, len(drawn)) :], ("dim",)),
    ]


def _ends(rows: Sequence[ShareRow], room: int) -> list[str]:
    """What stands behind each bar: the shares, and of how many, in as many words as all of them have room for."""
    figures = [
        f"{percent(row.real):>6}" + ("" if row.predicted is None else f" {MARK}{percent(row.predicted):>6}")
        for row in rows
    ]
    of = [_("of {n}").format(n=f"{row.number:,}") for row in rows]
    digits = max((len(f"{row.number:,}") for row in rows), default=0)
    for numbers in (of, [f"{row.number:>{digits},}" for row in rows]):
        ends = [f"{share}  {number}" for share, number in zip(figures, numbers, strict=True)]
        if max(map(cell_len, ends), default=0) <= room:
            return ends
    return figures
