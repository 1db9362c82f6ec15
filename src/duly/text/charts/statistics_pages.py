"""The pages of the statistics: charts with their figures in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from duly.i18n import _, counted
from duly.scheduling.leech import LEECH_LAPSES
from duly.study.card_state import CardState
from duly.study.statistics import Statistics
from duly.text.charts.chart_blocks import NOTE, TITLE, Bars, Block, Calendar, Columns, Paragraph, Shares, Table
from duly.text.charts.columns import week_labels
from duly.text.charts.statistics_rows import (
    deck_rows,
    grade_rows,
    interval_rows,
    leech_rows,
    percent,
    recall_rows,
    retention_rows,
    slowest_rows,
    stage_name,
    time_means,
    time_rows,
)  # fmt: skip
from duly.text.wording import duration, span


@dataclass(frozen=True, slots=True)
class Page:
    """The title of a page, and the function that makes its blocks."""

    title: str
    blocks: Callable[[Statistics], Iterable[Block]]


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


def _overview(figures: Statistics) -> Iterable[Block]:
    answers = _("{answers} on {days} · {time}").format(
        answers=counted("{n} answer", "{n} answers", figures.answers),
        days=counted("{n} day", "{n} days", figures.days),
        time=duration(figures.took),
    )
    streaks = _("Longest streak: {longest} · current: {current}").format(
        longest=span(figures.streaks.longest), current=span(figures.streaks.current)
    )
    stage_counts = [
        f"{stage_name(stage)} {figures.stages[stage]:,}"
        for stage in (CardState.NEW, CardState.YOUNG, CardState.MATURE, CardState.SUSPENDED)
        if figures.stages.get(stage)
    ]
    retention_sentence = _("Remembered when due: {all} (young {young}, mature {mature})").format(
        all=percent(figures.retention.value), young=percent(figures.young.value), mature=percent(figures.mature.value)
    )
    yield Paragraph(answers, TITLE)
    yield Paragraph(streaks)
    yield Calendar(figures.every_day, figures.today)
    yield Paragraph(_("Cards: {stages}").format(stages=" · ".join(stage_counts) or _("none")))
    yield Paragraph(retention_sentence)


def _forecast(figures: Statistics) -> Iterable[Block]:
    due = figures.forecast
    yield Paragraph(_("Due in the next {n} days, as the cards stand now").format(n=len(due)), TITLE)
    yield Columns(due, week_labels(figures.today, len(due)))
    yield Paragraph(
        _("Today {today} · tomorrow {tomorrow} · 7 days {week} · {n} days {month}").format(
            today=due[0], tomorrow=due[1], week=sum(due[:7]), n=len(due), month=sum(due)
        )
    )


def _retention(figures: Statistics) -> Iterable[Block]:
    yield Paragraph(_("Remembered of the cards that were due"), TITLE)
    yield Shares(tuple(retention_rows(figures)))
    if rows := recall_rows(figures):
        yield Paragraph(_("By interval in days; ┃ marks what the scheduler predicted"), TITLE)
        yield Shares(tuple(rows))
    yield Paragraph(
        _("A card is mature from an interval of 21 days on. First answers of a day count, not the drills after them."),
        NOTE,
    )


def _intervals(figures: Statistics) -> Iterable[Block]:
    rows = interval_rows(figures)
    yield Paragraph(_("Cards by interval"), TITLE)
    yield Bars(tuple(rows)) if rows else Paragraph(_("No card has an interval yet."))


def _grades(figures: Statistics) -> Iterable[Block]:
    yield Paragraph(_("Answers by grade"), TITLE)
    yield Bars(tuple(grade_rows(figures)))


def _time(figures: Statistics) -> Iterable[Block]:
    timed_answers = sum(figures.times)
    yield Paragraph(
        _("Time")
        if timed_answers == figures.answers
        else _("Time · {timed} of {n} answers were timed").format(timed=timed_answers, n=figures.answers),
        TITLE,
    )
    yield Table((), tuple(time_means(figures)))
    yield Bars(tuple(time_rows(figures)))
    if rows := slowest_rows(figures):
        yield Paragraph(_("Cards that took the most time"), TITLE)
        yield Table((_("question"), _("answers"), _("time")), tuple(rows))


def _decks(figures: Statistics) -> Iterable[Block]:
    yield Paragraph(_("Remembered when due, and time for a card, by deck"), TITLE)
    rows = deck_rows(figures)
    heads = (_("deck"), _("young"), _("mature"), _("all"), _("answers"), _("a card"))
    yield Table(heads, tuple(rows)) if rows else Paragraph(_("No card was answered in this period."))


def _leeches(figures: Statistics) -> Iterable[Block]:
    yield Paragraph(_("Cards forgotten again and again"), TITLE)
    rows = leech_rows(figures)
    if not rows:
        yield Paragraph(_("There are none: a leech has {n} lapses or more.").format(n=LEECH_LAPSES))
        return
    yield Table((_("question"), _("lapses"), _("interval"), _("time")), tuple(rows))
    yield Paragraph(
        _("Time that one of them takes is better spent on rewording it, or on parting it into smaller cards."), NOTE
    )
