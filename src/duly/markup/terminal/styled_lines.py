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
"""The prefix of the style of a run that represents a picture, before its path."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line with its styles."""

    text: str
    styles: Styles = ()


Line = tuple[Run, ...]


def line_text(line: Line) -> str:
    """The text of a line."""
    return "".join(run.text for run in line)


def line_width(line: Line) -> int:
    """The width of a line in terminal cells."""
    return cell_len(line_text(line))


def pictures(line: Line) -> tuple[str, ...]:
    """The paths of the pictures in a line."""
    styles = (style for run in line for style in run.styles)
    return tuple(dict.fromkeys(style.removeprefix(PICTURE) for style in styles if style.startswith(PICTURE)))


LayOut = Callable[[Sequence["Node"], int], list[Line]]
"""Lays out nodes in lines of at most the given width in cells."""

NARROWEST = 2
"""A column of fewer cells cannot hold a Han character."""


def hang(marker: Run, indent: Run, lay_out: Callable[[int], list[Line]], available_width: int) -> list[Line]:
    """Lines with `marker` before the first one and `indent`, of the same width, before the others.

    Without room for both, a visible marker stands above the lines.
    """
    marker_width = line_width((marker,))
    if available_width - marker_width < NARROWEST:
        pieces = (
            cut_text(marker.text, 0, len(marker.text.rstrip()), available_width) if marker.text != indent.text else []
        )
        return [
            *((Run(marker.text[start:end], marker.styles),) for start, end in pieces),
            *lay_out(available_width),
        ]
    lines = lay_out(available_width - marker_width) or [()]
    return [
        (marker if not index else indent, *line) if line or not index or indent.text.strip() else ()
        for index, line in enumerate(lines)
    ]
