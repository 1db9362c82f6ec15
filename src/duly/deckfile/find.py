"""Finds deck files: those below given paths, the default ones if no path is given, and changed ones."""

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
    """A deck file and its root: the given folder that contains it, or the parent of a given file."""

    file: Path
    root: Path

    @property
    def deck(self) -> DeckName:
        """The deck's name, derived from the path: ``ml/sparse.yaml`` below the root is ``ml::sparse``. NFC."""
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
        for deck_file in _deck_files_at(path):
            by_path.setdefault(os.path.realpath(deck_file.file), deck_file)
    return tuple(sorted(by_path.values(), key=lambda deck_file: deck_file.file.parts))


def _deck_files_at(path: Path) -> Iterable[DeckFile]:
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

    Hidden files and folders are skipped, and linked folders. Raises `DulyError` if a folder cannot be listed.
    """
    return map(Path, walk(str(root), endings, _raise_unreadable))


def _raise_unreadable(error: OSError) -> None:
    raise DulyError(
        message("{folder}: this folder cannot be read: {error}", folder=error.filename, error=reason(error))
    ) from error


FOLDER = "cards"
BEGINNING = 20_000
"""The number of bytes of a file that are searched for a card."""

_QUESTION = re.compile(rb"^\s*(?:-\s+)?(?:\{\s*)?(?:q|cloze)\s*:", re.MULTILINE)
"""The question of a card: ``- q: What?``, ``- {q: What?`` or, where another key comes first, ``  q: What?``."""


def nearest_decks(folder: Path, home_folder: Path) -> tuple[Path, ...]:
    """The default decks of a folder: its subfolder ``cards``, the deck files in it, or a folder ``cards`` in a parent
    folder. Empty if there are none.

    Within a folder ``cards``, the result is that whole folder, because deck names are relative to it. Parent
    folders are searched up to the home folder, and outside of it up to the root of the repository.
    """
    if (folder / FOLDER).is_dir():
        return (folder / FOLDER,)
    cards_above = next(
        (parent / FOLDER for parent in _searched_parents(folder, home_folder) if (parent / FOLDER).is_dir()), None
    )
    files_here = tuple(sorted(_decks_in(folder)))
    if cards_above and (not files_here or folder.is_relative_to(cards_above)):
        return (cards_above,)
    return files_here


def _searched_parents(folder: Path, home_folder: Path) -> list[Path]:
    repository = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
    highest_folder = home_folder if folder.is_relative_to(home_folder) else repository
    return [parent for parent in folder.parents if parent.is_relative_to(highest_folder)]


def _decks_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that look like decks, not other YAML files."""
    for file in folder.iterdir():
        if file.suffix.lower() in ENDINGS and not file.name.startswith(".") and file.is_file():
            with file.open("rb") as stream:
                if _QUESTION.search(stream.read(BEGINNING)):
                    yield file


Signatures = Mapping[Path, tuple[int, int, int] | None]
"""By file: its modification time in nanoseconds, size and inode; None if it cannot be accessed."""


def signatures(paths: Sequence[Path]) -> Signatures:
    """The signatures of all deck files among and below `paths`. Raises `DulyError` if a folder cannot be listed."""
    return {deck_file.file: _signature(deck_file.file) for deck_file in deck_files(paths)}


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
