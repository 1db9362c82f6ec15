"""Bars of shares from 0 to 1: what was right, and a mark where it was predicted to be."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.lines import Line, Run
from duly.text.charts.bars import bar
from duly.text.charts.blocks import ShareRow
from duly.text.charts.rows import percent

LONGEST = 40
"""The cells of a whole bar, where there is room for it."""

LEAST = 8
"""The cells that it has at least."""

MARK = "┃"


def share_bars(rows: Sequence[ShareRow], width: int) -> list[Line]:
    """A line for each share: a bar, the mark of the prediction upon it, the share in percent, and of how many."""
    names = [row.name for row in rows]
    broad = max((cell_len(name) for name in names), default=0)
    ends = [_end(row, width - broad - LEAST - 3) for row in rows]
    longest = max(min(LONGEST, width - broad - max((cell_len(end) for end in ends), default=0) - 3), LEAST)
    return [
        (
            Run(f"{name}{' ' * (broad - cell_len(name))}  "),
            *_drawn(row, longest),
            Run(f" {end}"),
        )
        for name, row, end in zip(names, rows, ends, strict=True)
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


def _end(row: ShareRow, room: int) -> str:
    """What stands behind a bar: the shares, and of how many where there is room for it."""
    words = f"{percent(row.real):>6}" + ("" if row.predicted is None else f" {MARK}{percent(row.predicted):>6}")
    number = _("of {n}").format(n=f"{row.number:,}")
    return f"{words}  {number}" if cell_len(words) + 2 + cell_len(number) <= room else words
