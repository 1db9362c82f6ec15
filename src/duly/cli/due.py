"""``duly due``: how much there is to do today."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from duly.cli.common import chosen, database_option, now, paths_argument, settings, warn_of_entries_ahead
from duly.i18n import _


@click.command("due")
@paths_argument
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.pass_obj
def command(words: Sequence[str] | None, paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.cli import again
    from duly.locations import journal_file
    from duly.scheduling.day import bounds, study_day
    from duly.study.clock import Clock
    from duly.study.collection import open_collection
    from duly.study.waiting import waiting

    places, database, rollover = chosen(paths), db or journal_file(), settings().rollover
    texts = tuple(map(str, places))
    seen, day = again.sight(texts, str(database)), bounds(study_day(now(), rollover), rollover)
    with open_collection(places, database, create=False) as collection:
        left, shown = waiting(collection, settings(), now), collection.decks.shown
        warned = warn_of_entries_ahead(Clock(collection.journal, now, rollover))
    said = _said(left, as_json)
    click.echo(said)
    if words is not None and shown is not None and not warned:
        again.keep(words, said, paths=texts, database=str(database), seen=seen, day=day, shown=shown)


def _said(left: Mapping[str, Any], as_json: bool) -> str:
    if as_json:
        from duly.cli.json_text import json_text

        return json_text(left)
    return _("due {due}, drill {drills}, new {new}, done today {done}").format(
        due=left["due"], drills=left["drill"], new=left["new"], done=left["done"]
    )
