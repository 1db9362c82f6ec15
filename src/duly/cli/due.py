"""``duly due``: how much there is to do today."""

from pathlib import Path

import click

from duly.cli.common import chosen, database_option, now, paths_argument, settings
from duly.i18n import _


@click.command("due")
@paths_argument
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.locations import cache_file, journal_file
    from duly.study.waiting import waiting

    left = waiting(chosen(paths), db or journal_file(), settings(), now, cache_file())
    if as_json:
        from duly.cli.json_text import json_text

        click.echo(json_text(left))
        return
    click.echo(
        _("due {due}, drill {drills}, new {new}, done today {done}").format(
            due=left["due"], drills=left["drill"], new=left["new"], done=left["done"]
        )
    )
