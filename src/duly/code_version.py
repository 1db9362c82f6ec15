"""Stamps of the running code: values that other code computed are not trusted."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def code_stamp(*folders: str) -> str:
    """Names, sizes and times of the files in some folders of duly and in all folders below them."""
    package = Path(__file__).parent
    return repr(sorted(file for folder in folders for file in _files(package / folder)))


def _files(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield entry.path, entry.stat().st_size, entry.stat().st_mtime_ns
            elif entry.name != "__pycache__":
                yield from _files(entry.path)


@cache
def library_stamp(*libraries: str) -> str:
    """The same for libraries, by import name: the main file of each, which every installation writes again."""
    from importlib.util import find_spec  # slow to import

    files = [Path(spec.origin) for spec in map(find_spec, libraries) if spec and spec.origin]
    return repr([(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files])
