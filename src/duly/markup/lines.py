"""Styled lines for a terminal: what the layouter makes, and what a widget shows."""

from dataclasses import dataclass

from rich.cells import cell_len

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
