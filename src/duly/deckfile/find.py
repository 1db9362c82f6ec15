"""Finds deck files: those below given paths, those that are meant where no path is given, and those that changed."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.cards.deck_name import DeckName
from duly.deckfile.walk import ENDINGS, walk
from duly.errors import DulyError, reason
from duly.message import message
from duly.problem import legible


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file and its root: the folder that was given, or the parent of a file that was given."""

    file: Path
    root: Path

    @property
    def deck(self) -> DeckName:
        """The deck's name by its path: ``ml/sparse.yaml`` below the root is ``ml::sparse``. NFC."""
        path = self.file.relative_to(self.root).with_suffix("")
        return DeckName(unicodedata.normalize("NFC", "::".join(legible(Path(part)) for part in path.parts)))


def deck_files(paths: Sequence[Path]) -> tuple[DeckFile, ...]:
    """The deck files among and below `paths`, each once, sorted by path.

    Hidden files and folders are skipped unless given, and linked folders are not entered. A file below several of the
    paths belongs to the outermost folder. A path that does not exist counts as a file, and fails when it is read.
    Raises `DulyError` if a folder cannot be listed.
    """
    by_path: dict[str, DeckFile] = {}
    for path in sorted(paths, key=lambda path: (not _is_folder(path), len(path.resolve().parts))):
        for deck_file in _among(path):
            by_path.setdefault(os.path.realpath(deck_file.file), deck_file)
    return tuple(sorted(by_path.values(), key=lambda deck_file: deck_file.file.parts))


def _among(path: Path) -> Iterable[DeckFile]:
    if _is_folder(path):
        return (DeckFile(file, path) for file in files_below(path, ENDINGS))
    return (DeckFile(path, path.parent),)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it cannot be accessed: reading it reports that
        return False


def files_below(root: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files below a folder with these endings, in any case.

    Hidden files and folders are skipped, and linked folders. Raises `DulyError` where a folder cannot be listed.
    """
    return map(Path, walk(str(root), endings, _raise_unreadable))


def _raise_unreadable(error: OSError) -> None:
    raise DulyError(
        message("{folder}: this folder cannot be read: {error}", folder=error.filename, error=reason(error))
    ) from error


FOLDER = "cards"
BEGINNING = 20_000
"""The bytes of a file that are searched for a card."""

_DECK = re.compile(rb"^\s*(?:-\s+)?(?:\{\s*)?(?:q|cloze)\s*:", re.MULTILINE)
"""The question of a card: ``- q: What?``, ``- {q: What?`` or, where another key comes first, ``  q: What?``."""


def nearest_decks(here: Path, home: Path) -> tuple[Path, ...]:
    """The decks that are meant where no path is given: the folder ``cards`` in this folder, the deck files in it, or a
    folder ``cards`` in a parent folder. Empty if there are none.

    Within a folder ``cards`` all of it is meant, because deck names are relative to it. Parent folders are searched up
    to the home folder, and outside of that up to the root of the repository.
    """
    if (here / FOLDER).is_dir():
        return (here / FOLDER,)
    above = next((folder / FOLDER for folder in _around(here, home) if (folder / FOLDER).is_dir()), None)
    beside = tuple(sorted(_decks_in(here)))
    if above and (not beside or here.is_relative_to(above)):
        return (above,)
    return beside


def _around(here: Path, home: Path) -> list[Path]:
    repository = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    top = home if here.is_relative_to(home) else repository
    return [folder for folder in here.parents if folder.is_relative_to(top)]


def _decks_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that look like decks, not other YAML files."""
    for file in folder.iterdir():
        if file.suffix.lower() in ENDINGS and not file.name.startswith(".") and file.is_file():
            with file.open("rb") as stream:
                if _DECK.search(stream.read(BEGINNING)):
                    yield file


Signatures = Mapping[Path, tuple[int, int, int] | None]
"""By file: its modification time in nanoseconds, size and inode; None if it cannot be accessed."""


def signatures(paths: Sequence[Path]) -> Signatures:
    """The signatures of all deck files among and below `paths`. Raises `DulyError` where a folder cannot be listed."""
    return {deck_file.file: _signature(deck_file.file) for deck_file in deck_files(paths)}


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
