"""Upright columns: one for each value, above an axis with labels below it."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.day import StudyDay, calendar_date

EIGHTHS = " ▁▂▃▄▅▆▇█"


def columns(values: Sequence[float], labels: Mapping[int, str], width: int, height: int) -> list[Line]:
    """The columns of `values` in `height` lines, the axis, and a line of `labels`, each below the value of its index.

    A column is up to three cells wide, and every value except zero is visible. If there are more values than cells,
    neighbouring values share a column that shows their mean.
    """
    margin = len(f"{max(values, default=0):,.0f}")
    group_size = -(-len(values) // max(width - margin - 1, 1))
    if group_size > 1:
        values = means(values, group_size)
        labels = {index // group_size: label for index, label in sorted(labels.items(), reverse=True)}
    largest = max(values, default=0)
    column_width = min(max((width - margin - 1) // max(len(values), 1), 1), 3)
    scale = (
        {row: largest * row // height for row in (height, (height + 1) // 2)}
        if largest >= height
        else {height: largest}
        if largest
        else {}
    )
    lines: list[Line] = []
    for row in range(height, 0, -1):
        number = f"{scale[row]:,.0f}" if row in scale else ""
        cells = "".join(
            _cell(value, largest, row, height) * max(column_width - 1, 1) + " " * (column_width > 1) for value in values
        )
        lines.append((Run(f"{number:>{margin}}┤", ("dim",)), Run(cells.rstrip(), ("bar",))))
    axis = "".join(("┴" if index in labels else "─") + "─" * (column_width - 1) for index in range(len(values)))
    lines.append((Run(f"{0:>{margin}}┼{axis}", ("dim",)),))
    lines.append((Run(" " * (margin + 1) + _label_line(labels, column_width, len(values) * column_width), ("dim",)),))
    return lines


def week_labels(today: StudyDay, days: int) -> dict[int, str]:
    """Labels for an axis of `days` days from today on: today, and the date of every seventh day after it."""
    return {
        offset: f"{calendar_date(StudyDay(today + offset)):%m-%d}" if offset else _("today")
        for offset in range(0, days, 7)
    }


def means(values: Sequence[float], size: int) -> list[float]:
    """The means of groups of `size` neighbouring values."""
    return [fmean(values[start : start + size]) for start in range(0, len(values), size)]


def sparkline(values: Sequence[float]) -> str:
    """The values as one line of small columns; a zero is a point on the line."""
    largest = max(values, default=0)
    return "".join(_cell(value, largest, 1, 1) if value else "·" for value in values)


def _cell(value: float, largest: float, row: int, height: int) -> str:
    """What a column shows in a row, the first at the bottom: nothing, a part, or a whole cell."""
    if not value:
        return " "
    eighths = max(round(value * height * 8 / largest), 1)
    return EIGHTHS[min(max(eighths - (row - 1) * 8, 0), 8)]


def _label_line(labels: Mapping[int, str], column_width: int, width: int) -> str:
    """The labels below their columns, without those that would overlap the one before or exceed the axis."""
    line = ""
    for index, label in sorted(labels.items()):
        start = index * column_width
        if cell_len(line) < start + (not line) and start + cell_len(label) <= max(width, cell_len(label)):
            line += " " * (start - cell_len(line)) + label
    return line
