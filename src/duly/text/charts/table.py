"""Rows of words in columns: a text of any length, then short figures."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.markup.terminal.lines import Line, Run
from duly.text.paragraphs import paragraph, shortened

LEAST_NAME = 14
"""Where the first column would have fewer cells, it gets a line of its own."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """The heads, then each row; the first column is cut where there is no room for all of it, the others never."""
    every_row = [heads, *rows] if heads else rows
    columns = [max(map(cell_len, column)) for column in zip(*every_row, strict=True)]
    room = width - sum(size + 2 for size in columns[1:])
    names = min(columns[0], room)
    apart = names < min(LEAST_NAME, columns[0])
    if apart:
        names = 0
    lines: list[Line] = []
    for row in every_row:
        styles = ("dim",) if row is heads else ()
        figures = "".join(f"  {padded(cell, size)}" for cell, size in zip(row[1:], columns[1:], strict=True))
        if not apart:
            first = shortened(row[0], names)
            lines.append((Run(first + " " * (names - cell_len(first)) + figures, styles),))
            continue
        if row is not heads:
            lines += paragraph(row[0], width)
        lines.append((Run(figures, styles),))
    return lines


def padded(cell: str, size: int) -> str:
    """The cell behind as many spaces as make it `size` cells wide."""
    return " " * (size - cell_len(cell)) + cell
