"""``duly journal``: every fact about learning, as it was written down."""

from pathlib import Path

import click

from duly.cli.common import database_option
from duly.cli.excerpt import visible
from duly.cli.json_text import json_text
from duly.i18n import _
from duly.scheduling.entries import Entry
from duly.text.words import wall_clock, what_happened


@click.command("journal")
@database_option
@click.option("--json", "as_lines", is_flag=True, help=_("Print JSON lines, one for each entry."))
def command(db: Path | None, as_lines: bool) -> None:
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.scheduling.replay import in_order
    from duly.text.as_json import entry_as_json

    with Journal.open(db or journal_file(), create=False) as journal:
        for logged in in_order(journal.entries()):
            click.echo(json_text(entry_as_json(logged)) if as_lines else _line(logged.entry))


def _line(entry: Entry) -> str:
    """When it was on the learner's clock, which card, and what became of it."""
    return f"{wall_clock(entry.moment)}  {visible(str(entry.card))}  {what_happened(entry)}"
