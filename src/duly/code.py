"""Which code is running: what it computed is trusted by no other."""

import os
from collections.abc import Iterator
from functools import cache


@cache
def code_of(*folders: str) -> str:
    """Names, sizes and times of the files in some folders of duly and in all folders below them."""
    package = os.path.dirname(__file__)
    return repr(sorted(file for folder in folders for file in _files(os.path.join(package, folder))))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for one in entries:
            if one.is_file():
                yield one.path, one.stat().st_size, one.stat().st_mtime_ns
            elif one.name != "__pycache__":
                yield from _files(one.path)


@cache
def installed(*libraries: str) -> str:
    """The same of the first files of libraries, by the names to import: every installation writes them anew."""
    from importlib.util import find_spec  # only what asks for it pays for it

    found = [spec.origin for spec in map(find_spec, libraries) if spec and spec.origin]
    return repr([(file, os.stat(file).st_size, os.stat(file).st_mtime_ns) for file in found])
