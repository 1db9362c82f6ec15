"""A heat map: how many answers each day had, a column for each week."""

from collections.abc import Mapping

from rich.cells import cell_len

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.day import StudyDay, calendar_date

WEEKS = 53
"""The weeks of a year, whatever its first weekday."""

MOST_SHIFT = 2
"""How many cells the name of a month may be moved to the right to leave a space after the name before it."""

LEVELS = "·░▒▓█"
"""The characters for no answer, then for more and more answers."""


def heat_map(every_day: Mapping[StudyDay, int], today: StudyDay, width: int) -> list[Line]:
    """As many weeks up to `today` as fit, a year at most; two cells for each where a whole year has room for that.

    A line of months, one for each weekday, and one that says what the characters mean.
    """
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    margin = max(map(cell_len, names)) + 1
    column_width = 2 if (width - margin) // 2 >= WEEKS else 1
    weeks = max(min((width - margin) // column_width, WEEKS), 1)
    monday = today - calendar_date(today).weekday() - 7 * (weeks - 1)
    usual = usual_number(every_day, StudyDay(monday), today)
    lines: list[Line] = [(Run(" " * margin + _months(monday, weeks, column_width), ("dim",)),)]
    for weekday, name in enumerate(names):
        days = (monday + 7 * week + weekday for week in range(weeks))
        cells = [LEVELS[level(every_day.get(StudyDay(day), 0), usual)] if day <= today else " " for day in days]
        lead = name + " " * (margin - cell_len(name))
        lines.append((Run(lead, ("dim",)), Run((" " * (column_width - 1)).join(cells).rstrip(), ("bar",))))
    legend = _("less {levels} more").format(levels=" ".join(LEVELS))
    return [*lines, (Run(" " * margin + legend, ("dim",)),)]


def usual_number(every_day: Mapping[StudyDay, int], first: StudyDay, last: StudyDay) -> float:
    """The mean number of answers of the days with answers from `first` to `last`."""
    numbers = [number for day, number in every_day.items() if number and first <= day <= last]
    return sum(numbers) / len(numbers) if numbers else 1.0


def level(number: int, usual: float) -> int:
    """0 for no answer, 1 up to half of `usual`, 2 up to `usual`, 3 up to one and a half times that, 4 above."""
    if not number:
        return 0
    return 1 + sum(number > usual * part for part in (0.5, 1.0, 1.5))


def month_names() -> list[str]:
    """The short names of the twelve months."""
    return [_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"),
            _("Nov"), _("Dec")]  # fmt: skip


def _months(monday: int, weeks: int, column_width: int) -> str:
    """The name of each month above its first week, or up to `MOST_SHIFT` cells to the right, where there is room."""
    names = month_names()
    line = ""
    for week in range(weeks):
        last = calendar_date(StudyDay(monday + 7 * week + 6))
        name = names[last.month - 1]
        start = max(week * column_width, cell_len(line) + 1 if line else 0)
        fits = start + cell_len(name) <= weeks * column_width and start - week * column_width <= MOST_SHIFT
        if last.day <= 7 and fits:
            line += " " * (start - cell_len(line)) + name
    return line
