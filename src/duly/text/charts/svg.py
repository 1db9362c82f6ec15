"""The charts as SVG for a page of HTML. Colours are names of the page's style, so that it can be light or dark."""

from collections.abc import Mapping, Sequence
from html import escape

from duly.evaluation.evaluate import Reliability
from duly.i18n import counted
from duly.scheduling.day import StudyDay, calendar_date
from duly.text.charts.heat_map import WEEKS, level, month_names, usual_number
from duly.text.charts.rows import ShareRow, percent

BAR = (240, 14)
"""Width and height of the longest bar, in pixels."""

CELL = 11
"""The side of a day in the heat map, with its margin."""

COLUMNS = (640, 160)
SQUARE = 260
"""The side of the reliability diagram; its dots grow with the answers that they stand for."""


def svg_bar(share: float) -> str:
    """A bar that lies, for a share of the longest, 0 to 1; anything at all is seen."""
    width, height = BAR
    drawn = max(share * width, 1 if share > 0 else 0)
    return _svg(width, height, f'<rect class="bar" width="{drawn:.1f}" height="{height}" rx="2"/>')


def svg_share(row: ShareRow) -> str:
    """A bar within its whole, with a mark where the share was predicted to be."""
    width, height = BAR
    parts = [f'<rect class="whole" width="{width}" height="{height}" rx="2"/>']
    if row.real is not None:
        parts.append(f'<rect class="bar" width="{row.real * width:.1f}" height="{height}" rx="2"/>')
    if row.predicted is not None:
        at = min(row.predicted * width, width - 3)
        parts.append(f'<rect class="mark" x="{at:.1f}" width="3" height="{height}"/>')
    return _svg(width, height, *parts)


def svg_columns(values: Sequence[int], words: Mapping[int, str]) -> str:
    """Columns that stand above an axis, `words` below the values of their indices."""
    width, height = COLUMNS
    most, broad = max(values, default=0) or 1, width / max(len(values), 1)
    parts = [f'<line class="axis" y1="{height}" x2="{width}" y2="{height}"/>']
    for index, value in enumerate(values):
        tall = value / most * (height - 16)
        parts.append(
            f'<rect class="bar" x="{index * broad + 1:.1f}" y="{height - tall:.1f}" width="{broad - 2:.1f}"'
            f' height="{tall:.1f}"><title>{value:,}</title></rect>'
        )
    parts += [f'<text x="{index * broad:.1f}" y="{height + 14}">{escape(word)}</text>' for index, word in words.items()]
    parts.append(f'<text x="0" y="10">{most:,}</text>')
    return _svg(width, height + 20, *parts)


def svg_heat_map(every_day: Mapping[StudyDay, int], today: StudyDay) -> str:
    """A year of days, a column for each week, the darker the more answers; each says its date and number."""
    monday = today - calendar_date(today).weekday() - 7 * (WEEKS - 1)
    usual = usual_number(every_day, StudyDay(monday), today)
    parts = []
    for day in map(StudyDay, range(monday, today + 1)):
        week, weekday = divmod(day - monday, 7)
        date = calendar_date(day)
        number = every_day.get(day, 0)
        parts.append(
            f'<rect class="level{level(number, usual)}" x="{week * CELL}" y="{14 + weekday * CELL}" width="{CELL - 2}"'
            f' height="{CELL - 2}" rx="2"><title>{date}: {counted("{n} answer", "{n} answers", number)}</title></rect>'
        )
        if date.day == 1 and week < WEEKS - 2:
            parts.append(f'<text x="{week * CELL}" y="10">{escape(month_names()[date.month - 1])}</text>')
    return _svg(WEEKS * CELL, 14 + 7 * CELL, *parts)


def svg_reliability(parts: Sequence[Reliability]) -> str:
    """A dot for answers that were predicted alike: to the right what was predicted, upwards what was right.

    On the diagonal, prediction and truth are the same.
    """
    most = max((part.count for part in parts), default=1)
    drawn = [
        f'<rect class="whole" x="40" width="{SQUARE}" height="{SQUARE}"/>',
        f'<line class="axis" x1="40" y1="{SQUARE}" x2="{40 + SQUARE}" y2="0"/>',
    ]
    for part in parts:
        x, y = 40 + part.foretold * SQUARE, (1 - part.real) * SQUARE
        drawn.append(
            f'<circle class="bar" cx="{x:.1f}" cy="{y:.1f}" r="{3 + 9 * (part.count / most) ** 0.5:.1f}">'
            f"<title>{percent(part.foretold)} → {percent(part.real)} ({part.count:,})</title></circle>"
        )
    for share in (0, 0.5, 1):
        at = share * SQUARE
        drawn.append(f'<text x="34" y="{SQUARE - at + (10 if share == 1 else 4)}" text-anchor="end">{share:.0%}</text>')
        drawn.append(f'<text x="{40 + at}" y="{SQUARE + 16}" text-anchor="middle">{share:.0%}</text>')
    return _svg(SQUARE + 60, SQUARE + 22, *drawn)


def _svg(width: float, height: float, *parts: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{"".join(parts)}</svg>'
