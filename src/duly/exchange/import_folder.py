"""The part of ``duly import`` that reads a folder: every text below it that holds a card, as if it had been named."""

from collections.abc import Iterator
from pathlib import Path

import click

from duly.cli.excerpt import visible
from duly.exchange.import_text import NOTHING_FOUND, TextImport
from duly.i18n import _, counted
from duly.message import message
from duly.place import Place
from duly.problem import Problem


def import_folder(root: Path, texts: TextImport) -> Iterator[Problem]:
    """Imports the texts below `root` and says what it did; gives why anything could not be imported.

    Hidden files and folders are skipped, and so are links. Raises `DulyError` where a folder cannot be listed.
    """
    from duly.deckfile.find import files_below
    from duly.importers.registry import endings_of

    taken = silent = failed = 0
    for file in files_below(root, endings_of(texts.reading.format)):
        if file.is_symlink() or not file.is_file():
            continue
        problems = texts.take(file)
        if any(problem.kind in NOTHING_FOUND for problem in problems):
            silent += 1
        else:
            yield from problems
            taken += not problems
            failed += bool(problems)
    if not taken and not failed:
        said = message("no question was found in any file below this folder; name a format with --format, or a file")
        yield Problem(Place(root), "no-questions", said)
    else:
        _tell(root, taken, silent, texts.left_out)
    _tell_of_anki(root)


def _tell(root: Path, taken: int, silent: int, left_out: int) -> None:
    click.echo(
        _("{folder}: {files} with cards, {others} without").format(
            folder=visible(str(root)),
            files=counted("{n} file", "{n} files", taken),
            others=counted("{n} file", "{n} files", silent),
        )
    )
    if left_out:
        said = counted(
            "{n} passage beside the cards was left out; it is shown when its file is imported by name",
            "{n} passages beside the cards were left out; they are shown when their file is imported by name",
            left_out,
        )
        click.echo(f"  {said}")


def _tell_of_anki(root: Path) -> None:
    from duly.anki.incoming.reader import ENDINGS
    from duly.deckfile.find import files_below

    if left_out := sum(1 for _file in files_below(root, ENDINGS)):
        said = counted(
            "{n} package or collection of Anki was left out; import it by its own name",
            "{n} packages or collections of Anki were left out; import each by its own name",
            left_out,
        )
        click.echo(f"  {said}")
