"""Rows of words in columns: a text of any length, then short figures."""

from collections.abc import Sequence

from rich.cells import cell_len

from duly.markup.terminal.styled_lines import Line, Run
from duly.text.paragraphs import paragraph, shorten

LEAST_NAME = 14
"""The least width of the first column; if it has less room, it gets lines of its own."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """The heads, then each row; the first column is cut if it does not fit.

    If it would be too narrow, the other columns are below it, closer together, without the last ones that do not fit.
    """
    every_row = [heads, *rows] if heads else rows
    sizes = [max(map(cell_len, column)) for column in zip(*every_row, strict=True)]
    names = min(sizes[0], width - sum(size + 2 for size in sizes[1:]))
    if names < min(LEAST_NAME, sizes[0]):
        return _rows_with_name_lines(heads, rows, sizes, width)
    lines: list[Line] = []
    for row in every_row:
        name = shorten(row[0], names)
        figures = "".join(f"  {_pad(cell, size)}" for cell, size in zip(row[1:], sizes[1:], strict=True))
        lines.append((Run(name + " " * (names - cell_len(name)) + figures, ("dim",) if row is heads else ()),))
    return lines


def _rows_with_name_lines(
    heads: Sequence[str], rows: Sequence[Sequence[str]], sizes: Sequence[int], width: int
) -> list[Line]:
    """Each row in two lines or more: its first column whole, then the others."""

    def figures(row: Sequence[str]) -> str:
        line = ""
        for cell, size in zip(row[1:], sizes[1:], strict=True):
            if cell_len(line) + 1 + size > width:
                break
            line += f" {_pad(cell, size)}"
        return line

    lines: list[Line] = [(Run(figures(heads), ("dim",)),)] if heads else []
    for row in rows:
        lines += [*paragraph(row[0], width), (Run(figures(row)),)]
    return lines


def _pad(cell: str, size: int) -> str:
    """The cell, right-aligned in `size` terminal cells."""
    return " " * (size - cell_len(cell)) + cell
