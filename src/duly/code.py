"""Which code is running: what it computed is trusted by no other."""

import os
from functools import cache


@cache
def code_of(*folders: str) -> str:
    """Names, sizes and times of the files in some folders of duly; ``.`` is that of the package itself."""
    found: list[tuple[str, int, int]] = []
    for folder in folders:
        with os.scandir(os.path.join(os.path.dirname(__file__), folder)) as entries:
            found += ((one.path, one.stat().st_size, one.stat().st_mtime_ns) for one in entries if one.is_file())
    return repr(sorted(found))


@cache
def installed(*libraries: str) -> str:
    """The same of the first files of libraries, by the names to import: every installation writes them anew."""
    from importlib.util import find_spec  # only what asks for it pays for it

    found = [spec.origin for spec in map(find_spec, libraries) if spec and spec.origin]
    return repr([(file, os.stat(file).st_size, os.stat(file).st_mtime_ns) for file in found])
