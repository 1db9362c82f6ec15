"""Boxes of text, put beside and above each other: what a formula in two dimensions is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class Box:
    """Rows that are all equally wide in terminal cells; `baseline` is the one that stands on the line of its text."""

    rows: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        return cell_len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)


def beside(boxes: Sequence[Box]) -> Box:
    """The boxes from left to right, on one baseline."""
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.height - box.baseline for box in boxes), default=1)
    filled = [_filled(box, above - box.baseline, below - (box.height - box.baseline)) for box in boxes]
    return Box(tuple("".join(box.rows[row] for box in filled) for row in range(above + below)), above)


def stacked(boxes: Sequence[Box], baseline: int, align: str = "center") -> Box:
    """The boxes from top to bottom, on the row `baseline` counted over all of them; `align` is left or center."""
    width = max(box.width for box in boxes)
    return Box(tuple(aligned(row, width, align) for box in boxes for row in box.rows), baseline)


def grid(rows: Sequence[Sequence[Box]], aligns: Sequence[str], gaps: Sequence[int]) -> Box:
    """Cells in columns with their alignments and the gaps before them, the whole around the line of its text.

    A row may lack its last cells. Rows touch, unless one of them is higher than a line.
    """
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows)))]
    widths = [max(cell.width for cell in column) for column in columns]
    lines: list[str] = []
    is_spaced = any(cell.height > 1 for row in rows for cell in row)
    for row in rows:
        if lines and is_spaced:
            lines.append(" " * len(lines[0]))
        full = [*row, *[Box(("",))] * (len(columns) - len(row))]
        cells = [
            Box(tuple(" " * gap + aligned(text, width, align) for text in cell.rows), cell.baseline)
            for cell, width, align, gap in zip(full, widths, aligns, gaps, strict=True)
        ]
        lines += beside(cells).rows
    total = sum(widths) + sum(gaps)
    return Box(tuple(aligned(line, total, "left") for line in lines), len(lines) // 2)


def raised(box: Box) -> Box:
    """The box above the line of its text."""
    return Box((*box.rows, " " * box.width), box.height)


def lowered(box: Box) -> Box:
    """The box below the line of its text."""
    return Box((" " * box.width, *box.rows))


def cornered(box: Box, above: Box | None, below: Box | None) -> Box:
    """The box with others at its upper and its lower right corner; a high one has them beside its outer rows."""
    overlap = int(box.height > 1)
    base = _filled(box, above.height - overlap if above else 0, below.height - overlap if below else 0)
    width = max(script.width for script in (above, below, Box(("",))) if script)
    column = [" " * width] * base.height
    if above:
        column[: above.height] = [aligned(row, width, "left") for row in above.rows]
    if below:
        column[-below.height :] = [aligned(row, width, "left") for row in below.rows]
    return Box(tuple(row + script for row, script in zip(base.rows, column, strict=True)), base.baseline)


def aligned(text: str, width: int, align: str) -> str:
    """The text with spaces around it, `width` cells wide; `align` is left, right or center."""
    free = width - cell_len(text)
    left = {"left": 0, "right": free}.get(align, free // 2)
    return " " * left + text + " " * (free - left)


def _filled(box: Box, above: int, below: int) -> Box:
    blank = " " * box.width
    return Box((*[blank] * above, *box.rows, *[blank] * below), box.baseline + above)
