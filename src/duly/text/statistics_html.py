"""The statistics as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere.

It shows the blocks that the terminal shows, so the two cannot disagree.
"""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import assert_never

from duly.atomic_write import read_file, replacing
from duly.cards import DeckName
from duly.errors import DulyError
from duly.evaluation.evaluate import Evaluation
from duly.i18n import CATALOG_NAMES, _, language
from duly.message import message
from duly.scheduling.day import calendar_date
from duly.study.statistics import Statistics
from duly.text.charts.bars import percentages
from duly.text.charts.chart_blocks import (
    NOTE,
    TITLE,
    Bars,
    Block,
    Calendar,
    Columns,
    Paragraph,
    ShareRow,
    Shares,
    Table,
)  # fmt: skip
from duly.text.charts.statistics_pages import pages
from duly.text.charts.statistics_rows import deck_name, percent, period_name
from duly.text.charts.svg import svg_bar, svg_columns, svg_heat_map, svg_share
from duly.text.evaluation_report import evaluation_blocks

LIGHT_COLOURS = {"paper": "#fcfcfb", "ink": "#22262b", "dim": "#5d6670", "whole": "#e1e4e7", "bar": "#2a6f97",
         "mark": "#22262b"}  # fmt: skip
DARK_COLOURS = {"paper": "#16191d", "ink": "#e4e7ea", "dim": "#9aa4ae", "whole": "#2b3138", "bar": "#4f9cc6",
        "mark": "#ffffff"}  # fmt: skip
"""The colours of a page by name, in CSS; words and bars have enough contrast with their background."""

STYLE = """\
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--whole); }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; } .dim { color: var(--dim); } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th { font-weight: normal; text-align: left; }
th, td { padding: .1rem .8rem .1rem 0; vertical-align: middle; } thead th { color: var(--dim); }
td.number, thead th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.words { overflow-wrap: anywhere; min-width: 8rem; } .charts th { white-space: nowrap; }
svg { display: block; } svg text { fill: var(--dim); font-size: 10px; }
.bar, .level1, .level2, .level3, .level4 { fill: var(--bar); } .whole { fill: var(--whole); }
.axis { stroke: var(--dim); } .level0 { fill: var(--dim); } .mark { fill: var(--mark); stroke: var(--paper); }
@media (max-width: 36rem) { .charts svg { width: 6rem; } th, td { padding-right: .5rem; } }
"""

GENERATOR_TAG = '<meta name="generator" content="duly"/>'
"""Marks a page that duly wrote, and so may overwrite."""

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The content security policy of the page: nothing but the style within it."""


def write_page(file: Path, page: str) -> None:
    """Writes the page or replaces an earlier one. Raises `DulyError` if it cannot, or `file` is no such page."""
    if file.exists() and GENERATOR_TAG.encode() not in read_file(file, 1000):
        raise DulyError(message("{file} is not a page written by duly; choose another name", file=file))
    with replacing(file) as stream:
        stream.write(page.encode())


def statistics_page(figures: Statistics, evaluation: Evaluation, deck: DeckName | None = None) -> str:
    """The page about a deck (None for all); the evaluation is of all decks.

    Names and questions are escaped: they are text, whatever they hold.
    """
    title = _("Statistics · {deck} · {period}").format(deck=deck_name(deck), period=period_name(figures.period))
    sections = [
        *((page.title, page.blocks(figures)) for page in pages()),
        (_("What predicts your answers") + f" · {deck_name(None)}", evaluation_blocks(evaluation)),
    ]
    return (
        f'<!doctype html>\n<html lang="{CATALOG_NAMES[language()].replace("_", "-")}">\n<head>\n'
        '<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'{GENERATOR_TAG}\n<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}"/>\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f'<h1>{escape(title)}</h1>\n<p class="dim">{calendar_date(figures.today)} · duly</p>\n'
        + "\n".join(f"<h2>{escape(name)}</h2>\n" + "\n".join(map(_block, blocks)) for name, blocks in sections)
        + "\n</body>\n</html>\n"
    )


def _style() -> str:
    light, dark = (
        "; ".join(f"--{name}: {colour}" for name, colour in colours.items())
        for colours in (LIGHT_COLOURS, DARK_COLOURS)
    )
    scheme = f":root {{ color-scheme: light dark; {light}; }}\n"
    return f"{scheme}@media (prefers-color-scheme: dark) {{ :root {{ {dark}; }} }}\n{STYLE}"


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, styles):
            name = {TITLE: "h3", NOTE: 'p class="dim"'}.get(styles, "p")
            return f"<{name}>{escape(text)}</{name.split()[0]}>"
        case Bars(rows):
            return _bars(rows)
        case Shares(rows):
            return _shares(rows)
        case Columns(values, labels):
            return _scrollable(svg_columns(values, labels))
        case Calendar(every_day, today):
            return _scrollable(svg_heat_map(every_day, today))
        case Table(heads, rows):
            return _scrollable(_words_table(heads, rows))
        case unknown:
            assert_never(unknown)


def _shares(rows: Sequence[ShareRow]) -> str:
    of_text = _("of {n}")
    return _table(
        f'<th scope="row">{escape(row.name)}</th><td>{svg_share(row)}</td><td class="number">{percent(row.share)}</td>'
        + (f'<td class="number">┃ {percent(row.predicted_share)}</td>' if row.predicted_share is not None else "")
        + f'<td class="number dim">{escape(of_text.format(n=f"{row.number:,}"))}</td>'
        for row in rows
    )


def _bars(rows: Sequence[tuple[str, int]]) -> str:
    numbers = [number for _name, number in rows]
    largest = max(numbers, default=0) or 1
    return _table(
        f'<th scope="row">{escape(name)}</th><td>{svg_bar(number / largest)}</td><td class="number">{number:,}</td>'
        f'<td class="number dim">{share}%</td>'
        for (name, number), share in zip(rows, percentages(numbers), strict=True)
    )


def _words_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of words; its first column names the rows, the others are figures."""
    classes = ("", *(' class="number"' for _head in heads[1:]))
    head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(heads, classes, strict=False))
    cells = (
        f'<th scope="row" class="words">{escape(row[0])}</th>'
        + "".join(f'<td class="number">{escape(cell)}</td>' for cell in row[1:])
        for row in rows
    )
    return _table(cells, head, "words")


def _table(rows: Iterable[str], head: str = "", kind: str = "charts") -> str:
    heading = f"<thead><tr>{head}</tr></thead>\n" if head else ""
    return f'<table class="{kind}">\n{heading}' + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def _scrollable(content: str) -> str:
    return f'<div class="wide">{content}</div>'
