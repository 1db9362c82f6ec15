"""``duly due``: how much there is to do today."""

import json
from pathlib import Path

import click

from duly.cli.common import chosen, database_option, now, paths_argument, settings
from duly.i18n import _


@click.command("due")
@paths_argument
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.locations import journal_file
    from duly.study.collection import open_collection
    from duly.study.desk import Desk

    with open_collection(chosen(paths), db or journal_file(), create=False) as collection:
        session = Desk(collection, settings(), now).session()
        progress = session.progress
        counts = session.counts() if as_json else ()
    if as_json:
        decks = [
            {"deck": one.deck, "due": one.due, "drill": one.drills, "new": one.new, "total": one.total}
            for one in counts
        ]
        whole = {"due": progress.due, "drill": progress.drills, "new": progress.new, "done": progress.done}
        click.echo(json.dumps({**whole, "decks": decks}, ensure_ascii=False))
        return
    click.echo(
        _("due {due}, drill {drills}, new {new}, done today {done}").format(
            due=progress.due, drills=progress.drills, new=progress.new, done=progress.done
        )
    )
