"""``duly journal``: every fact about learning, as it was written down."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import assert_never

import click

from duly.cli.common import database_option
from duly.i18n import _
from duly.scheduling.day import calendar_date
from duly.scheduling.entries import Adoption, Bury, Entry, Reset, Resume, Review, SetDue, Star, Suspend, Undo, Unstar
from duly.tui.words import grade_name


@click.command("journal", help=_("Print what was learned: every answer, undo and suspension, oldest first."))
@database_option
@click.option("--json", "as_lines", is_flag=True, help=_("Print JSON lines, one for each entry."))
def command(db: Path | None, as_lines: bool) -> None:
    from duly.journal import Journal, as_json
    from duly.locations import journal_file

    with Journal.open(db or journal_file(), create=False) as journal:
        for logged in journal.entries():
            click.echo(json.dumps(as_json(logged), ensure_ascii=False) if as_lines else _line(logged.entry))


def _line(entry: Entry) -> str:
    """When it was on the learner's clock, which card, and what became of it."""
    moment = entry.moment
    wall = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment.at, minutes=moment.offset)
    return f"{wall:%Y-%m-%d %H:%M}  {click.unstyle(str(entry.card))}  {_what(entry)}"


def _what(entry: Entry) -> str:
    match entry:
        case Review():
            return grade_name(entry.grade)
        case Undo():
            return _("undone")
        case Suspend():
            return _("suspended")
        case Resume():
            return _("taken up again")
        case Star():
            return _("starred")
        case Unstar():
            return _("star taken off")
        case Bury():
            return _("set aside until {date}").format(date=calendar_date(entry.until))
        case Reset():
            return _("as new again")
        case SetDue():
            return _("due on {date}").format(date=calendar_date(entry.due))
        case Adoption():
            return _("taken over from {origin}").format(origin=entry.origin)
        case unknown:
            assert_never(unknown)
