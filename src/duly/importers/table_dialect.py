"""Splits a table into rows: its separator, the directives of Anki above an export, and quoted cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from duly.cards.note_keys import key_of
from duly.importers.text_lines import LINE_END

if TYPE_CHECKING:
    from _csv import Reader

Quoting = Literal[0, 3]
"""`csv.QUOTE_MINIMAL` or `csv.QUOTE_NONE`."""

DIRECTIVE = re.compile(
    r"#(?P<key>separator|html|columns|deck|tags|notetype|if matches|(?:guid|notetype|deck|tags) column):(?P<value>.*)",
    re.IGNORECASE,
)
"""A line above an export of Anki: ``#separator:tab``, ``#tags column:3``."""

EXCEL = re.compile(r"sep=(?P<separator>[^\w\s\"\0]|\t)", re.IGNORECASE)  # ``sep=;``, and the separator
SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":", "\\t": "\t"}
CANDIDATE_SEPARATORS = ("\t", ";", ",", "|")
SAMPLE = 60
END_CELL = "\0"
LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a table: its separator or "", the directives of Anki, and the number of these lines."""

    separator: str = ""
    directives: dict[str, str] = field(default_factory=dict)
    length: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the numbers of its first and its last line."""

    cells: tuple[str, ...]
    first_line: int
    last_line: int


def lines_of(text: str) -> tuple[str, ...]:
    """The lines with their line ends, since a quoted cell may contain them."""
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    return tuple(text[start:end] for start, end in zip(starts, (*starts[1:], len(text)), strict=True))


def read_head(lines: Sequence[str]) -> Head:
    """Excel's ``sep=;`` or the lines with ``#`` that Anki writes above an export."""
    if lines and (excel := EXCEL.fullmatch(lines[0].rstrip("\r\n"))):
        return Head(excel["separator"], length=1)
    directives: dict[str, str] = {}
    for line in lines:
        match = DIRECTIVE.fullmatch(line.rstrip("\r\n"))
        if not match:
            break
        directives[match["key"].lower()] = match["value"]
    separator = directives.get("separator", "")
    character = separator[:1].strip('"\0')  # a quote or the end cell cannot be a separator
    return Head(SEPARATOR_NAMES.get(separator.strip().lower(), character), directives, len(directives))


def separator_of(lines: Sequence[str]) -> str:
    """The separator that splits the first rows most evenly; one that gives known column names takes precedence."""

    def evenness(candidate: str) -> tuple[int, float]:
        rows = [row for row in islice(_reader(lines, candidate), SAMPLE) if any(cell.strip() for cell in row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0, 0.0
        return sum(bool(key_of(cell)) for cell in rows[0]), widths.most_common(1)[0][1] / len(rows)

    return max(CANDIDATE_SEPARATORS, key=evenness)


def rows(lines: Sequence[str], start: int, separator: str) -> tuple[list[Row], int]:
    """The rows from the line at index `start` on, and the number of a line with a quote that is never closed, or 0.

    From that line on, quotes are plain text.
    """
    quoted_rows = list(_rows(lines, start, separator, csv.QUOTE_MINIMAL))
    last_row = quoted_rows.pop()
    if last_row.cells == (END_CELL,):
        return quoted_rows, 0
    return [*quoted_rows, *_rows(lines, last_row.first_line - 1, separator, csv.QUOTE_NONE)][:-1], last_row.first_line


DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""The line below the header of a Markdown table: ``| --- | :-: |``."""

BAR = re.compile(r"(?<!\\)\|")  # the bar in ``a | b``, not in ``a \| b``


def markdown_tables(lines: Sequence[str]) -> list[list[Row]]:
    """The rows of each Markdown table, its header first and the line of dashes second."""
    tables: list[list[Row]] = []
    at = 1
    while at < len(lines):
        is_table = "|" in lines[at - 1] and "|" in lines[at] and DELIMITER.fullmatch(lines[at])
        if is_table and len(_cells(lines[at - 1])) == len(_cells(lines[at])):
            end = next((index for index in range(at + 1, len(lines)) if "|" not in lines[index]), len(lines))
            tables.append([Row(_cells(lines[index]), index + 1, index + 1) for index in range(at - 1, end)])
            at = end
        at += 1
    return tables


def _cells(line: str) -> tuple[str, ...]:
    text = line.strip()
    row_text = text.removeprefix("|")
    row_text = row_text[:-1] if row_text.endswith("|") and not row_text.endswith("\\|") else row_text
    return tuple(cell.strip().replace("\\|", "|") for cell in BAR.split(row_text))


def _rows(lines: Sequence[str], start: int, separator: str, quoting: Quoting) -> Iterator[Row]:
    reader = _reader([*lines[start:], END_CELL], separator, quoting)
    first = start + 1
    for cells in reader:
        yield Row(tuple(cells), first, start + reader.line_num)
        first = start + reader.line_num + 1


def _reader(lines: Sequence[str], separator: str, quoting: Quoting = csv.QUOTE_MINIMAL) -> "Reader":
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(lines, delimiter=separator, quoting=quoting, skipinitialspace=separator != " ")
