"""Styled lines for a terminal: what the layouter makes, and what a widget shows."""

from dataclasses import dataclass

from rich.cells import cell_len

Styles = tuple[str, ...]
"""Names of meanings, not colours: ``strong``, ``code``, ``cloze``, ``token-k``, …; outermost first."""


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
