"""``duly merge``: merges the journal of another computer, from its database or from a file that it wrote."""

from pathlib import Path

import click

from duly.cli.shared_options import database_option, now, settings, warn_of_future_entries


@click.command("merge")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@database_option
def command(files: tuple[Path, ...], db: Path | None) -> None:
    from duly.cli.safe_text import visible
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.study.clock import Clock
    from duly.sync.merge_journal_files import merge
    from duly.text.sync_report import merge_lines

    with Journal.open(db or journal_file()) as journal:
        for line in merge_lines(merge(journal, files)):
            click.echo(visible(line))
        warn_of_future_entries(Clock(journal, now, settings().rollover))
