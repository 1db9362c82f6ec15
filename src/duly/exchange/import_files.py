"""Imports a path: a file of Anki, a text, or a folder of texts."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from duly.cards.media_references import PICTURES, SOUNDS, VIDEOS
from duly.errors import DulyError
from duly.exchange.import_anki import import_from_anki, is_from_anki
from duly.exchange.import_events import AnkiFilesSkipped, Failure, FolderRead, ImportEvent
from duly.exchange.import_progress import ProgressOptions, import_schedules, report_schedules
from duly.exchange.import_target import ImportTarget
from duly.exchange.import_text import NOTHING_FOUND, TextImport, TextOptions
from duly.message import message
from duly.problem import Place, Problem
from duly.work_progress import Watch, silent_watch

MEDIA = (*SOUNDS, *VIDEOS, *PICTURES)
"""Endings of media files, which belong to texts."""


def import_folder(root: Path, texts: TextImport, watch: Watch) -> Iterator[ImportEvent]:
    """Imports the texts below `root`; `watch` is called for each file.

    Hidden files and folders are skipped, and so are links. Raises `DulyError` if a folder cannot be listed.
    """
    from duly.anki.read.open_anki import ENDINGS
    from duly.deckfile.find import files_below
    from duly.importers.recognise_format import endings_of

    imported_count = without_cards = failed_count = 0
    endings = endings_of(texts.options.format)
    for file in watch(list(files_below(root, endings)), message("Importing texts")):
        if file.is_symlink() or not file.is_file() or _is_ignored(file, root, texts.options.ignore):
            continue
        failures = []
        for event in texts.import_file(file):
            if isinstance(event, Failure):
                failures.append(event)
            else:
                yield event
        if any(failure.problem.kind in NOTHING_FOUND for failure in failures):
            without_cards += 1
        else:
            yield from failures
            imported_count += not failures
            failed_count += bool(failures)
    if not imported_count and not failed_count:
        sentence = message(
            "no question was found in any file below this folder; name a format with --format, or a file"
        )
        yield Failure(Problem(Place(root), "no-questions", sentence))
    else:
        yield FolderRead(
            root,
            imported_count,
            without_cards,
            texts.left_out_count,
            texts.untagged_count,
            _count_unread_files(root, (*endings, *ENDINGS)),
        )
    if skipped_count := sum(1 for _file in files_below(root, ENDINGS)):
        yield AnkiFilesSkipped(skipped_count)


def _is_ignored(file: Path, root: Path, patterns: Sequence[str]) -> bool:
    path = file.relative_to(root).as_posix()
    return any(fnmatch(path, pattern) or fnmatch(file.name, pattern) for pattern in patterns)


def _count_unread_files(root: Path, endings: Collection[str]) -> dict[str, int]:
    """The number of files below a folder that were not read, by ending, without media."""
    from duly.deckfile.find import files_below

    suffixes = (file.suffix.lower() for file in files_below(root, ("",)))
    return dict(Counter(suffix or "?" for suffix in suffixes if suffix not in endings and suffix not in MEDIA))


DEFAULT_OPTIONS = TextOptions()


def check_target(target: ImportTarget) -> Iterator[ImportEvent]:
    """Reports errors in deck files of the target folder; raises `DulyError` if there are any."""
    yield from target.errors
    if target.errors:
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
    options: TextOptions = DEFAULT_OPTIONS,
    progress: ProgressOptions | None = None,
    *,
    watch: Watch = silent_watch,
) -> Iterator[ImportEvent]:
    """Imports the notes of a file or folder, and with `progress` their schedules in texts.

    Progress from Anki is imported by `import_progress`. `watch` is called for each note of Anki or file of a folder.
    Raises `DulyError` if a file cannot be read, or something cannot be written.
    """
    from duly.importers.file_lookup import FileLookup
    from duly.importers.unsupported_formats import advice_for

    is_package = not file.is_dir() and not options.format and advice_for(file) is None and is_from_anki(file)
    if is_package and options.dry_run:
        sentence = message("--dry-run shows what becomes of a text; this comes from Anki")
        yield Failure(Problem(Place(file), "option", sentence))
        return
    if target is not None and is_package:
        yield from import_from_anki(file, target, with_progress=progress is not None, watch=watch)
        return
    texts = TextImport(target, options, FileLookup(file if file.is_dir() else None))
    yield from import_folder(file, texts, watch) if file.is_dir() else texts.import_file(file)
    if options.dry_run:
        return
    if progress is None:
        yield from report_schedules(file, texts.schedules)
    else:
        yield from import_schedules(file, texts.schedules, progress)
