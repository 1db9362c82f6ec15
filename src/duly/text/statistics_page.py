"""The statistics as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere."""

from collections.abc import Iterable, Sequence
from html import escape

from duly.evaluation.evaluate import Evaluation
from duly.i18n import CODES, _, counted, language
from duly.scheduling.day import calendar_date
from duly.study.statistics import Statistics
from duly.text.charts.columns import week_words
from duly.text.charts.reliability import reliabilities
from duly.text.charts.rows import (
    ShareRow,
    deck_rows,
    grade_rows,
    interval_rows,
    leech_rows,
    percent,
    period_name,
    recall_rows,
    retention_rows,
    time_means,
    time_rows,
)  # fmt: skip
from duly.text.charts.svg import svg_bar, svg_columns, svg_heat_map, svg_reliability, svg_share
from duly.text.evaluation_report import verdict
from duly.text.words import duration, span

STYLE = """\
:root { color-scheme: light dark; --paper: #fcfcfb; --ink: #22262b; --dim: #5d6670;
  --whole: #e6e8ea; --bar: #2a6f97; --mark: #b3421b; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --ink: #e4e7ea; --dim: #9aa4ae; --whole: #2b3138; --bar: #6cb4d9; --mark: #f0a37f; }
}
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; font-weight: normal; }
p { margin: .4rem 0; } .dim, td.dim { color: var(--dim); } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th { font-weight: normal; text-align: left; }
th, td { padding: .1rem .8rem .1rem 0; vertical-align: middle; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { display: block; } svg text { fill: var(--dim); font-size: 10px; }
.bar { fill: var(--bar); } .whole, .level0 { fill: var(--whole); } .mark { fill: var(--mark); }
.axis { stroke: var(--dim); } .level1, .level2, .level3, .level4 { fill: var(--bar); }
.level1 { opacity: .3; } .level2 { opacity: .55; } .level3 { opacity: .8; }
"""


def statistics_page(figures: Statistics, evaluation: Evaluation, deck: str = "") -> str:
    """The page about a deck ("" for all). Names and questions are escaped: they are text, whatever they hold."""
    title = _("Statistics · {deck} · {period}").format(deck=deck or _("All decks"), period=period_name(figures.period))
    sections = (_overview(figures), *_charts(figures), *_predictions(evaluation))
    return (
        f'<!doctype html>\n<html lang="{CODES[language()].replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{escape(title)}</h1>\n<p class="dim">{calendar_date(figures.today)} · duly</p>\n'
        + "\n".join(sections)
        + "\n</body>\n</html>\n"
    )


def _overview(figures: Statistics) -> str:
    words = (
        _("{answers} on {days} · {time}").format(
            answers=counted("{n} answer", "{n} answers", figures.answers),
            days=counted("{n} day", "{n} days", figures.days),
            time=duration(figures.took),
        ),
        _("Longest streak: {longest} · current: {current}").format(
            longest=span(figures.streaks.longest), current=span(figures.streaks.current)
        ),
    )
    return _section(_("Overview"), *map(_paragraph, words), _wide(svg_heat_map(figures.every_day, figures.today)))


def _charts(figures: Statistics) -> Iterable[str]:
    due = figures.forecast
    words = week_words(figures.today, len(due))
    yield _section(
        _("Due in the next {n} days, as the cards stand now").format(n=len(due)), _wide(svg_columns(due, words))
    )
    yield _section(_("Remembered of the cards that were due"), _shares(retention_rows(figures)))
    if rows := recall_rows(figures):
        yield _section(_("By interval; ┃ marks what the scheduler predicted"), _shares(rows))
    if rows := deck_rows(figures):
        yield _section(_("Remembered when due, and time, by deck"), _shares(rows))
    yield _section(_("Cards by interval"), _bars(interval_rows(figures)))
    yield _section(_("Answers by grade"), _bars(grade_rows(figures)))
    means = _table(f"<th>{escape(name)}</th><td>{escape(time)}</td>" for name, time in time_means(figures))
    yield _section(_("Time"), means, _bars(time_rows(figures)))
    if leeches := leech_rows(figures):
        rows_of_leeches = (
            f'<td class="dim">{escape(times)}</td><th>{escape(question)}</th>' for times, question in leeches
        )
        yield _section(_("Cards forgotten again and again"), _table(rows_of_leeches))


def _predictions(evaluation: Evaluation) -> Iterable[str]:
    diagrams = (f"<h3>{escape(name)}</h3>{svg_reliability(parts)}" for name, parts in reliabilities(evaluation))
    explained = _("To the right what was predicted, upwards what was right; on the line both are the same.")
    yield _section(
        _("What foretells your answers"),
        _paragraph(verdict(evaluation)),
        *diagrams,
        *([_paragraph(explained)] if evaluation.reliability else []),
    )


def _shares(rows: Sequence[ShareRow]) -> str:
    return _table(
        f'<th>{escape(row.name)}</th><td>{svg_share(row)}</td><td class="number">{percent(row.real)}</td>'
        + (f'<td class="number">┃ {percent(row.predicted)}</td>' if row.predicted is not None else "")
        + f'<td class="number dim">{escape(_("of {n}").format(n=f"{row.number:,}"))}</td>'
        + (f'<td class="dim">{escape(row.note)}</td>' if row.note else "")
        for row in rows
    )


def _bars(rows: Sequence[tuple[str, int]]) -> str:
    most = max((number for _name, number in rows), default=0) or 1
    return _table(
        f'<th>{escape(name)}</th><td>{svg_bar(number / most)}</td><td class="number">{number:,}</td>'
        for name, number in rows
    )


def _table(rows: Iterable[str]) -> str:
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def _section(title: str, *parts: str) -> str:
    return f"<h2>{escape(title)}</h2>\n" + "\n".join(parts)


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _wide(svg: str) -> str:
    return f'<div class="wide">{svg}</div>'
