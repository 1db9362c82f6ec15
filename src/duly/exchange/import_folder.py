"""Importing a folder: every text below it that holds a card, as if it had been named."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from duly.cards.media import PICTURES, SOUNDS, VIDEOS
from duly.exchange.events import AnkiFilesSkipped, Failure, FolderRead, ImportEvent
from duly.exchange.import_text import NOTHING_FOUND, TextImport
from duly.message import message
from duly.problem import Place, Problem
from duly.progress import Watch

MEDIA = (*SOUNDS, *VIDEOS, *PICTURES)
"""Endings of files that texts show."""


def import_folder(root: Path, texts: TextImport, watch: Watch) -> Iterator[ImportEvent]:
    """Imports the texts below `root`; `watch` sees the files pass.

    Hidden files and folders are skipped, and so are links. Raises `DulyError` where a folder cannot be listed.
    """
    from duly.anki.read.collection import ENDINGS
    from duly.deckfile.find import files_below
    from duly.importers.registry import endings_of

    imported = silent = failed = 0
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
            silent += 1
        else:
            yield from failures
            imported += not failures
            failed += bool(failures)
    if not imported and not failed:
        nothing = message("no question was found in any file below this folder; name a format with --format, or a file")
        yield Failure(Problem(Place(root), "no-questions", nothing))
    else:
        yield FolderRead(root, imported, silent, texts.left_out, texts.untagged, _unread(root, (*endings, *ENDINGS)))
    if skipped := sum(1 for _file in files_below(root, ENDINGS)):
        yield AnkiFilesSkipped(skipped)


def _is_ignored(file: Path, root: Path, patterns: Sequence[str]) -> bool:
    path = file.relative_to(root).as_posix()
    return any(fnmatch(path, pattern) or fnmatch(file.name, pattern) for pattern in patterns)


def _unread(root: Path, endings: Collection[str]) -> dict[str, int]:
    """How many files below a folder were not looked at, by their ending; images and sounds belong to texts."""
    from duly.deckfile.find import files_below

    suffixes = (file.suffix.lower() for file in files_below(root, ("",)))
    return dict(Counter(suffix or "?" for suffix in suffixes if suffix not in endings and suffix not in MEDIA))
