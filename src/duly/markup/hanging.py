"""Lines that stand behind a marker or a bar: the items of lists, quotes, code."""

from collections.abc import Callable, Sequence

from duly.markup.breaking import cut
from duly.markup.lines import Line, Run, width
from duly.markup.tree import Node

Inner = Callable[[Sequence[Node], int], list[Line]]
"""Lays out nodes in lines of at most so many cells."""

NARROWEST = 2
"""A column of fewer cells cannot hold a Han character."""


def hanging(first: Run, rest: Run, inner: Callable[[int], list[Line]], available: int) -> list[Line]:
    """Lines behind `first`, the ones after the first behind `rest` (of the same width).

    Where that leaves no room the marker, if it is no blank, stands above the lines.
    """
    indent = width((first,))
    if available - indent < NARROWEST:
        pieces = cut(first.text, 0, len(first.text.rstrip()), available) if first.text != rest.text else []
        return [*((Run(first.text[start:end], first.styles),) for start, end in pieces), *inner(available)]
    lines = inner(available - indent) or [()]
    return [
        (first if not index else rest, *line) if line or not index or rest.text.strip() else ()
        for index, line in enumerate(lines)
    ]
