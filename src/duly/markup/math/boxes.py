"""Boxes of text, which are joined to draw formulas in two dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of equal width in terminal cells; `baseline` is the index of the row on the text line."""

    rows: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        return cell_len(self.rows[0])

    @property
    def height(self) -> int:
        return len(self.rows)


def side_by_side(boxes: Sequence[Box]) -> Box:
    """The boxes from left to right, on one baseline."""
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.height - box.baseline for box in boxes), default=1)
    padded_boxes = [_pad(box, above - box.baseline, below - (box.height - box.baseline)) for box in boxes]
    return Box(tuple("".join(box.rows[row] for box in padded_boxes) for row in range(above + below)), above)


def stack(boxes: Sequence[Box], baseline: int, align: str = "center") -> Box:
    """The boxes from top to bottom; `baseline` counts the rows of all boxes; `align` is left or center."""
    width = max(box.width for box in boxes)
    return Box(tuple(align_text(row, width, align) for box in boxes for row in box.rows), baseline)


def grid(rows: Sequence[Sequence[Box]], aligns: Sequence[str], gaps: Sequence[int]) -> Box:
    """Cells in columns with their alignments and the gaps before them, centred on the text line.

    A row may lack its last cells. A blank row separates rows if one of them is higher than a line.
    """
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows)))]
    widths = [max(cell.width for cell in column) for column in columns]
    lines: list[str] = []
    is_spaced = any(cell.height > 1 for row in rows for cell in row)
    for row in rows:
        if lines and is_spaced:
            lines.append(" " * len(lines[0]))
        padded_row = [*row, *[Box(("",))] * (len(columns) - len(row))]
        cells = [
            Box(tuple(" " * gap + align_text(text, width, align) for text in cell.rows), cell.baseline)
            for cell, width, align, gap in zip(padded_row, widths, aligns, gaps, strict=True)
        ]
        lines += side_by_side(cells).rows
    total = sum(widths) + sum(gaps)
    return Box(tuple(align_text(line, total, "left") for line in lines), len(lines) // 2)


def raise_box(box: Box) -> Box:
    """The box above the text line."""
    return Box((*box.rows, " " * box.width), box.height)


def lower_box(box: Box) -> Box:
    """The box below the text line."""
    return Box((" " * box.width, *box.rows))


def add_scripts(box: Box, above: Box | None, below: Box | None) -> Box:
    """The box with scripts at its upper and lower right corner; beside its outer rows if it is high."""
    overlap = int(box.height > 1)
    padded_box = _pad(box, above.height - overlap if above else 0, below.height - overlap if below else 0)
    width = max(script.width for script in (above, below, Box(("",))) if script)
    column = [" " * width] * padded_box.height
    if above:
        column[: above.height] = [align_text(row, width, "left") for row in above.rows]
    if below:
        column[-below.height :] = [align_text(row, width, "left") for row in below.rows]
    return Box(tuple(row + script for row, script in zip(padded_box.rows, column, strict=True)), padded_box.baseline)


def align_text(text: str, width: int, align: str) -> str:
    """The text with spaces around it, `width` cells wide; `align` is left, right or center."""
    free_cells = width - cell_len(text)
    left = {"left": 0, "right": free_cells}.get(align, free_cells // 2)
    return " " * left + text + " " * (free_cells - left)


def _pad(box: Box, above: int, below: int) -> Box:
    blank = " " * box.width
    return Box((*[blank] * above, *box.rows, *[blank] * below), box.baseline + above)
