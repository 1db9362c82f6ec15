"""The disk as deck files see it, told by little code that loads at once: which files there are, and what is in them."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

ENDINGS = (".yaml", ".yml")
LARGEST = 10_000_000
"""The size in bytes above which a file is not read, and in characters above which aliases may not make it grow."""


def walk(root: str, endings: tuple[str, ...], refuse: Callable[[OSError], None]) -> Iterator[str]:
    """The files below a folder with these endings, in any case.

    Hidden files and folders are skipped, linked folders, and what would keep its reader waiting: pipes and sockets.
    `refuse` is told of a folder that cannot be listed.
    """
    for folder, folders, files in os.walk(root, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(endings) and not name.startswith("."):
                file = os.path.join(folder, name)
                if not _keeps_waiting(file):
                    yield file


def _keeps_waiting(file: str) -> bool:
    try:
        mode = os.stat(file).st_mode
    except OSError:  # whoever reads it says what is wrong
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def is_there(path: str, real: str) -> bool:
    """Whether an image or sound at `path` still leads to the file `real`, and that is there."""
    return os.path.realpath(path) == real and os.path.isfile(real) and os.path.getsize(real) > 0


def imprint(paths: Sequence[str]) -> str:
    """The hash of all that is read of deck files and folders: their names, where links lead, and every byte.

    Raises `OSError` where one cannot be read, is too large to be, or would be empty once it was, like a pipe.
    """
    hashed = blake2b(digest_size=16)
    for path in paths:
        is_folder = os.path.isdir(path)
        hashed.update(ascii((path, os.path.realpath(path), is_folder)).encode())
        for file in walk(path, ENDINGS, _refuse) if is_folder else (path,):
            if not os.path.isfile(file):
                raise OSError(f"{file} is no file")
            with open(file, "rb") as stream:
                data = stream.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise OSError(f"{file} is too large")
            leads = os.path.realpath(file) if os.path.islink(file) else ""
            hashed.update(ascii((file, leads, len(data))).encode())
            hashed.update(data)
    return hashed.hexdigest()


def _refuse(error: OSError) -> None:
    raise error
