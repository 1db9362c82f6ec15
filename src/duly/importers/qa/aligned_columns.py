"""Puts lines with aligned columns (matrix rows, arrays) into code fences, so that they stay aligned."""

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import east_asian_width

NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\.\.|…|⋯)"
ROW = re.compile(rf"\s*{NUMBER}(?:\s+{NUMBER})+\s*")  # ``1  0  -2.5``, ``1 0 … 0``
MARKUP = re.compile(r"[`*$\\<|~\t]|\]\(|^ {4}|^\s*(?:[-+]|\d+[.)]|#{1,6}|>)(?: |$)")
"""Markdown that would not work in code (``*a*``), and lines that begin a block of their own (``- a``)."""

CELL_GAP = re.compile(r"(?P<gap>(?<! ) {2,}|[:：=] *)(?=\S)")  # the gaps of ``name:  Ada`` and ``x = 1  first``
SENTENCE_ENDS = ".!?"
LONGEST = 50
"""The maximum number of lines in one block of columns."""


def fence_columns(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The lines with each aligned block in a fence, and the indexes at which such blocks begin in `lines`.

    A block is two or more consecutive lines that are rows of equally many numbers, or have text that begins in the same
    column after a gap. Lines with Markdown are left alone, because a code block would show its signs.
    """
    result: list[str] = []
    block_starts: list[int] = []
    at = 0
    for start, end in _aligned_blocks(lines):
        indent = " " * min(len(line) - len(line.lstrip(" ")) for line in lines[start:end])
        result += [*lines[at:start], f"{indent}```", *lines[start:end], f"{indent}```"]
        block_starts.append(start)
        at = end
    return (*result, *lines[at:]), tuple(block_starts)


def _aligned_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
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
    """The index behind the rows with as many numbers as the row at `start`."""
    width = len(lines[start].split())
    end = start
    while end < len(lines) and _is_plain(lines[end]) and ROW.fullmatch(lines[end]) and len(lines[end].split()) == width:
        end += 1
    return end


def _columns_end(columns: Sequence[Mapping[int, bool]], start: int) -> int:
    """The index behind the lines that share a column with line `start`, if one of them has a wide gap before it."""
    common_columns = columns[start]
    end = start + 1
    for line in columns[end : start + LONGEST]:
        shared_columns = {
            column: has_wide_gap or line[column] for column, has_wide_gap in common_columns.items() if column in line
        }
        if not shared_columns:
            break
        common_columns = shared_columns
        end += 1
    return end if any(common_columns.values()) else start


def _columns(line: str) -> dict[int, bool]:
    """The terminal columns where text begins after a gap, and whether that gap is two spaces or more."""
    columns: dict[int, bool] = {}
    if _is_plain(line):
        indent = len(line) - len(line.lstrip(" "))
        at = width = 0
        for gap in CELL_GAP.finditer(line):
            width += _width(line[at : gap.end()])
            at = gap.end()
            if gap.start() > indent and line[gap.start() - 1] not in SENTENCE_ENDS:
                columns[width] = "  " in gap["gap"]
    return columns


def _is_plain(line: str) -> bool:
    return not MARKUP.search(line)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
