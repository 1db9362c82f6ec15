"""``duly restore``: restores a backup of the database of answers, with all later answers that can still be read."""

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
@click.option("--list", "list_only", is_flag=True, help=_("List the backups and do nothing else."))
@click.option("--as-it-was", "backup_only", is_flag=True, help=_("Drop answers that are not in the backup."))
def command(backup: Path | None, db: Path | None, list_only: bool, backup_only: bool) -> None:
    from duly.journal.backup import backup_file, backups
    from duly.journal.restore import newest_intact_backup, restore
    from duly.locations import journal_file
    from duly.text.sync_report import left_out_lines

    journal = db or journal_file()
    files = backups(journal)
    if list_only:
        for file in files:
            modified = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            click.echo(f"{modified:%Y-%m-%d %H:%M}  {file.stat().st_size:>12,}  {visible(str(file))}")
        return
    source = backup or newest_intact_backup(file for file in files if "replaced-" not in file.name)
    if source is None and not journal.exists():
        raise click.UsageError(_("there is no database at {file}, and no backup of one").format(file=journal))
    label = f"replaced-{now():%Y-%m-%dT%H%M%S}"
    names = chain((label,), (f"{label}-{number}" for number in count(2)))
    replaced_file = next(file for name in names if not (file := backup_file(journal, name)).exists())
    report = restore(journal, source, replaced_file, with_newer=not backup_only)
    click.echo(
        _("{file} is restored from {backup}, with {entries}.").format(
            file=visible(str(journal)),
            backup=visible(str(source)) if source else _("an empty database"),
            entries=counted("{n} entry", "{n} entries", report.entry_count),
        )
    )
    if report.recovered_count:
        click.echo(
            counted(
                "{n} of them is later than the backup and was kept.",
                "{n} of them are later than the backup and were kept.",
                report.recovered_count,
            )
        )
    for line in left_out_lines(report.unreadable_count, report.invalid_rows):
        click.echo(visible(line))
    if replaced_file.exists():
        click.echo(_("The file that was there before is now {file}.").format(file=visible(str(replaced_file))))
