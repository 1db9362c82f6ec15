"""``duly export``: decks as a package for Anki."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cards import NoteId
from duly.cli.common import chosen, database_option, now, paths_argument
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.cli.progress_bar import progress_bar
from duly.exchange.export import closing, learned
from duly.i18n import _, said
from duly.problem import Severity
from duly.text.export_report import content_told, import_told, kept_told, reworded_told

if TYPE_CHECKING:
    from duly.deckfile.load import Loaded

ENDING = ".apkg"


@click.command("export")
@paths_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.apkg", help=_("Where to write it."))
@click.option("--progress", is_flag=True, help=_("Carry what was learned here: due days, ease and every answer."))
@click.option(
    "--force", is_flag=True, help=_("Date every note anew: Anki takes all of them, over what you changed there.")
)
@click.option(
    "--gone", is_flag=True, help=_("Ship removed notes once more, tagged duly::deleted, to be deleted in Anki.")
)
@database_option
def command(
    paths: tuple[Path, ...], output: Path | None, *, progress: bool, force: bool, gone: bool, db: Path | None
) -> None:
    from duly.anki.export import export
    from duly.anki.progress_out import NOTHING
    from duly.deckfile.load import load
    from duly.locations import cache_file, exports_file

    given = chosen(paths)
    target = output or Path(package_name(given) + ENDING)
    if target.suffix.lower() != ENDING:
        raise click.UsageError(_("{file}: the name of a package for Anki ends in .apkg").format(file=target))
    loaded = load(given, cache_file())
    failed = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    show(loaded.problems, err=True)
    loaded, undecided = _settled(loaded, given, target)
    notes = [note for note in loaded.notes if note.id not in undecided]
    if not notes and not gone:
        click.echo(_("there is no card to export; nothing was written"), err=True)
        click.get_current_context().exit(1)
    carried = learned(db) if progress else NOTHING
    exported = export(
        notes, target, exports_file(), now(), paths=given, undecided=undecided.values(), whole=not failed,
        learned=carried, force=force, gone=gone, watch=progress_bar,
    )  # fmt: skip
    for note in exported.messages:
        click.echo(visible(said(note)), err=True)
    carrying = closing(carried, notes) if progress else ()
    lines = (*content_told(exported, target), *import_told(exported, force), *carrying, *kept_told(exported, gone))
    for line in lines:
        click.echo(visible(line))
    if failed:
        click.echo(_("Cards with errors were left out; correct them and export again."), err=True)
    if failed or undecided:
        click.get_current_context().exit(1)


def _settled(loaded: "Loaded", paths: tuple[Path, ...], target: Path) -> tuple["Loaded", dict[NoteId, NoteId]]:
    """Has it decided which questions were exported in other words: those notes would be there twice in Anki.

    Gives the decks as they are then and, of those of which it was not decided, the id they would have and the old one.
    """
    from duly.cli.ask_rewording import exported_before, settle
    from duly.deckfile.load import load
    from duly.locations import cache_file

    found = exported_before(loaded, paths, target)
    undecided = {one.note.id: one.old.id for one in settle(found)}
    if undecided:
        click.echo(reworded_told(len(undecided)), err=True)
    return load(paths, cache_file()) if len(undecided) < len(found) else loaded, undecided


def package_name(paths: tuple[Path, ...]) -> str:
    """The package's name where none is given: that of the only folder or file, else ``duly``."""
    only = paths[0].resolve() if len(paths) == 1 else Path()
    return (only.name if only.is_dir() else only.stem) or "duly"
