"""How a table is written: its separator, Anki's directives above an export, and its rows with their lines."""

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
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":", "\\t": "\t"}
CANDIDATES = ("\t", ";", ",", "|")
SAMPLE = 60
END = "\0"
LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say of a table: the column separator or "", Anki's directives, how many lines they are."""

    separator: str = ""
    directives: dict[str, str] = field(default_factory=dict)
    length: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the numbers of its first and its last line."""

    cells: tuple[str, ...]
    first: int
    last: int


def lines_of(text: str) -> tuple[str, ...]:
    """The lines with their ends, which a quoted cell keeps."""
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
    sign = separator[:1].strip('"\0')  # the signs of a quote and of the end here part nothing
    return Head(SEPARATORS.get(separator.strip().lower(), sign), directives, len(directives))


def separator_of(lines: Sequence[str]) -> str:
    """The separator that splits the first rows most evenly; one that gives known column names takes precedence."""

    def evenness(candidate: str) -> tuple[int, float]:
        rows = [row for row in islice(_reader(lines, candidate), SAMPLE) if any(cell.strip() for cell in row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0, 0.0
        return sum(bool(key_of(cell)) for cell in rows[0]), widths.most_common(1)[0][1] / len(rows)

    return max(CANDIDATES, key=evenness)


def rows(lines: Sequence[str], start: int, separator: str) -> tuple[list[Row], int]:
    """The rows from the line at index `start` on, and the number of a line whose quote is never closed, else 0.

    From such a line on, quotes are signs like any other.
    """
    with_quotes = list(_rows(lines, start, separator, csv.QUOTE_MINIMAL))
    last = with_quotes.pop()
    if last.cells == (END,):
        return with_quotes, 0
    return [*with_quotes, *_rows(lines, last.first - 1, separator, csv.QUOTE_NONE)][:-1], last.first


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
    inner = text.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.strip().replace("\\|", "|") for cell in BAR.split(inner))


def _rows(lines: Sequence[str], start: int, separator: str, quoting: Quoting) -> Iterator[Row]:
    reader = _reader([*lines[start:], END], separator, quoting)
    first = start + 1
    for cells in reader:
        yield Row(tuple(cells), first, start + reader.line_num)
        first = start + reader.line_num + 1


def _reader(lines: Sequence[str], separator: str, quoting: Quoting = csv.QUOTE_MINIMAL) -> "Reader":
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(lines, delimiter=separator, quoting=quoting, skipinitialspace=separator != " ")
