"""Which code is running: what it computed is trusted by no other."""

from functools import cache
from pathlib import Path


@cache
def code_of(*packages: str) -> str:
    """Names, sizes and times of the source files of some packages of duly, by their folders' names."""
    folders = [Path(__file__).parent / package for package in packages]
    found = sorted(file for folder in folders for file in folder.glob("*.py"))
    return repr([(str(file), (status := file.stat()).st_size, status.st_mtime_ns) for file in found])
