"""Puts lines with aligned columns (matrix rows, arrays) into code fences, so that they stay aligned."""

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import east_asian_width

NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\.\.|…|⋯)"
ROW = re.compile(rf"\s*{NUMBER}(?:\s+{NUMBER})+\s*")  # ``1  0  -2.5``, ``1 0 … 0``
MARKUP = re.compile(r"[`*$\\<|~\t]|\]\(|^ {4}|^\s*(?:[-+]|\d+[.)]|#{1,6}|>)(?: |$)")
"""What Markdown would read differently in code (``*a*``), and lines that are more than a paragraph's (``- a``)."""

CELL_GAP = re.compile(r"(?P<gap>(?<! ) {2,}|[:：=] *)(?=\S)")  # the gaps of ``name:  Ada`` and ``x = 1  first``
SENTENCE_ENDS = ".!?"
LONGEST = 50
"""How many lines one block of columns has at most."""


def fence_columns(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The lines with each aligned block in a fence, and the indexes at which such blocks begin in `lines`.

    A block is two or more lines in a row that are rows of as many numbers each, or have text that begins in the same
    column after a gap. Lines with Markdown in them, and those in code, are left alone, for code would show its signs.
    """
    result: list[str] = []
    starts: list[int] = []
    at = 0
    for start, end in _blocks(lines):
        indent = " " * min(len(line) - len(line.lstrip(" ")) for line in lines[start:end])
        result += [*lines[at:start], f"{indent}```", *lines[start:end], f"{indent}```"]
        starts.append(start)
        at = end
    return (*result, *lines[at:]), tuple(starts)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    columns = [_columns(line) for line in lines]
    if not any(any(line.values()) for line in columns):
        columns = [{} for _ in lines]
    start = 0
    while start < len(lines):
        end = max(_rows_end(lines, start), _columns_end(columns, start))
        if end - start >= 2:
            yield start, end
        start = max(end, start + 1)


def _rows_end(lines: Sequence[str], start: int) -> int:
    """Where the rows with as many numbers as that of `start` end."""
    width = len(lines[start].split())
    end = start
    while end < len(lines) and _plain(lines[end]) and ROW.fullmatch(lines[end]) and len(lines[end].split()) == width:
        end += 1
    return end


def _columns_end(columns: Sequence[Mapping[int, bool]], start: int) -> int:
    """Where the lines end that have a column in common with that of `start`, a wide gap before it in one of them."""
    common = columns[start]
    end = start + 1
    for line in columns[end : start + LONGEST]:
        shared = {column: wide or line[column] for column, wide in common.items() if column in line}
        if not shared:
            break
        common = shared
        end += 1
    return end if any(common.values()) else start


def _columns(line: str) -> dict[int, bool]:
    """The terminal columns at which text begins after a gap, each with whether that gap is two spaces or more."""
    columns: dict[int, bool] = {}
    if _plain(line):
        indent = len(line) - len(line.lstrip(" "))
        at = width = 0
        for gap in CELL_GAP.finditer(line):
            width += _width(line[at : gap.end()])
            at = gap.end()
            if gap.start() > indent and line[gap.start() - 1] not in SENTENCE_ENDS:
                columns[width] = "  " in gap["gap"]
    return columns


def _plain(line: str) -> bool:
    return not MARKUP.search(line)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
