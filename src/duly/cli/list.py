"""``duly list``: the cards that a query finds, with their schedules."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.common import chosen, database_option, now, settings
from duly.i18n import _

if TYPE_CHECKING:
    from duly.cards import Card
    from duly.scheduling.schedule import Schedule


@click.command("list", help=_("List cards and their schedules. QUERY: words, deck:, tag:, is:, prop:, -not."))
@click.argument("query", nargs=-1)
@click.option(
    "--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
    help=_("Deck files and folders to look in; ./cards if not given."),
)  # fmt: skip
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(query: tuple[str, ...], paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.cli.excerpt import visible
    from duly.locations import journal_file
    from duly.scheduling.day import calendar_date, study_day
    from duly.scheduling.schedule import NEW
    from duly.study.collection import open_collection
    from duly.study.search import search

    today = study_day(now(), settings().rollover)
    with open_collection(chosen(paths), db or journal_file(), create=False) as collection:
        schedules = collection.journal.schedules()
        found = search(" ".join(query), collection.decks.cards, schedules, today)
    if as_json:
        rows = (json.dumps(_row(card, schedules.get(card.id, NEW)), ensure_ascii=False) for card in found)
        click.echo("[" + ",\n ".join(rows) + "]")
        return
    for card in found:
        schedule = schedules.get(card.id, NEW)
        due = _("new") if schedule.due is None else calendar_date(schedule.due).isoformat()
        question = visible(" ".join(card.note.question.split()))
        click.echo(f"{due:<10}  {schedule.interval:>5}  {card.id}  {question}")


def _row(card: "Card", schedule: "Schedule") -> dict[str, object]:
    """What is printed of a card."""
    from duly.cli import schedules

    return {
        "id": card.note.id,
        "face": card.face,
        "deck": card.note.deck,
        "tags": list(card.note.tags),
        "question": " ".join(card.note.question.split()),
        "suspended": schedule.suspended,
        "schedule": schedules.as_json(schedule),
    }
