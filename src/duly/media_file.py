"""The files that the paths of images and sounds lead to."""

import os
from collections.abc import Iterable
from pathlib import Path


def media_file(folder: Path, path: str, roots: Iterable[Path]) -> Path | None:
    """The real path of the file at `path`, which is relative to `folder`, the folder of the deck file.

    None if there is no file, if it is empty, or if it lies outside of the folders `roots` once links are followed.
    """
    file = resolve_path(folder / path)
    try:
        inside = file is not None and any(file.is_relative_to(os.path.realpath(root)) for root in roots)
        return file if file and inside and file.is_file() and file.stat().st_size else None
    except OSError:  # a name that is too long for any file
        return None


def resolve_path(path: Path) -> Path | None:
    """The path once links are followed; None if no file can have this name."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return None
