"""Finding deck files, and the name of the deck that each one is."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.cards.deck import DeckName
from duly.deckfile.walk import ENDINGS, walk
from duly.errors import DulyError, reason
from duly.message import message
from duly.place import legible


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file and the root it was found under: the folder that was named, or the folder of a file named alone."""

    file: Path
    root: Path

    @property
    def deck(self) -> DeckName:
        """The deck's name by its path: ``ml/sparse.yaml`` below the root is ``ml::sparse``. NFC."""
        path = self.file.relative_to(self.root).with_suffix("")
        return DeckName(unicodedata.normalize("NFC", "::".join(legible(Path(part)) for part in path.parts)))


def deck_files(paths: Sequence[Path]) -> tuple[DeckFile, ...]:
    """The deck files among and below `paths`, each once, sorted by path.

    Hidden files and folders are skipped unless named, and linked folders are not entered. A file that lies below
    several of the paths belongs to the outermost folder. A path that does not exist stands for a file, and fails when
    it is read. Raises `DulyError` where a folder cannot be listed.
    """
    found: dict[str, DeckFile] = {}
    for path in sorted(paths, key=lambda path: (not _is_folder(path), len(path.resolve().parts))):
        for deck_file in _among(path):
            found.setdefault(os.path.realpath(deck_file.file), deck_file)
    return tuple(sorted(found.values(), key=lambda deck_file: deck_file.file.parts))


def _among(path: Path) -> Iterable[DeckFile]:
    if _is_folder(path):
        return (DeckFile(file, path) for file in files_below(path, ENDINGS))
    return (DeckFile(path, path.parent),)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not even be looked at: reading it will say so
        return False


def files_below(root: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files below a folder with these endings, in any case.

    Hidden files and folders are skipped, and linked folders. Raises `DulyError` where a folder cannot be listed.
    """
    return map(Path, walk(str(root), endings, _refuse))


def _refuse(error: OSError) -> None:
    raise DulyError(
        message("{folder}: this folder cannot be read: {error}", folder=error.filename, error=reason(error))
    ) from error
