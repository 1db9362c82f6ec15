"""What an importer is, and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duly.cards import Note
from duly.problem import Problem


@dataclass(frozen=True, slots=True)
class Imported:
    """The notes of a text in its order, each id once; what could not be placed, by place; the text's title or ""."""

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: whether a text is of it (by the path's ending or by what stands in it), and how to read it.

    Both functions take the path, which they do not open, and the text: no byte order mark, line ends as in the file.
    """

    name: str
    accepts: Callable[[Path, str], bool]
    read: Callable[[Path, str], Imported]
