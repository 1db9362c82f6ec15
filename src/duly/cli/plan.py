"""``duly plan``: the work of the days until an exam, and the cards known then."""

from pathlib import Path

import click

from duly.cli.completion import complete_decks
from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, deck_paths, now, paths_argument, settings, terminal_width
from duly.i18n import _


@click.command("plan")
@paths_argument
@database_option
@click.option("--exam", required=True, metavar="DATE", help=_("The day of the exam, as 2027-01-15."))
@click.option("--deck", metavar="NAME", shell_complete=complete_decks, help=_("Only this deck and those within it."))
@click.option("--cram", type=click.FloatRange(1, 600), default=60.0, metavar="MINUTES",
              help=_("Minutes a day of a cram in the last week."))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(
    paths: tuple[Path, ...], *, db: Path | None, exam: str, deck: str | None, cram: float, as_json: bool
) -> None:
    from duly.locations import journal_file
    from duly.scheduling.day import study_day
    from duly.study.collection import Collection
    from duly.study.decks import open_decks
    from duly.study.exam_planning import exam_day, exam_plans
    from duly.study.scope import find_deck
    from duly.text.exam_report import exam_as_json, exam_lines

    today = study_day(now(), settings().rollover)
    day = exam_day(exam, today)
    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        collection = Collection(decks, journal, settings(), now)
        deck_name = find_deck(deck, collection.decks.cards) if deck else None
        plans = exam_plans(
            collection.cards(deck_name),
            collection.review_log().steps,
            settings(),
            today,
            day,
            name=deck_name or "",
            cram_minutes=cram,
        )
    if as_json:
        click.echo(json_text(exam_as_json(plans, exam), indent=2))
        return
    from duly.markup.terminal.styled_lines import line_text

    for line in exam_lines(plans, exam, terminal_width()):
        click.echo(line_text(line))
