"""Noticing that deck files changed on disk: when each was last written, and its size."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from duly.deckfile.find import deck_files

Stamps = Mapping[Path, tuple[int, int, int] | None]
"""By file: when it was written, in nanoseconds, its size, and its inode; None for one that cannot be looked at."""


def stamps(paths: Sequence[Path]) -> Stamps:
    """The stamps of all deck files among and below `paths`. Raises `DulyError` where a folder cannot be listed."""
    return {one.file: _stamp(one.file) for one in deck_files(paths)}


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
