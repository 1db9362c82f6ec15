"""The rows of the charts: names in the language in force, and their figures. The terminal and the page draw them."""

from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR
from duly.i18n import _, counted
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule
from duly.study.card_state import CardState
from duly.study.recall import INTERVALS, Share
from duly.study.statistics import SECONDS, Period, Statistics
from duly.text.card_lines import one_line
from duly.text.charts.chart_blocks import ShareRow
from duly.text.wording import duration, grade_name, short_span, span

DECK_SEPARATOR = " › "
"""The separator between the levels of a deck's name, as shown to people."""


def deck_name(deck: DeckName | None) -> str:
    """The name of a deck for people; None stands for all."""
    return _("All decks") if deck is None else deck.replace(SEPARATOR, DECK_SEPARATOR)


def period_name(period: Period) -> str:
    """The name of a period."""
    return {Period.MONTH: _("1 month"), Period.YEAR: _("1 year"), Period.ALL: _("all time")}[period]


def stage_name(stage: CardState) -> str:
    """The name of a stage, as in lists."""
    return {
        CardState.NEW: _("new"),
        CardState.YOUNG: _("young"),
        CardState.MATURE: _("mature"),
        CardState.SUSPENDED: _("suspended"),
    }[stage]


def retention_rows(figures: Statistics) -> list[ShareRow]:
    """The shares of right answers to young, mature and all due cards."""
    return [
        _share_row(_("young"), figures.young),
        _share_row(_("mature"), figures.mature),
        _share_row(_("all"), figures.retention),
    ]


def recall_rows(figures: Statistics) -> list[ShareRow]:
    """The shares of right answers, real and predicted by the scheduler, by the interval before the answer in days."""
    return [
        ShareRow(name, recall.real_share.value, recall.real_share.count, recall.predicted_share)
        for name, recall in zip(interval_ranges(), figures.recall, strict=True)
        if recall is not None
    ]


def deck_rows(figures: Statistics) -> list[tuple[str, ...]]:
    """For each deck the shares of right answers to young, mature and all cards, the answers, and the time per card."""
    return [
        (
            deck_name(deck),
            percent(deck_figures.young.value),
            percent(deck_figures.mature.value),
            percent(deck_figures.recalled.value),
            f"{deck_figures.recalled.count:,}",
            _("{n} s").format(n=f"{deck_figures.took / deck_figures.cards / 1000:,.0f}"),
        )
        for deck, deck_figures in figures.decks.items()
    ]


def leech_rows(figures: Statistics) -> list[tuple[str, ...]]:
    """The question of each leech, its lapses, its interval, and the time that it took."""
    return [
        (one_line(leech.card), str(leech.schedule.lapses), _interval_or_suspended(leech.schedule), duration(leech.took))
        for leech in figures.leeches
    ]


def slowest_rows(figures: Statistics) -> list[tuple[str, ...]]:
    """The question of each card that took the most time, its answers and the time."""
    return [(one_line(time.card), str(time.answers), duration(time.took)) for time in figures.slowest]


def interval_rows(figures: Statistics) -> list[tuple[str, int]]:
    """The number of cards of each class of intervals, up to the longest interval."""
    rows = list(zip(interval_names(), figures.intervals, strict=True))
    while rows and not rows[-1][1]:
        rows.pop()
    return rows


def grade_rows(figures: Statistics) -> list[tuple[str, int]]:
    """The number of answers with each grade; grades below Again only if they were given."""
    rows = ((grade, figures.grades.get(grade, 0)) for grade in Grade)
    return [(grade_name(grade), number) for grade, number in rows if number or grade >= Grade.AGAIN]


def time_rows(figures: Statistics) -> list[tuple[str, int]]:
    """The number of answers by the time that they took."""
    return [(_("up to {n} s").format(n=end), number) for end, number in zip(SECONDS, figures.times, strict=True)]


def time_means(figures: Statistics) -> list[tuple[str, str]]:
    """The mean time of an answer, a card and a day, and the total time."""
    return [
        (_("an answer"), duration(figures.took / (sum(figures.times) or 1))),
        (_("a card"), duration(figures.took / (figures.cards or 1))),
        (_("a day with answers"), duration(figures.took / (figures.days or 1))),
        (_("altogether"), duration(figures.took)),
    ]


def interval_ranges() -> list[str]:
    """The classes of intervals as short ranges of days: 1, 2–3, …, > 365."""
    starts = (1, *(end + 1 for end in INTERVALS))
    ranges = [f"{start}–{end}" if start < end else f"{end}" for start, end in zip(starts, INTERVALS, strict=False)]
    return [*ranges, f"> {INTERVALS[-1]}"]


def interval_names() -> list[str]:
    """The names of the classes of intervals."""
    return [*(_("up to {span}").format(span=_days(days)) for days in INTERVALS), _("longer")]


def percent(share: float | None) -> str:
    """A share in percent, a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f}%"


def _share_row(name: str, share: Share) -> ShareRow:
    return ShareRow(name, share.value, share.count)


def _interval_or_suspended(schedule: Schedule) -> str:
    return stage_name(CardState.SUSPENDED) if schedule.suspended else short_span(schedule.interval)


def _days(days: int) -> str:
    return span(days) if days < 60 else counted("{n} day", "{n} days", days)
