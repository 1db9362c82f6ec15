"""Styled lines for a terminal, and lines that hang behind a marker or a bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from duly.markup.terminal.line_breaking import cut_text

if TYPE_CHECKING:
    from duly.markup.html.html_tree import Node

Styles = tuple[str, ...]
"""Names of meanings, not colours: ``strong``, ``code``, ``cloze``, ``token-k``, …; outermost first."""

PICTURE = "picture "
"""What the style of a run begins with that stands for a picture; its path follows."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line, and how it is to look."""

    text: str
    styles: Styles = ()


Line = tuple[Run, ...]


def text(line: Line) -> str:
    """The bare text of a line."""
    return "".join(run.text for run in line)


def width(line: Line) -> int:
    """The width of a line in terminal cells."""
    return cell_len(text(line))


def pictures(line: Line) -> tuple[str, ...]:
    """The paths of the pictures that a line stands for."""
    styles = (style for run in line for style in run.styles)
    return tuple(dict.fromkeys(style.removeprefix(PICTURE) for style in styles if style.startswith(PICTURE)))


Inner = Callable[[Sequence["Node"], int], list[Line]]
"""Lays out nodes in lines of at most so many cells."""

NARROWEST = 2
"""A column of fewer cells cannot hold a Han character."""


def hang(first: Run, rest: Run, inner: Callable[[int], list[Line]], available: int) -> list[Line]:
    """Lines behind `first`, the ones after the first behind `rest` (of the same width).

    Where that leaves no room the marker, if it is no blank, stands above the lines.
    """
    indent = width((first,))
    if available - indent < NARROWEST:
        pieces = cut_text(first.text, 0, len(first.text.rstrip()), available) if first.text != rest.text else []
        return [*((Run(first.text[start:end], first.styles),) for start, end in pieces), *inner(available)]
    lines = inner(available - indent) or [()]
    return [
        (first if not index else rest, *line) if line or not index or rest.text.strip() else ()
        for index, line in enumerate(lines)
    ]
