"""Statistics in pages, each one chart with its figures in words."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len

from duly.i18n import _, counted
from duly.markup.terminal.lines import Line, Run
from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.grade import Grade
from duly.study.maturity import CardState
from duly.study.statistics import INTERVALS, SECONDS, Period, Share, Statistics
from duly.text.charts.bars import bar, bars
from duly.text.charts.columns import columns
from duly.text.charts.heat_map import heat_map
from duly.text.paragraphs import paragraph
from duly.text.words import duration, grade_name, span

HEIGHT = 6
"""The lines of the tallest column."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title, and its lines for a width."""

    title: str
    lines: Callable[[Statistics, int], list[Line]]


def pages() -> tuple[Page, ...]:
    """All pages in their order, titled in the language in force."""
    return (
        Page(_("Overview"), _overview),
        Page(_("Forecast"), _forecast),
        Page(_("Retention"), _retention),
        Page(_("Intervals"), _intervals),
        Page(_("Grades"), _grades),
        Page(_("Time"), _time),
    )


def period_name(period: Period) -> str:
    """The name of a period."""
    match period:
        case Period.MONTH:
            return _("1 month")
        case Period.YEAR:
            return _("1 year")
        case Period.ALL:
            return _("all time")


def stage_name(stage: CardState) -> str:
    """The name of a stage, as in lists."""
    match stage:
        case CardState.NEW:
            return _("new")
        case CardState.YOUNG:
            return _("young")
        case CardState.MATURE:
            return _("mature")
        case CardState.SUSPENDED:
            return _("suspended")


def _overview(figures: Statistics, width: int) -> list[Line]:
    answers = _("{answers} on {days} · {time}").format(
        answers=counted("{n} answer", "{n} answers", figures.answers),
        days=counted("{n} day", "{n} days", figures.days),
        time=duration(figures.took),
    )
    streaks = _("Longest streak: {longest} · current: {current}").format(
        longest=span(figures.streaks.longest), current=span(figures.streaks.current)
    )
    held = [
        f"{stage_name(stage)} {figures.stages[stage]:,}"
        for stage in (CardState.NEW, CardState.YOUNG, CardState.MATURE, CardState.SUSPENDED)
        if figures.stages.get(stage)
    ]
    return [
        *paragraph(answers, width, styles=("strong",)),
        *paragraph(streaks, width),
        *heat_map(figures.every_day, figures.today, width),
        (),
        *paragraph(_("Cards: {stages}").format(stages=" · ".join(held) or _("none")), width),
        *paragraph(_remembered(figures), width),
    ]


def _remembered(figures: Statistics) -> str:
    return _("Remembered when due: {all} (young {young}, mature {mature})").format(
        all=_percent(figures.retention), young=_percent(figures.young), mature=_percent(figures.mature)
    )


def _forecast(figures: Statistics, width: int) -> list[Line]:
    due = figures.forecast
    words = {
        ahead: f"{calendar_date(StudyDay(figures.today + ahead)):%m-%d}" if ahead else _("today")
        for ahead in range(0, len(due), 7)
    }
    return [
        *paragraph(_("Due in the next {n} days, as the cards stand now").format(n=len(due)), width, styles=("strong",)),
        (),
        *columns(due, words, width, HEIGHT),
        (),
        *paragraph(
            _("Today {today} · tomorrow {tomorrow} · 7 days {week} · {n} days {month}").format(
                today=due[0], tomorrow=due[1], week=sum(due[:7]), n=len(due), month=sum(due)
            ),
            width,
        ),
    ]


def _retention(figures: Statistics, width: int) -> list[Line]:
    rows = ((_("young"), figures.young), (_("mature"), figures.mature), (_("all"), figures.retention))
    names = max(cell_len(name) for name, _share in rows)
    longest = max(min(40, width - names - 24), 1)
    lines = [*paragraph(_("Remembered of the cards that were due"), width, styles=("strong",)), ()]
    for name, share in rows:
        drawn = bar(share.value or 0, longest)
        numbers = _("{passed} of {n}").format(passed=f"{share.passed:,}", n=f"{share.number:,}")
        lines.append(
            (
                Run(f"{name}{' ' * (names - cell_len(name))}  "),
                Run(drawn, ("bar",)),
                Run(f"{'·' * (longest - len(drawn))}", ("dim",)),
                Run(f" {_percent(share):>6}  {numbers}"),
            )
        )
    note = _(
        "A card is mature from an interval of 21 days on. First answers of a day count, not the drills after them."
    )
    return [*lines, (), *paragraph(note, width, styles=("dim",))]


def _intervals(figures: Statistics, width: int) -> list[Line]:
    ends = [_("up to {span}").format(span=_days(days)) for days in INTERVALS]
    rows = list(zip([*ends, _("longer")], figures.intervals, strict=True))
    while rows and not rows[-1][1]:
        rows.pop()
    title = paragraph(_("Cards by interval"), width, styles=("strong",))
    return [*title, (), *(bars(rows, width) or paragraph(_("No card has an interval yet."), width))]


def _grades(figures: Statistics, width: int) -> list[Line]:
    rows = [(grade_name(grade), figures.grades.get(grade, 0)) for grade in Grade]
    asked = [row for row, grade in zip(rows, Grade, strict=True) if row[1] or grade >= Grade.AGAIN]
    return [*paragraph(_("Answers by grade"), width, styles=("strong",)), (), *bars(asked, width)]


def _time(figures: Statistics, width: int) -> list[Line]:
    rows = [(_("up to {n} s").format(n=end), number) for end, number in zip(SECONDS, figures.times, strict=True)]
    means = (
        (_("an answer"), figures.took / (sum(figures.times) or 1)),
        (_("a card"), figures.took / (figures.cards or 1)),
        (_("a day with answers"), figures.took / (figures.days or 1)),
        (_("altogether"), figures.took),
    )
    names = max(cell_len(name) for name, _time in means)
    return [
        *paragraph(_("Time"), width, styles=("strong",)),
        (),
        *((Run(f"{name}{' ' * (names - cell_len(name))}  {duration(time)}"),) for name, time in means),
        (),
        *bars(rows, width),
    ]


def _days(days: int) -> str:
    return span(days) if days < 60 else counted("{n} day", "{n} days", days)


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value * 100:.1f}%"
