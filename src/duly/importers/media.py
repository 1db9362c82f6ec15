"""The images and sounds that imported notes show, copied from beside their source to beside their deck file.

Nothing is read but files of the source's own folder, or of the vault of Obsidian that it lies in.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path

from duly.cards import Note
from duly.cards.media import references
from duly.message import Message, message
from duly.place import Place
from duly.problem import Problem, Severity
from duly.replace import replacing

VAULT = ".obsidian"
"""The folder that marks another one as a vault."""


@dataclass(slots=True)
class Carrier:
    """Copies the files that notes of one `source`, of these `lines`, refer to."""

    source: Path
    lines: Sequence[str]
    _files: dict[str, Path] | None = field(default=None, init=False)

    def carry(self, notes: Sequence[Note], deck_file: Path) -> Iterator[Problem]:
        """Copies what `notes` show to the same path from `deck_file`; says of each file why it could not be.

        Raises `DulyError` where a file cannot be written.
        """
        done: set[str] = set()
        for note in notes:
            for path in (found.path for text in note.texts for found in references(text) if not found.is_remote):
                if path not in done:
                    done.add(path)
                    if why := self._copy(path, deck_file.parent):
                        yield self._problem(note, path, why)

    def _copy(self, path: str, folder: Path) -> Message | None:
        """Copies one file, or tells why not."""
        target = _real(folder / path)
        if target is None or not target.is_relative_to(os.path.realpath(folder)):
            return message("{path} leads out of the folder of the deck, so it was not copied", path=path)
        found = self._found(path)
        if found is None:
            return message("no file {path} was found below {folder}; the card shows none", path=path, folder=self._root)
        if target.exists():
            if target.is_file() and cmp(found, target, shallow=False):
                return None
            return message("another file {path} is there already, and the card shows that one", path=path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with found.open("rb") as read, replacing(target) as written:
            shutil.copyfileobj(read, written)
        return None

    @property
    def _root(self) -> Path:
        """The folder of the source, or the vault that it lies in."""
        folder = self.source.absolute().parent
        return next((outer for outer in (folder, *folder.parents) if (outer / VAULT).is_dir()), folder)

    def _found(self, path: str) -> Path | None:
        """The file by its path from the source, or from the root, or by its name alone anywhere below the root."""
        inside = Path(os.path.realpath(self._root))
        by_name = self._below(inside).get(path) if "/" not in path else None
        for candidate in (self.source.absolute().parent / path, inside / path, by_name):
            file = _real(candidate) if candidate is not None else None
            if file is not None and file.is_relative_to(inside) and file.is_file():
                return file
        return None

    def _below(self, root: Path) -> dict[str, Path]:
        """Every file below a vault by its name; of several the first. Elsewhere none: only Obsidian looks for names."""
        if self._files is None:
            self._files = {}
            for folder, folders, files in os.walk(root if (root / VAULT).is_dir() else ""):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in files:
                    self._files.setdefault(name, Path(folder, name))
        return self._files

    def _problem(self, note: Note, path: str, why: Message) -> Problem:
        """The problem at the first line from the note on that has the file's name."""
        first = note.place.line if note.place else 1
        name = path.rpartition("/")[2]
        number = next((n for n in range(first, len(self.lines) + 1) if name in self.lines[n - 1]), first)
        line = self.lines[number - 1]
        column = (line.find(path) if path in line else max(line.find(name), 0)) + 1
        return Problem(Place(self.source, number, column), "media", why, Severity.WARNING, line)


def _real(path: Path) -> Path | None:
    """Where a path leads once links are followed; None if no file can have this name."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return None
