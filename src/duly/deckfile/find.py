"""Which file is which deck: finding deck files, naming new ones, and noticing that they changed."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import is_device
from duly.cards.deck_name import DeckName
from duly.deckfile.walk import ENDINGS, walk
from duly.errors import DulyError, reason
from duly.message import message
from duly.problem import legible


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
    except OSError:  # it may not even be looked at: reading it will say so
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


IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[. ]+$|^[. ]+')
"""What some system refuses in the name of a file, or drops from its end, and what would hide it."""

LONGEST_NAME = 60
"""How many characters of a level of a deck's name go into a path."""
MOST_BYTES = 240
"""What every system takes as a name, with an ending. No fewer, for long names that are cut may become the same."""


def deck_file(folder: Path, deck: DeckName) -> Path:
    """The file below `folder` in which a deck is looked for: ``ml::sparse`` in ``ml/sparse.yaml``."""
    return file_below(folder, [level[:LONGEST_NAME] for level in deck.split("::")])


def file_below(folder: Path, levels: Sequence[str]) -> Path:
    """The deck file whose path below `folder` has these names, each changed where some system would not take it."""
    names = [_taken_everywhere(level) for level in levels]
    return folder.joinpath(*names[:-1], f"{names[-1]}.yaml")


def named_in(file: Path, folder: Path, deck: DeckName) -> str:
    """The deck's name as the file must give it; "" where the path of the file gives it already."""
    return "" if DeckFile(file, folder).deck == deck else deck


def _taken_everywhere(name: str) -> str:
    short = name.encode(errors="surrogatepass")[:MOST_BYTES].decode(errors="ignore")
    name = IN_NO_NAME.sub("_", short) or "_"
    if is_device(name):
        stem, dot, rest = name.partition(".")
        return f"{stem}_{dot}{rest}"
    return name


Signatures = Mapping[Path, tuple[int, int, int] | None]
"""By file: when it was written, in nanoseconds, its size, and its inode; None for one that cannot be looked at."""


def signatures(paths: Sequence[Path]) -> Signatures:
    """The signatures of all deck files among and below `paths`. Raises `DulyError` where a folder cannot be listed."""
    return {deck_file.file: _signature(deck_file.file) for deck_file in deck_files(paths)}


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
