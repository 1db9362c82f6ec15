"""``duly restore``: back to a backup of the database of answers, with every later answer that can still be read."""

from datetime import datetime
from itertools import chain, count
from pathlib import Path

import click

from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, now
from duly.i18n import _, counted


@click.command("restore")
@click.argument("backup", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
@click.option("--list", "lists", is_flag=True, help=_("List the backups and do nothing else."))
@click.option("--as-it-was", "exactly", is_flag=True, help=_("Drop answers that are not in the backup."))
def command(backup: Path | None, db: Path | None, lists: bool, exactly: bool) -> None:
    from duly.journal.backup import backup_file, backups
    from duly.journal.restore import newest_sound, restore
    from duly.locations import journal_file
    from duly.text.sync_report import left_out_lines

    journal = db or journal_file()
    files = backups(journal)
    if lists:
        for file in files:
            written = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            click.echo(f"{written:%Y-%m-%d %H:%M}  {file.stat().st_size:>12,}  {visible(str(file))}")
        return
    chosen = backup or newest_sound(file for file in files if "replaced-" not in file.name)
    if chosen is None and not journal.exists():
        raise click.UsageError(_("there is no database at {file}, and no backup of one").format(file=journal))
    label = f"replaced-{now():%Y-%m-%dT%H%M%S}"
    names = chain((label,), (f"{label}-{number}" for number in count(2)))
    aside = next(file for name in names if not (file := backup_file(journal, name)).exists())
    restored = restore(journal, chosen, aside, newer=not exactly)
    click.echo(
        _("{file} is restored from {backup}, with {entries}.").format(
            file=visible(str(journal)),
            backup=visible(str(chosen)) if chosen else _("an empty database"),
            entries=counted("{n} entry", "{n} entries", restored.entries),
        )
    )
    if restored.recovered:
        click.echo(
            counted(
                "{n} of them is later than the backup and was kept.",
                "{n} of them are later than the backup and were kept.",
                restored.recovered,
            )
        )
    for line in left_out_lines(restored.unreadable, restored.unknown):
        click.echo(visible(line))
    if aside.exists():
        click.echo(_("The file that was there before is now {file}.").format(file=visible(str(aside))))
