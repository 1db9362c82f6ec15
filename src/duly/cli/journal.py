"""``duly journal``: every fact about learning, as it was written down."""

import json
from pathlib import Path

import click

from duly.cli.common import database_option
from duly.i18n import _


@click.command("journal", help=_("Print what was learned: every answer, undo and suspension, oldest first."))
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON lines, one for each entry."))
def command(db: Path | None, as_json: bool) -> None:
    from duly.cli.excerpt import visible
    from duly.journal import Journal
    from duly.journal.rows import as_json as entry_as_json
    from duly.locations import journal_file

    with Journal.open(db or journal_file(), create=False) as journal:
        for logged in journal.entries():
            row = entry_as_json(logged)
            if as_json:
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                grade = row.get("grade", "")
                click.echo(f"{row['at']}  {row['kind']:<8} {grade!s:<1}  {visible(row['card'])}")
