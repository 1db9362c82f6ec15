"""``duly journal``: prints the entries of the journal."""

from collections.abc import Iterable
from pathlib import Path

import click

from duly.cli.safe_text import json_text, visible
from duly.cli.shared_options import database_option, now, settings
from duly.i18n import _, counted
from duly.scheduling.journal_entries import Entry, JournalEntry
from duly.text.wording import entry_words, wall_clock


@click.command("journal")
@database_option
@click.option("--json", "as_lines", is_flag=True, help=_("Print JSON lines, one for each entry."))
@click.option(
    "--future", type=click.Choice(["list", "redate", "undo"]),
    help=_(
        "Only entries of days yet to come, from a clock that was ahead: print them, give them new dates or undo them."
    ),
)  # fmt: skip
def command(db: Path | None, as_lines: bool, future: str | None) -> None:
    from duly.journal import Journal
    from duly.journal.entry_json import entry_as_json
    from duly.locations import journal_file
    from duly.scheduling.replay import in_order
    from duly.study.clock import Clock
    from duly.study.future_entries import future_entries, redate_future, undo_future

    with Journal.open(db or journal_file(), create=False) as journal:
        entries: Iterable[JournalEntry]
        if future is None:
            entries = in_order(journal.entries())
        else:
            clock = Clock(journal, now, settings().rollover)
            entries_ahead = future_entries(journal.entries(), clock)
            repair = {"redate": redate_future, "undo": undo_future}.get(future)
            entries = repair(journal, clock) if repair and entries_ahead else entries_ahead
        for logged in entries:
            click.echo(json_text(entry_as_json(logged)) if as_lines else _line(logged.entry))
    if not as_lines and future == "redate":
        click.echo(counted("{n} entry was given a new date.", "{n} entries were given new dates.", len(entries_ahead)))
    if not as_lines and future == "undo":
        click.echo(counted("{n} entry was undone.", "{n} entries were undone.", len(entries_ahead)))


def _line(entry: Entry) -> str:
    """An entry in one line: the time on the learner's clock, the card, and the action."""
    return f"{wall_clock(entry.moment)}  {visible(str(entry.card))}  {entry_words(entry)}"
