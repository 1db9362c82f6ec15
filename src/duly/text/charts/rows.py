"""The rows of the charts: names in the language in force, and their figures. The terminal and the page draw them."""

from dataclasses import dataclass

from duly.cards.deck import SEPARATOR
from duly.i18n import _, counted
from duly.scheduling.grade import Grade
from duly.study.maturity import CardState
from duly.study.recall import INTERVALS, Share
from duly.study.statistics import SECONDS, Period, Statistics
from duly.text.card_lines import one_line
from duly.text.words import duration, grade_name, span

WITHIN = " › "
"""Between the name of a deck and that of one within it, for people."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A named share of `number` answers that were right, beside the share that was predicted; each 0 to 1.

    `real` is None where there were none, `predicted` where nothing was; `note` says more in words.
    """

    name: str
    real: float | None
    number: int
    predicted: float | None = None
    note: str = ""


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
    """What was remembered of young, mature and all cards that were due."""
    return [
        _share_row(_("young"), figures.young),
        _share_row(_("mature"), figures.mature),
        _share_row(_("all"), figures.retention),
    ]


def recall_rows(figures: Statistics) -> list[ShareRow]:
    """What was remembered, and what the scheduler had predicted, by the interval before the answer."""
    return [
        ShareRow(name, recall.real.value, recall.real.number, recall.predicted)
        for name, recall in zip(interval_names(), figures.recall, strict=True)
        if recall is not None
    ]


def deck_rows(figures: Statistics) -> list[ShareRow]:
    """What was remembered in each deck, and the time a card took there."""
    return [
        _share_row(
            deck.replace(SEPARATOR, WITHIN),
            of_deck.recalled,
            _("{time} a card").format(time=duration(of_deck.took / of_deck.cards)),
        )
        for deck, of_deck in figures.decks.items()
    ]


def leech_rows(figures: Statistics) -> list[tuple[str, str]]:
    """Of each leech how often it was forgotten and how long it took, and its question."""
    return [
        (
            _("{lapses} · {time}").format(
                lapses=counted("{n} lapse", "{n} lapses", leech.lapses), time=duration(leech.took)
            ),
            one_line(leech.card),
        )
        for leech in figures.leeches
    ]


def interval_rows(figures: Statistics) -> list[tuple[str, int]]:
    """How many cards there are of each interval, up to the longest that one has."""
    rows = list(zip(interval_names(), figures.intervals, strict=True))
    while rows and not rows[-1][1]:
        rows.pop()
    return rows


def grade_rows(figures: Statistics) -> list[tuple[str, int]]:
    """How often each grade was given; those below Again only where they were."""
    rows = ((grade, figures.grades.get(grade, 0)) for grade in Grade)
    return [(grade_name(grade), number) for grade, number in rows if number or grade >= Grade.AGAIN]


def time_rows(figures: Statistics) -> list[tuple[str, int]]:
    """How many answers took how long."""
    return [(_("up to {n} s").format(n=end), number) for end, number in zip(SECONDS, figures.times, strict=True)]


def time_means(figures: Statistics) -> list[tuple[str, str]]:
    """How long an answer, a card and a day took on average, and all together."""
    return [
        (_("an answer"), duration(figures.took / (sum(figures.times) or 1))),
        (_("a card"), duration(figures.took / (figures.cards or 1))),
        (_("a day with answers"), duration(figures.took / (figures.days or 1))),
        (_("altogether"), duration(figures.took)),
    ]


def interval_names() -> list[str]:
    """The names of the classes of intervals."""
    return [*(_("up to {span}").format(span=_days(days)) for days in INTERVALS), _("longer")]


def percent(share: float | None) -> str:
    """A share in percent, a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f}%"


def _share_row(name: str, share: Share, note: str = "") -> ShareRow:
    return ShareRow(name, share.value, share.number, note=note)


def _days(days: int) -> str:
    return span(days) if days < 60 else counted("{n} day", "{n} days", days)
