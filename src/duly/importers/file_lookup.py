"""Finds the images and sounds that a text shows: beside it, below the given folder, or in its vault."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from duly.media_file import real_path
from duly.problem import legible

VAULT = ".obsidian"
"""The folder that marks another one as a vault."""

COLLECTION = "hashcards.db"
"""The file that marks a folder as a collection of hashcards."""

AT_ROOT = "@/"
"""How a path from the root begins, as hashcards has it."""


@dataclass(slots=True)
class FileLookup:
    """Looks for files of texts, all of which lie below the folder `named`; None where each was named itself.

    Nothing is found outside of a text's root: the vault of Obsidian or the collection of hashcards that it lies in, or
    `named`, or its own folder.
    """

    named: Path | None = None
    _names: dict[Path, dict[str, Path]] = field(default_factory=dict, init=False)

    def levels(self, source: Path) -> tuple[str, ...]:
        """The names of the folders from the one named down to the text, and its own without its ending."""
        return Path(legible(source.relative_to(self.named or source.parent))).with_suffix("").parts

    def root(self, source: Path) -> Path:
        folder = source.absolute().parent
        outer = (folder, *folder.parents)
        marked = (parent for parent in outer if (parent / VAULT).is_dir() or (parent / COLLECTION).is_file())
        return next(marked, None) or (self.named.absolute() if self.named else folder)

    def find(self, source: Path, path: str) -> Path | None:
        """The file by its path from the text, or from the root, or by its name alone anywhere in a vault."""
        root = self.root(source)
        inside = Path(os.path.realpath(root))
        by_name = self._below(root).get(path) if "/" not in path else None
        from_root = inside / path.removeprefix(AT_ROOT)
        for candidate in (None if path.startswith(AT_ROOT) else source.absolute().parent / path, from_root, by_name):
            file = real_path(candidate) if candidate is not None else None
            if file is not None and file.is_relative_to(inside) and file.is_file():
                return file
        return None

    def _below(self, root: Path) -> dict[str, Path]:
        """Every file below a vault by its name; of several the first. Elsewhere none: only Obsidian looks for names."""
        if root not in self._names:
            names = self._names[root] = {}
            for folder, folders, files in os.walk(root if (root / VAULT).is_dir() else ""):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in files:
                    names.setdefault(name, Path(folder, name))
        return self._names[root]
