"""``duly list``: lists the cards that a query finds, with their schedules."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.completion import complete_query
from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, deck_paths, now, paths_option, settings
from duly.i18n import _
from duly.study.search import Order

if TYPE_CHECKING:
    from duly.cards import Note
    from duly.study.search import CardRow


@click.command(
    "list",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},  # -is:new is a query
)
@click.argument("query", nargs=-1, shell_complete=complete_query)
@paths_option
@database_option
@click.option(
    "--sort", "order", type=click.Choice([order.value for order in Order]), default=Order.WRITTEN.value,
    help=_("The order."),
)  # fmt: skip
@click.option("--notes", is_flag=True, help=_("One line per note, not per card."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(
    query: tuple[str, ...], paths: tuple[Path, ...], *, db: Path | None, order: str, notes: bool, as_json: bool
) -> None:
    for term in query:
        if term.startswith("--"):
            raise click.NoSuchOption(term)
    from duly.cli.safe_text import one_line, visible
    from duly.locations import journal_file
    from duly.scheduling.day import calendar_date, study_day
    from duly.study.decks import open_decks
    from duly.study.search import card_rows, search_rows, sort_rows

    today = study_day(now(), settings().rollover)
    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        cards = card_rows(decks.cards, journal.schedules())
    matching = sort_rows(search_rows(" ".join(query), cards, today), Order(order))
    if notes:
        matching = list({row.card.note.id: row for row in reversed(matching)}.values())[::-1]
    if as_json:
        rows = (json_text(_note(row.card.note) if notes else _row(row)) for row in matching)
        click.echo("[" + ",\n ".join(rows) + "]")
        return
    if not matching:
        click.echo(_("No card matches."), err=True)
    for row in matching:
        schedule, card = row.schedule, row.card
        if notes:
            click.echo(f"{card.note.id:<12}  {visible(card.note.deck)}  {one_line(card.note.question)}")
            continue
        due = _("new") if schedule.due is None else calendar_date(schedule.due).isoformat()
        click.echo(f"{due:<10}  {schedule.interval:>5}  {card.id}  {one_line(card.asked_note.question)}")


def _note(note: "Note") -> dict[str, object]:
    """The JSON of a note."""
    place = note.place
    return {
        "id": note.id,
        "deck": note.deck,
        "tags": list(note.tags),
        "question": " ".join(note.question.split()),
        "file": place and str(place.file),
        "line": place and place.line,
    }


def _row(row: "CardRow") -> dict[str, object]:
    """The JSON of a card: that of its note, with its face and its schedule."""
    from duly.text.as_json import schedule_as_json

    values = _note(row.card.asked_note)
    return {
        "id": values.pop("id"),
        "face": row.card.face,
        **values,
        "suspended": row.schedule.suspended,
        "schedule": schedule_as_json(row.schedule),
    }
