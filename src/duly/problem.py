"""A mistake of an author as a value with its place in a file; problems are collected, never raised."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from duly.message import Message


class Place(NamedTuple):
    """A file with a line and a column, both counted from 1; columns count characters, not bytes or cells."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{legible(self.file)}:{self.line}:{self.column}"


def legible(path: Path) -> str:
    r"""The path as text that can be shown and stored; bytes that are not UTF-8 are written as ``\xb5``."""
    return str(path).encode(errors="surrogateescape").decode(errors="backslashreplace")


class Severity(StrEnum):
    """An error keeps the note (or file) out; with a warning it still loads. Advice is not about a mistake."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its place, its kind (a stable slug such as ``unknown-key``), and a sentence that says what to do.

    `excerpt` is the line of the file, without its line end, below which a caret is shown.
    """

    place: Place
    kind: str
    message: Message
    severity: Severity = Severity.ERROR
    excerpt: str = ""
