"""Importing whatever a path names: a file of Anki, a text, or a folder of texts."""

from collections.abc import Iterator
from pathlib import Path

from duly.errors import DulyError
from duly.exchange.events import Failure, ImportEvent
from duly.exchange.import_anki import import_from_anki, is_from_anki
from duly.exchange.import_folder import import_folder
from duly.exchange.import_progress import ProgressOptions, import_schedules, report_schedules
from duly.exchange.import_target import ImportTarget
from duly.exchange.import_text import TextImport, TextOptions
from duly.message import message
from duly.problem import Place, Problem
from duly.progress import Watch, unwatched

AS_GUESSED = TextOptions()


def check_target(target: ImportTarget) -> Iterator[ImportEvent]:
    """Reports the mistakes that keep notes in the folder from being read, and raises `DulyError` if there are any."""
    yield from target.mistakes
    if target.mistakes:
        raise DulyError(
            message(
                "nothing was imported, for cards in {folder} that cannot be read might be added twice; "
                "correct these mistakes and import again, or name another folder",
                folder=target.folder,
            )
        )


def import_file(
    file: Path,
    target: ImportTarget | None,
    options: TextOptions = AS_GUESSED,
    progress: ProgressOptions | None = None,
    *,
    watch: Watch = unwatched,
) -> Iterator[ImportEvent]:
    """Imports the notes of a file or a folder, and with `progress` the schedules that texts have of them.

    What was learned in Anki is imported by `import_progress`. `watch` sees the notes of Anki or the files of a folder
    pass. Raises `DulyError` where nothing of a file can be read, or something cannot be written.
    """
    from duly.importers.file_lookup import FileLookup
    from duly.importers.unread import advice_for

    is_package = not file.is_dir() and not options.format and advice_for(file) is None and is_from_anki(file)
    if is_package and options.dry_run:
        of_anki = message("--dry-run shows what becomes of a text; this comes from Anki")
        yield Failure(Problem(Place(file), "option", of_anki))
        return
    if target is not None and is_package:
        yield from import_from_anki(file, target, with_progress=progress is not None, watch=watch)
        return
    texts = TextImport(target, options, FileLookup(file if file.is_dir() else None))
    yield from import_folder(file, texts, watch) if file.is_dir() else texts.import_file(file)
    if options.dry_run:
        return
    if progress is None:
        yield from report_schedules(file, texts.planned)
    else:
        yield from import_schedules(file, texts.planned, progress)
