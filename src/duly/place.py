"""Where something stands in a file a person wrote."""

from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """A file with a line and a column, both counted from 1; columns count characters, not bytes or cells."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{legible(self.file)}:{self.line}:{self.column}"


def legible(path: Path) -> str:
    r"""The path as text that can be shown and kept; bytes of it that are no UTF-8 are written as ``\xb5``."""
    return str(path).encode(errors="surrogateescape").decode(errors="backslashreplace")
