"""``duly backup``: copies the database of answers."""

from pathlib import Path

import click

from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, now
from duly.errors import DulyError
from duly.i18n import _
from duly.message import message


@click.command("backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE]")
@database_option
def command(file: Path | None, db: Path | None) -> None:
    from duly.journal import Journal
    from duly.journal.backup import backup_file
    from duly.locations import journal_file

    place = db or journal_file()
    target = file or backup_file(place, f"{now():%Y-%m-%dT%H%M%S}")
    if target.exists() and file:
        raise click.UsageError(_("{file} already exists; name another file").format(file=visible(str(target))))
    if not place.exists():  # without an error, a misspelt name would look like a success
        raise DulyError(message("nothing has been learned in {file} yet, so there is nothing to back up", file=place))
    with Journal.open(place, create=False) as journal:
        journal.back_up(target)
    click.echo(_("{file}: a copy of {journal}").format(file=visible(str(target)), journal=visible(str(place))))
