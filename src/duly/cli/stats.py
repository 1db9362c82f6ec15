"""``duly stats``: shows statistics as charts of characters, as JSON, or as a web page."""

from pathlib import Path

import click

from duly.cli.completion import complete_decks
from duly.cli.safe_text import json_text
from duly.cli.shared_options import (
    database_option,
    deck_paths,
    now,
    paths_argument,
    settings,
    terminal_width,
    warn_of_future_entries,
)
from duly.i18n import _

PERIODS = ("month", "year", "all")


@click.command("stats")
@paths_argument
@database_option
@click.option("--deck", metavar="NAME", shell_complete=complete_decks, help=_("Only this deck and those within it."))
@click.option("--period", type=click.Choice(PERIODS), default="year", help=_("How far back to count answers."))
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=_("Write the charts as a page for a browser."))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(
    paths: tuple[Path, ...], *, db: Path | None, deck: str | None, period: str, html: Path | None, as_json: bool
) -> None:
    from duly.locations import journal_file
    from duly.study.collection import Collection
    from duly.study.decks import open_decks
    from duly.study.scope import find_deck
    from duly.study.statistics import Period
    from duly.text.as_json import statistics_as_json

    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        collection = Collection(decks, journal, settings(), now)
        warn_of_future_entries(collection.clock)
        deck_name = find_deck(deck, collection.decks.cards) if deck else None
        review_log = collection.review_log()
        figures = review_log.statistics(deck_name, Period(period))
    if html is not None:
        from duly.text.statistics_html import statistics_page, write_page

        write_page(html, statistics_page(figures, review_log.evaluation(), deck_name))
        click.echo(_("Written to {file}.").format(file=html), err=as_json)
        if not as_json:
            return
    if as_json:
        click.echo(json_text(statistics_as_json(figures)))
        return
    from duly.cli.safe_text import visible
    from duly.markup.terminal.styled_lines import line_text
    from duly.text.charts.block_lines import block_lines
    from duly.text.charts.statistics_pages import pages

    for page in pages():
        for line in block_lines(page.blocks(figures), terminal_width()):
            click.echo(visible(line_text(line)))
        click.echo()
