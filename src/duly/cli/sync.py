"""``duly sync``: what was learned goes to the learner's other computers, and comes from them."""

from pathlib import Path

import click

from duly.cli.common import database_option, now, settings, warn_of_entries_ahead
from duly.errors import DulyError
from duly.message import message


@click.command("sync")
@database_option
def command(db: Path | None) -> None:
    from duly.cli.excerpt import visible
    from duly.journal import Journal
    from duly.locations import expanded, journal_file
    from duly.study.clock import Clock
    from duly.sync.folder import exchange
    from duly.text.sync_report import folder_lines

    if not settings().sync.folder:
        raise DulyError(message('there is nothing to sync with: set folder = "…" under [sync] in the settings'))
    folder = expanded(settings().sync.folder)
    with Journal.open(db or journal_file()) as journal:
        for line in folder_lines(folder, exchange(journal, folder)):
            click.echo(visible(line))
        warn_of_entries_ahead(Clock(journal, now, settings().rollover))
