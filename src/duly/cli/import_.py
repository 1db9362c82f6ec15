"""``duly import``: questions and answers from elsewhere become deck files."""

from collections.abc import Iterable
from pathlib import Path

import click

from duly.cards import Note, NoteId, derived_id
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.i18n import _, counted
from duly.message import message
from duly.place import Place
from duly.problem import Problem

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--to", "folder", required=True, type=FOLDER, metavar="DIR", help=_("The folder for the deck files."))
def command(files: tuple[Path, ...], folder: Path) -> None:
    failed = False
    for file in files:
        problem = _import(file, folder)
        if problem is not None:
            show([problem], err=True)
            failed = True
    if failed:
        click.get_current_context().exit(1)


command.help = _(
    "Turn texts with questions and answers into deck files. "
    "Cards that DIR already holds are left as they are, so a file can be imported again."
)


def _import(file: Path, folder: Path) -> Problem | None:
    """Imports one file and says what it did, or returns why it could not."""
    from duly.deckfile.add import add
    from duly.deckfile.source import Source, read
    from duly.importers.registry import importer_for

    source = read(file)
    if not isinstance(source, Source):
        return source
    importer = importer_for(file, source.text)
    if importer is None:
        return Problem(Place(file), "no-questions", message("no question was found here; begin one with Q: or 问："))
    imported = importer.read(file, source.text)
    show(imported.problems, err=True)
    known = _known(folder)
    fresh = [note for note in imported.notes if note.id not in known]
    target = folder / f"{file.stem}.yaml"
    if fresh:
        problem = add(target, fresh, deck=imported.title)
        if problem is not None:
            return problem
    click.echo(_said(target, len(fresh), len(imported.notes) - len(fresh)))
    return None


def _known(folder: Path) -> set[NoteId]:
    """The ids of all notes in the folder, and those that their questions would give them."""
    from duly.deckfile.load import load

    notes: Iterable[Note] = load([folder]).notes if folder.is_dir() else ()
    return {known for note in notes for known in (note.id, derived_id(note.question))}


def _said(target: Path, added: int, known: int) -> str:
    return _("{file}: {added} added, {known} already there").format(
        file=visible(str(target)), added=counted("{n} note", "{n} notes", added), known=known
    )
