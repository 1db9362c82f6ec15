"""``duly stamp``: writes the id of each note beside it, so that rewording a question keeps its progress."""

from pathlib import Path

import click

from duly.cli.common import chosen, paths_argument
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.i18n import _, counted
from duly.problem import Severity


@click.command("stamp")
@paths_argument
@click.option("--check", "dry", is_flag=True, help=_("Write nothing; exit with 1 if a note has no id yet."))
def command(paths: tuple[Path, ...], dry: bool) -> None:
    from duly.deckfile.find import deck_files
    from duly.deckfile.stamp import plan, stamp

    total, failed = 0, False
    for deck_file in deck_files(chosen(paths)):
        stamping = plan(deck_file.file) if dry else stamp(deck_file.file)
        show(stamping.problems, err=True)
        failed |= any(problem.severity is Severity.ERROR for problem in stamping.problems)
        total += stamping.count
        if stamping.count:
            notes = counted("{n} note", "{n} notes", stamping.count)
            said = _("{file}: {notes} without an id") if dry else _("{file}: {notes} stamped")
            click.echo(said.format(file=visible(str(deck_file.file)), notes=notes))
    if not total:
        click.echo(_("nothing to stamp"))
    if failed or (dry and total):
        click.get_current_context().exit(1)


command.help = _("Write the id of each note that has none into its file: one line per note, all else as it was.")
