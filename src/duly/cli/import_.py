"""``duly import``: imports questions and answers from texts, tables, folders of them, and Anki."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from duly.cards.note_keys import KEYS
from duly.cli.import_options import FsrsOption, ProgressOption, check_progress, progress_options
from duly.cli.problems import print_problems
from duly.cli.progress_bar import progress_bar
from duly.cli.safe_text import json_text, visible
from duly.cli.shared_options import deck_paths
from duly.deckfile.walk import may_block
from duly.exchange.import_anki import is_from_anki
from duly.exchange.import_events import (
    AnkiImported,
    Candidates,
    Failure,
    FsrsImported,
    ImportEvent,
    PassagesLeftOut,
    ProgressImported,
    TextAccount,
)
from duly.exchange.import_files import check_target, import_file
from duly.exchange.import_fsrs import import_fsrs
from duly.exchange.import_progress import import_progress
from duly.exchange.import_target import ImportTarget, UpdateOptions
from duly.exchange.import_text import TextOptions
from duly.i18n import _
from duly.importers.importer import ImportOptions
from duly.importers.recognise_format import IMPORTERS, OTHER_NAMES
from duly.importers.table_columns import REPEATABLE_KEYS
from duly.problem import Problem
from duly.text.import_fsrs_report import fsrs_as_json
from duly.text.import_report import anki_as_json, event_lines, progress_as_json
from duly.text.import_text_report import MOST_LISTED, account_as_json, left_out_by_reason, left_out_sentence
from duly.work_progress import silent_watch

PATH = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NAMES = [*(importer.name for importer in IMPORTERS), *OTHER_NAMES]


def _columns(_context: click.Context, _option: click.Parameter, value: str | None) -> dict[str, tuple[str, ...]]:
    """``q=1,a=3,extra=4,extra=5`` as the columns of each key; some keys take several."""
    columns: dict[str, tuple[str, ...]] = {}
    for part in (value or "").split(","):
        key, equals, column = (side.strip() for side in part.partition("="))
        if value is not None and not (equals and column and key in KEYS):
            raise click.BadParameter(
                _("{part!r} is not key=column; the keys are {keys}").format(part=part, keys=_(", ").join(KEYS))
            )
        if key in columns and key not in REPEATABLE_KEYS:
            raise click.BadParameter(_("{key} takes one column, and stands here twice").format(key=key))
        if key:
            columns[key] = (*columns.get(key, ()), column)
    return columns


def _encoding(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """The name of a text encoding that Python knows."""
    try:
        "a".encode(value or "utf-8")
    except (LookupError, UnicodeError):
        raise click.BadParameter(_("{encoding!r} is not a known encoding").format(encoding=value)) from None
    return value or ""


def _sign(text: str) -> str:
    r"""A separator as written on the command line: ``\n`` and ``\t`` are a line end and a tab."""
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _refuse_unreadable_sources(files: tuple[Path, ...]) -> None:
    """Raises click's usage error if a file is a pipe, or a database of answers, which has no cards.

    A pipe can be read only once, but files are read to recognise the format, and again for the import.
    """
    from duly.journal.database import is_journal

    for file in files:
        if may_block(file):
            sentence = _("{file} is a pipe; write what comes out of it to a file, and import that")
            raise click.UsageError(sentence.format(file=visible(str(file))))
        if is_journal(file):
            sentence = _(
                "{file} is a database of answers of duly, and no file of Anki; duly quiz --db FILE learns with it,"
                " duly restore FILE brings it back"
            )
            raise click.UsageError(sentence.format(file=visible(str(file))))


def _refuse_files_not_from_anki(files: Sequence[Path]) -> None:
    """Raises click's usage error if a file is not one of Anki, and so has no preset."""
    for file in files:
        if not is_from_anki(file):
            sentence = _("{file} is not a file of Anki; --fsrs takes a package or a collection")
            raise click.UsageError(sentence.format(file=visible(str(file))))


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
@click.option(
    "--separator", "separators", multiple=True, metavar="TEXT",
    help=_("In notes of Obsidian, what stands between question and answer on a line, instead of ::."),
)  # fmt: skip
@click.option(
    "--separator-both", "two_way_separators", multiple=True, metavar="TEXT",
    help=_("The same for cards that are asked both ways, instead of :::."),
)  # fmt: skip
@click.option("--between", default="", metavar="SIGN", help=_("In a list of terms, what parts term and definition."))
@click.option(
    "--after", default="", metavar="SIGN",
    help=_("In a list of terms, what ends a definition; a line end if not given."),
)  # fmt: skip
@click.option(
    "--tag", "vault_tags", multiple=True, metavar="TAG",
    help=_("Which tag the notes of an Obsidian vault have that hold cards; #flashcards if not given."),
)  # fmt: skip
@click.option("--ignore", multiple=True, metavar="PATTERN", help=_("Files of a folder to leave alone, as in drafts/*."))
@click.option("--update", is_flag=True, help=_("Bring notes that DIR already holds up to date with what is imported."))
@click.option("--force", is_flag=True, help=_("With --update: also those notes that were edited in DIR since."))
@click.option("--dry-run", is_flag=True, help=_("Show what would become of each line of a text, and write nothing."))
@click.option("--verbose", is_flag=True, help=_("Show everything that was left out of a text."))
@click.option("--json", "as_json", is_flag=True, help=_("What an import did, as JSON."))
@progress_options
def command(
    *,
    files: tuple[Path, ...],
    folder: Path | None,
    format_: str | None,
    columns: dict[str, tuple[str, ...]],
    encoding: str,
    clozes: tuple[str, ...],
    separators: tuple[str, ...],
    two_way_separators: tuple[str, ...],
    between: str,
    after: str,
    vault_tags: tuple[str, ...],
    ignore: tuple[str, ...],
    update: bool,
    force: bool,
    progress: ProgressOption | None,
    fsrs: FsrsOption | None,
    as_json: bool,
    dry_run: bool,
    verbose: bool,
) -> None:
    if folder is None and progress is None and fsrs is None and not dry_run:
        raise click.UsageError(_("--to names the folder for the deck files; --progress takes over what was learned"))
    if update and folder is None:
        raise click.UsageError(_("--update goes with --to"))
    if force and not update:
        raise click.UsageError(_("--force goes with --update"))
    _refuse_unreadable_sources(files)
    if progress is not None:
        check_progress(files, progress, folder)
    if fsrs is not None:
        _refuse_files_not_from_anki(files)
    target = ImportTarget.read(folder, UpdateOptions(update, force)) if folder is not None and not dry_run else None
    if target is not None:
        _print(check_target(target), as_json=as_json)
    options = ImportOptions(
        columns, clozes, separators, two_way_separators, tags=vault_tags or ImportOptions().tags,
        term_separator=_sign(between), card_separator=_sign(after),
    )  # fmt: skip
    text_options = TextOptions(format_ or "", encoding, options, dry_run, verbose, ignore)
    has_failed = False
    for file in files:
        if fsrs is not None:
            _print(import_fsrs(file, fsrs.options(dry_run=dry_run)), as_json=as_json)
        if target is not None or (dry_run and fsrs is None):
            schedules = progress.options() if progress is not None else None
            watch = silent_watch if file.is_dir() else progress_bar
            events = import_file(file, target, text_options, schedules, watch=watch)
            has_failed |= _print(events, as_json=as_json, verbose=verbose)
        if progress is not None and is_from_anki(file):
            paths = deck_paths(progress.paths or ((folder,) if folder is not None else ()))
            _print(import_progress(file, paths, progress.options(), watch=progress_bar), as_json=as_json)
    if has_failed:
        click.get_current_context().exit(1)


def _print(events: Iterable[ImportEvent], *, as_json: bool, verbose: bool = False) -> bool:
    """Prints the events of an import as they happen. Returns whether anything could not be imported."""
    has_failed = False
    for event in events:
        match event:
            case Failure(problem):
                print_problems([problem], err=True)
                has_failed = True
            case Problem():
                print_problems([event], err=True)
            case PassagesLeftOut(problems):
                _print_left_out(problems, verbose=verbose)
            case TextAccount() if as_json:
                click.echo(json_text(account_as_json(event)))
            case AnkiImported() if as_json:
                click.echo(json_text(anki_as_json(event)))
            case FsrsImported() if as_json:
                click.echo(json_text(fsrs_as_json(event)))
            case ProgressImported() if as_json:
                click.echo(json_text(progress_as_json(event)))
            case _:
                for line in event_lines(event):
                    click.echo(visible(line), err=as_json or isinstance(event, Candidates))
    return has_failed


def _print_left_out(problems: Sequence[Problem], *, verbose: bool) -> None:
    """Shows what was left out of a text: everything if it is little, else the first passage of each reason."""
    if verbose or len(problems) <= MOST_LISTED:
        print_problems(problems, err=True)
        return
    for first_problem, others_line in left_out_by_reason(problems):
        print_problems([first_problem], err=True)
        if others_line:
            click.echo(others_line, err=True)
    click.echo(left_out_sentence(len(problems)), err=True)
