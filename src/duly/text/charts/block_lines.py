"""Blocks as lines of characters, for a terminal."""

from collections.abc import Iterable
from typing import assert_never

from duly.markup.terminal.styled_lines import Line
from duly.text.charts.bars import bars
from duly.text.charts.chart_blocks import TITLE, Bars, Block, Calendar, Columns, Paragraph, Shares, Table
from duly.text.charts.columns import columns
from duly.text.charts.heat_map import heat_map
from duly.text.charts.share_bars import share_bars
from duly.text.charts.text_table import table
from duly.text.paragraphs import paragraph

HEIGHT = 6
"""The lines of the tallest column."""


def block_lines(blocks: Iterable[Block], width: int) -> list[Line]:
    """The blocks one below the other, separated by empty lines, except for successive paragraphs."""
    lines: list[Line] = []
    previous: Block | None = None
    for block in blocks:
        follows = isinstance(previous, Paragraph) and isinstance(block, Paragraph) and block.styles != TITLE
        if previous is not None and not follows:
            lines.append(())
        lines += _lines_of_block(block, width)
        previous = block
    return lines


def _lines_of_block(block: Block, width: int) -> list[Line]:
    match block:
        case Paragraph(text, styles):
            return paragraph(text, width, styles=styles)
        case Bars(rows):
            return bars(rows, width)
        case Shares(share_rows):
            return share_bars(share_rows, width)
        case Columns(values, labels):
            return columns(values, labels, width, HEIGHT)
        case Calendar(every_day, today):
            return heat_map(every_day, today, width)
        case Table(heads, cells):
            return table(heads, cells, width)
        case unknown:
            assert_never(unknown)
