"""The charts as SVG for a page of HTML. Colours are names of the page's style, so that it can be light or dark."""

from collections.abc import Mapping, Sequence
from html import escape

from duly.i18n import _, counted
from duly.scheduling.day import StudyDay, calendar_date
from duly.text.charts.chart_blocks import ShareRow
from duly.text.charts.heat_map import WEEKS, level, month_names, usual_number
from duly.text.charts.statistics_rows import percent

BAR_SIZE = (240, 14)
"""Width and height of the longest bar, in pixels."""

MARK_OVERHANG = 3
"""Pixels by which a mark extends above and below its bar, to be recognised by its shape."""

CELL_SIDE = 12
"""The side of a day in the heat map, with its margin."""

LEVEL_SIDES = (3, 5, 7, 9, 11)
"""The side of a day without answers, then of one with more and more: the map is read by size, not by colour alone."""

COLUMNS_SIZE = (640, 160)


def svg_bar(share: float) -> str:
    """A horizontal bar for a share of the longest, 0 to 1; any share above 0 is visible."""
    width, height = BAR_SIZE
    bar_width = max(share * width, 1 if share > 0 else 0)
    return _svg(width, height, percent(share), f'<rect class="bar" width="{bar_width:.1f}" height="{height}" rx="2"/>')


def svg_share(row: ShareRow) -> str:
    """A bar on its track, with a mark at the predicted share."""
    width, height = BAR_SIZE
    parts = [f'<rect class="whole" y="{MARK_OVERHANG}" width="{width}" height="{height}" rx="2"/>']
    if row.share is not None:
        parts.append(
            f'<rect class="bar" y="{MARK_OVERHANG}" width="{row.share * width:.1f}" height="{height}" rx="2"/>'
        )
    if row.predicted_share is not None:
        mark_x = min(row.predicted_share * width, width - 4)
        parts.append(f'<rect class="mark" x="{mark_x:.1f}" width="4" height="{height + 2 * MARK_OVERHANG}"/>')
    return _svg(width, height + 2 * MARK_OVERHANG, f"{row.name}: {percent(row.share)}", *parts)


def svg_columns(values: Sequence[float], labels: Mapping[int, str]) -> str:
    """Upright columns above an axis, `labels` below the values of their indices."""
    width, height = COLUMNS_SIZE
    largest, column_width = max(values, default=0) or 1, width / max(len(values), 1)
    parts = [f'<line class="axis" y1="{height}" x2="{width}" y2="{height}"/>']
    for index, value in enumerate(values):
        bar_height = max(value / largest * (height - 16), 1 if value else 0)
        parts.append(
            f'<rect class="bar" x="{index * column_width + 1:.1f}" y="{height - bar_height:.1f}"'
            f' width="{max(column_width - 2, 1):.1f}" height="{bar_height:.1f}"><title>{value:,.0f}</title></rect>'
        )
    parts += [
        f'<text x="{index * column_width:.1f}" y="{height + 14}">{escape(label)}</text>'
        for index, label in labels.items()
    ]
    parts.append(f'<text x="0" y="10">{largest:,.0f}</text>')
    return _svg(width, height + 20, _("most {n}").format(n=f"{largest:,.0f}"), *parts)


def svg_heat_map(every_day: Mapping[StudyDay, int], today: StudyDay) -> str:
    """A year of days, a column for each week, the larger and stronger the more answers; each says date and number."""
    monday = today - calendar_date(today).weekday() - 7 * (WEEKS - 1)
    usual = usual_number(every_day, StudyDay(monday), today)
    parts = []
    for day in map(StudyDay, range(monday, today + 1)):
        week, weekday = divmod(day - monday, 7)
        date = calendar_date(day)
        number = every_day.get(day, 0)
        answers = counted("{n} answer", "{n} answers", number)
        parts.append(_day(week * CELL_SIDE, 14 + weekday * CELL_SIDE, level(number, usual), f"{date}: {answers}"))
        if date.day == 1 and week < WEEKS - 2:
            parts.append(f'<text x="{week * CELL_SIDE}" y="10">{escape(month_names()[date.month - 1])}</text>')
    legend_top = 14 + 7 * CELL_SIDE + 6
    less_label, more_label = _("less {levels} more").split("{levels}")
    parts.append(f'<text x="0" y="{legend_top + 10}">{escape(less_label.strip())}</text>')
    parts += [_day(40 + number * (CELL_SIDE + 2), legend_top, number, "") for number in range(len(LEVEL_SIDES))]
    parts.append(
        f'<text x="{46 + len(LEVEL_SIDES) * (CELL_SIDE + 2)}" y="{legend_top + 10}">{escape(more_label.strip())}</text>'
    )
    return _svg(WEEKS * CELL_SIDE, legend_top + CELL_SIDE + 2, _("Answers on each day of a year"), *parts)


def _day(left: float, top: float, number: int, words: str) -> str:
    """A day of the heat map in the middle of its cell, with words as its tooltip."""
    side = LEVEL_SIDES[number]
    margin = (CELL_SIDE - side) / 2
    title = f"<title>{escape(words)}</title>" if words else ""
    return (
        f'<rect class="level{number}" x="{left + margin:.1f}" y="{top + margin:.1f}" width="{side}" height="{side}"'
        f' rx="1">{title}</rect>'
    )


def _svg(width: float, height: float, label: str, *parts: str) -> str:
    """A picture of this size, which a page may make narrower; `label` describes it to screen readers."""
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
