"""Lists the files below a folder, and their stats; imports little, so that it loads fast."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ENDINGS = (".yaml", ".yml")
LARGEST = 10_000_000
"""The maximum size of a file in bytes, and of its text in characters with all aliases expanded."""


def walk(root: str, endings: tuple[str, ...], on_error: Callable[[OSError], None]) -> Iterator[str]:
    """The files below a folder with these endings, in any case.

    Hidden files and folders are skipped, and so are linked folders, pipes and sockets. `on_error` is called for each
    folder that cannot be listed.
    """
    try:
        with os.scandir(root) as listing:
            entries = sorted((row for row in listing if not row.name.startswith(".")), key=lambda row: row.name)
    except OSError as error:
        on_error(error)
        return
    for item in entries:
        if item.name.lower().endswith(endings) and not item.is_dir() and not may_block(item):
            yield item.path
    for item in entries:
        if item.is_dir(follow_symlinks=False):
            yield from walk(item.path, endings, on_error)


def may_block(entry: "os.DirEntry[str] | Path") -> bool:
    """Whether this is a pipe or a socket, on which reading may block."""
    try:
        mode = entry.stat().st_mode
    except OSError:  # reading it reports the error
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


Stat = tuple[str, int, int, int, int]
"""The path of a file, its modification and change times in nanoseconds, its size and its inode."""


def file_stats(paths: Iterable[str]) -> list[Stat]:
    """The stats of files and of the deck files below folders; zeros for a missing file.

    Raises `OSError` if they cannot be read, and for anything but regular files, such as a pipe.
    """
    return [_stat(file) for path in paths for file in (walk(path, ENDINGS, _raise) if Path(path).is_dir() else [path])]


def _stat(file: str) -> Stat:
    try:
        status = Path(file).stat()
    except FileNotFoundError:
        return (file, 0, 0, 0, 0)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{file} is not a file")
    return (file, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def _raise(error: OSError) -> None:
    raise error
