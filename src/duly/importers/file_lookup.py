"""Finds the images and sounds of a text: beside it, below the named folder, or in its vault."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from duly.media_file import resolve_path
from duly.problem import legible

VAULT_FOLDER = ".obsidian"
"""The folder inside every vault of Obsidian."""

COLLECTION_FILE = "hashcards.db"
"""The file inside every collection of hashcards."""

AT_ROOT = "@/"
"""The prefix of a path from the root, as in hashcards."""


@dataclass(slots=True)
class FileLookup:
    """Looks for the files of texts below `named_folder`, or of texts that were named one by one (None).

    Only files below the root of a text are found: its vault of Obsidian or collection of hashcards, else
    `named_folder`, else the folder of the text.
    """

    named_folder: Path | None = None
    _files_of_vault: dict[Path, dict[str, Path]] = field(default_factory=dict, init=False)

    def levels(self, source: Path) -> tuple[str, ...]:
        """The names of the folders from the named folder down to the text, then the text's name without its ending."""
        return Path(legible(source.relative_to(self.named_folder or source.parent))).with_suffix("").parts

    def root(self, source: Path) -> Path:
        folder = source.absolute().parent
        outer_folders = (folder, *folder.parents)
        marked_folders = (
            parent
            for parent in outer_folders
            if (parent / VAULT_FOLDER).is_dir() or (parent / COLLECTION_FILE).is_file()
        )
        return next(marked_folders, None) or (self.named_folder.absolute() if self.named_folder else folder)

    def find(self, source: Path, path: str) -> Path | None:
        """The file at a path from the text or from the root, or by name anywhere in a vault; None if it is missing."""
        root = self.root(source)
        real_root = Path(os.path.realpath(root))
        named_file = self._vault_files(root).get(path) if "/" not in path else None
        file_from_root = real_root / path.removeprefix(AT_ROOT)
        for candidate in (
            None if path.startswith(AT_ROOT) else source.absolute().parent / path,
            file_from_root,
            named_file,
        ):
            file = resolve_path(candidate) if candidate is not None else None
            if file is not None and file.is_relative_to(real_root) and file.is_file():
                return file
        return None

    def _vault_files(self, root: Path) -> dict[str, Path]:
        """The files of a vault by name, the first of several; empty for other roots: only Obsidian links by name."""
        if root not in self._files_of_vault:
            vault_files = self._files_of_vault[root] = {}
            for folder, folders, files in os.walk(root if (root / VAULT_FOLDER).is_dir() else ""):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in files:
                    vault_files.setdefault(name, Path(folder, name))
        return self._files_of_vault[root]
