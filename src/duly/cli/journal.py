"""``duly journal``: every fact about learning, as it was written down."""

import json
from pathlib import Path

import click

from duly.cli.common import database_option
from duly.i18n import _


@click.command("journal", help=_("Print what was learned: every answer, undo and suspension, oldest first."))
@database_option
@click.option("--json", "as_lines", is_flag=True, help=_("Print JSON lines, one for each entry."))
def command(db: Path | None, as_lines: bool) -> None:
    from duly.journal import Journal, as_json
    from duly.locations import journal_file

    with Journal.open(db or journal_file(), create=False) as journal:
        for logged in journal.entries():
            row = as_json(logged)
            if as_lines:
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                grade = row.get("grade", "")
                click.echo(f"{row['at']}  {row['kind']:<8} {grade!s:<1}  {click.unstyle(row['card'])}")
