"""Statistics in pages, each one chart with its figures in words."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len

from duly.i18n import _, counted
from duly.markup.terminal.lines import Line, Run
from duly.scheduling.schedule import LEECH
from duly.study.maturity import CardState
from duly.study.statistics import Statistics
from duly.text.charts.bars import bars
from duly.text.charts.columns import columns, week_words
from duly.text.charts.heat_map import heat_map
from duly.text.charts.rows import (
    deck_rows,
    grade_rows,
    interval_rows,
    leech_rows,
    percent,
    recall_rows,
    retention_rows,
    stage_name,
    time_means,
    time_rows,
)  # fmt: skip
from duly.text.charts.shares import share_bars
from duly.text.paragraphs import paragraph
from duly.text.words import duration, span

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
        Page(_("Decks"), _decks),
        Page(_("Leeches"), _leeches),
    )


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
        all=percent(figures.retention.value), young=percent(figures.young.value), mature=percent(figures.mature.value)
    )


def _forecast(figures: Statistics, width: int) -> list[Line]:
    due = figures.forecast
    words = week_words(figures.today, len(due))
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
    lines = [
        *paragraph(_("Remembered of the cards that were due"), width, styles=("strong",)),
        (),
        *share_bars(retention_rows(figures), width),
        (),
    ]
    if rows := recall_rows(figures):
        lines += paragraph(_("By interval; ┃ marks what the scheduler predicted"), width, styles=("strong",))
        lines += [(), *share_bars(rows, width), ()]
    note = _(
        "A card is mature from an interval of 21 days on. First answers of a day count, not the drills after them."
    )
    return [*lines, *paragraph(note, width, styles=("dim",))]


def _intervals(figures: Statistics, width: int) -> list[Line]:
    title = paragraph(_("Cards by interval"), width, styles=("strong",))
    drawn = bars(interval_rows(figures), width)
    return [*title, (), *(drawn or paragraph(_("No card has an interval yet."), width))]


def _grades(figures: Statistics, width: int) -> list[Line]:
    return [*paragraph(_("Answers by grade"), width, styles=("strong",)), (), *bars(grade_rows(figures), width)]


def _time(figures: Statistics, width: int) -> list[Line]:
    means = time_means(figures)
    names = max(cell_len(name) for name, _time in means)
    return [
        *paragraph(_("Time"), width, styles=("strong",)),
        (),
        *((Run(f"{name}{' ' * (names - cell_len(name))}  {time}"),) for name, time in means),
        (),
        *bars(time_rows(figures), width),
    ]


def _decks(figures: Statistics, width: int) -> list[Line]:
    title = paragraph(_("Remembered when due, and time, by deck"), width, styles=("strong",))
    drawn = share_bars(deck_rows(figures), width)
    return [*title, (), *(drawn or paragraph(_("No card was answered in this period."), width))]


def _leeches(figures: Statistics, width: int) -> list[Line]:
    lines = [*paragraph(_("Cards forgotten again and again"), width, styles=("strong",)), ()]
    for times, question in leech_rows(figures):
        lines += paragraph(question, width, Run(f"{times}  ", ("dim",)))
    if not figures.leeches:
        return [*lines, *paragraph(_("There are none: a leech has {n} lapses or more.").format(n=LEECH), width)]
    note = _("Time that one of them takes is better spent on rewording it, or on parting it into smaller cards.")
    return [*lines, (), *paragraph(note, width, styles=("dim",))]
