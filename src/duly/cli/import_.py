"""``duly import``: questions and answers from elsewhere, one file or a folder of them, and what is in Anki."""

from collections.abc import Iterator
from pathlib import Path

import click

from duly.cards.names import KEYS
from duly.cli.excerpt import visible
from duly.cli.filing import Filing, Update
from duly.cli.import_anki import import_from_anki, is_from_anki
from duly.cli.import_folder import import_folder
from duly.cli.import_progress import Progress, check_progress, import_progress, progress_options
from duly.cli.import_schedules import take_schedules, tell_of_schedules
from duly.cli.import_text import Reading, TextImport
from duly.cli.problems import show
from duly.errors import DulyError
from duly.i18n import _
from duly.importers.importer import Wishes
from duly.importers.lookup import Lookup
from duly.importers.registry import IMPORTERS
from duly.message import message
from duly.problem import Problem

PATH = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NAMES = [importer.name for importer in IMPORTERS]


def _columns(_context: click.Context, _option: click.Parameter, value: str | None) -> dict[str, str]:
    """``q=1,a=3,tags=Category`` as keys and columns."""
    columns: dict[str, str] = {}
    for part in (value or "").split(","):
        key, equals, column = (side.strip() for side in part.partition("="))
        if value is not None and not (equals and column and key in KEYS):
            raise click.BadParameter(
                _("{part!r} is not key=column; the keys are {keys}").format(part=part, keys=", ".join(KEYS))
            )
        if key:
            columns[key] = column
    return columns


def _encoding(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """The name of a text encoding that Python knows."""
    try:
        "a".encode(value or "utf-8")
    except (LookupError, UnicodeError):
        raise click.BadParameter(_("{encoding!r} is no encoding known here").format(encoding=value)) from None
    return value or ""


def _filing(folder: Path, update: Update) -> Filing:
    """What the folder holds. Raises `DulyError`, and shows why, where not all of it can be read."""
    filing = Filing.of(folder, update)
    if filing.mistakes:
        show(filing.mistakes, err=True)
        raise DulyError(
            message(
                "nothing was imported, for cards in {folder} that cannot be read might be added twice; "
                "correct these mistakes and import again, or name another folder",
                folder=folder,
            )
        )
    return filing


def _refuse_journals(files: tuple[Path, ...]) -> None:
    """Raises click's usage error where a file is a database of answers, which holds no cards."""
    from duly.journal.database import is_journal

    for file in files:
        if is_journal(file):
            said = _(
                "{file} is a database of answers of duly, and no file of Anki; duly quiz --db FILE learns with it,"
                " duly restore FILE brings it back"
            )
            raise click.UsageError(said.format(file=visible(str(file))))


def _imported(
    file: Path, filing: Filing, reading: Reading, progress: Progress | None, *, as_json: bool
) -> Iterator[Problem]:
    """Imports what was named, whatever it is; gives why anything could not be imported."""
    if not file.is_dir() and not reading.format and is_from_anki(file):
        yield from import_from_anki(file, filing, with_progress=progress is not None, as_json=as_json)
        return
    texts = TextImport(filing, reading, Lookup(file if file.is_dir() else None))
    yield from import_folder(file, texts) if file.is_dir() else texts.take(file)
    if progress is None:
        tell_of_schedules(file, texts.planned)
    else:
        take_schedules(file, texts.planned, progress)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--to", "folder", type=FOLDER, metavar="DIR", help=_("The folder for the deck files."))
@click.option(
    "--format", "format_", type=click.Choice(NAMES), help=_("The format of the files; without it, it is guessed.")
)
@click.option(
    "--map", "columns", metavar="KEY=COLUMN,...", callback=_columns,
    help=_("Which column of a table is what, by name or number, as in q=1,a=3,tags=Category."),
)  # fmt: skip
@click.option(
    "--encoding", callback=_encoding, help=_("The encoding of the files, such as big5; without it, it is guessed.")
)
@click.option(
    "--cloze", "clozes", multiple=True, type=click.Choice(["bold", "curly"]),
    help=_("In notes of Obsidian, take **bold** or {{curly}} text for hidden, too."),
)  # fmt: skip
@click.option("--update", is_flag=True, help=_("Bring notes that DIR already holds up to date with what is imported."))
@click.option("--force", is_flag=True, help=_("With --update: also those notes that were edited in DIR since."))
@click.option("--json", "as_json", is_flag=True, help=_("What an import from Anki did, as JSON."))
@progress_options
def command(
    *,
    files: tuple[Path, ...],
    folder: Path | None,
    format_: str | None,
    columns: dict[str, str],
    encoding: str,
    clozes: tuple[str, ...],
    update: bool,
    force: bool,
    progress: Progress | None,
    as_json: bool,
) -> None:
    if folder is None and progress is None:
        raise click.UsageError(_("--to names the folder for the deck files; --progress takes over what was learned"))
    if update and folder is None:
        raise click.UsageError(_("--update goes with --to"))
    if force and not update:
        raise click.UsageError(_("--force goes with --update"))
    _refuse_journals(files)
    if progress is not None:
        check_progress(files, progress, folder)
    filing = _filing(folder, Update(update, force)) if folder is not None else None
    reading = Reading(format_ or "", encoding, Wishes(columns, clozes))
    failed = False
    for file in files:
        if filing is not None:
            for problem in _imported(file, filing, reading, progress, as_json=as_json):
                show([problem], err=True)
                failed = True
        if progress is not None and is_from_anki(file):
            import_progress(file, progress, folder, as_json=as_json)
    if failed:
        click.get_current_context().exit(1)
