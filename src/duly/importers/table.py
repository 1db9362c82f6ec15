"""Tables with a row for each note: CSV, TSV, what Excel writes, and Anki's export of notes in plain text.

A row whose cells name fields is the header. Without one, the first column asks and the second answers. A person may
say which column is which. Text is taken as Markdown as it stands; the HTML of Anki becomes Markdown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.cards import DeckName
from duly.cards.cloze import OPENING
from duly.cards.names import KEYS, key_of
from duly.importers.dialect import DIRECTIVE, EXCEL, Head, Row, lines_of, read_head, rows, separator_of
from duly.importers.harvest import Harvest
from duly.importers.importer import Imported, Wishes
from duly.importers.lines import Line, Mark
from duly.importers.names import deck as deck_name
from duly.importers.names import tags
from duly.importers.records import Record, cleaned, take
from duly.message import message
from duly.place import Place
from duly.problem import Problem

ENDINGS = (".csv", ".tsv", ".tab")
OF_ANKI = {"guid column": "id", "deck column": "deck", "tags column": "tags", "notetype column": "notetype"}
"""What Anki says a column holds."""

STOCK = {
    "reverse": re.compile(r"and reversed|翻转|反转|反向", re.IGNORECASE),
    "typed": re.compile(r"type in the answer|输入答案|输入回答", re.IGNORECASE),
}
"""The kinds of notes that Anki comes with, by the names of their note types; what a row holds makes all others."""

MANY = "extra"
"""The key that several columns may have, such as one of notes and one of examples."""

MARKDOWN = ("q", "a", "cloze", "wrong", "hint", "extra")
NO = ("", "0", "no", "n", "false", "否", "不")
OPTIONS = re.compile(r"\s*[|;；\n]\s*")


def accepts(path: Path, text: str) -> bool:
    """Whether the name says so, the first line is one that Excel or Anki writes, or every line has as many tabs."""
    if path.suffix.lower() in ENDINGS:
        return True
    first = text[:200].split("\n", 1)[0].rstrip("\r")
    if EXCEL.fullmatch(first) or DIRECTIVE.fullmatch(first):
        return True
    filled = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return len(filled) > 1 and filled[0].count("\t") > 0 and len({line.count("\t") for line in filled}) == 1


def read(path: Path, text: str, wishes: Wishes = Wishes()) -> Imported:  # noqa: B008 - frozen
    """The notes of a table. Rows and columns that make no card are reported."""
    lines = lines_of(text)
    head = read_head(lines)
    separator = head.separator or separator_of(lines[head.length :])
    found, unclosed = rows(lines, head.length, separator)
    reading = _Reading(Harvest(path), lines, head)
    if unclosed:
        said = message("this quote is never closed; from here on, quotes were taken as signs like any other")
        reading.harvest.warn(reading.line(unclosed), "unclosed-quote", said)
    reading.take([row for row in found if any(cell.strip() for cell in row.cells)], wishes)
    return reading.harvest.imported(reading.deck if reading.deck != path.stem else "")


@dataclass(slots=True)
class _Reading:
    """A table that is being read: what was found, its lines, and what stands above its rows."""

    harvest: Harvest
    lines: Sequence[str]
    head: Head

    @property
    def deck(self) -> str:
        return deck_name(self.head.directives.get("deck", "")) or self.harvest.path.stem

    def line(self, number: int) -> Line:
        text = self.lines[number - 1].rstrip("\r\n")
        return Line(number, text, Mark.TEXT, text)

    def take(self, found: list[Row], wishes: Wishes) -> None:
        """Takes the rows: the header, if there is one, and a note from each other."""
        if not found:
            return
        columns = self._columns_of_anki()
        named = self._named(found[0], columns, wishes)
        header = None
        if named is not None:
            header = found.pop(0)
            columns |= named
        if missing := self._wished(columns, header, wishes):
            self._no_column(missing, header or found[0], header is not None)
            return
        self._by_place(columns, max((len(row.cells) for row in found), default=0))
        if not {"cloze", "a"} & {*columns.values()} and not any(OPENING.search(c) for row in found for c in row.cells):
            said = message("a table needs a column of questions and one of answers, parted by a comma or a tab")
            self.harvest.leave_out([self.line(n) for row in found for n in (row.first, row.last)], said)
            return
        self._left_out(found, columns, header)
        for row in found:
            self._row(row, columns)

    def _columns_of_anki(self) -> dict[int, str]:
        """The columns that Anki's directives say something of."""
        directives = self.head.directives
        columns = {
            int(value) - 1: OF_ANKI[key]
            for key, value in directives.items()
            if key in OF_ANKI and value.strip().isascii() and value.strip().isdigit() and len(value) < 6
        }
        if names := directives.get("columns"):
            for index, name in enumerate(names.split(self.head.separator or "\t")):
                if (key := key_of(name)) and index not in columns:
                    columns[index] = key
        return columns

    def _named(self, row: Row, columns: dict[int, str], wishes: Wishes) -> dict[int, str] | None:
        """The columns that the first row names, if it is a header: it names a question, or a column wished for."""
        named: dict[int, str] = {}
        for index, cell in enumerate(row.cells):
            key = key_of(cell)
            if key and index not in columns and (key == MANY or key not in (*columns.values(), *named.values())):
                named[index] = key
        wished = {name for name in wishes.columns.values() if not name.isdecimal()}
        is_header = {"q", "cloze"} & {*named.values()} or wished & {cell.strip() for cell in row.cells}
        return named if is_header and "columns" not in self.head.directives else None

    def _wished(self, columns: dict[int, str], header: Row | None, wishes: Wishes) -> str:
        """Puts the columns wished for in place; returns the name of one that is not there."""
        names = [cell.strip() for cell in header.cells] if header else []
        for key, name in wishes.columns.items():
            if name in names:
                index = names.index(name)
            elif name.isdecimal() and name.isascii() and 0 < int(name[:9]) <= 10_000:
                index = int(name[:9]) - 1
            else:
                return name
            for other in [other for other, has in columns.items() if has == key]:
                del columns[other]
            columns[index] = key
        return ""

    def _no_column(self, name: str, row: Row, named: bool) -> None:
        there = ", ".join(row.cells if named else (str(index + 1) for index in range(len(row.cells))))
        said = message("there is no column {name} here; there are: {there}", name=name, there=there)
        line = self.line(row.first)
        place = Place(self.harvest.path, line.number)
        self.harvest.problems.append(Problem(place, "no-column", said, excerpt=line.text))

    def _by_place(self, columns: dict[int, str], width: int) -> None:
        """Gives question and answer, if no column is named for them, the first columns that are free."""
        wanted = [key for key in ("q", "a") if key not in columns.values()]
        if "cloze" in columns.values():
            return
        for index in range(width):
            if wanted and index not in columns:
                columns[index] = wanted.pop(0)
        if wanted and MANY in columns.values():  # words with an example each, and nothing else
            columns[next(index for index, key in columns.items() if key == MANY)] = wanted.pop()

    def _left_out(self, found: Sequence[Row], columns: dict[int, str], header: Row | None) -> None:
        """Says which columns have text and no place."""
        left: dict[int, Row] = {}
        for row in found:
            for index, cell in enumerate(row.cells):
                if index not in columns and cell.strip():
                    left.setdefault(index, row)
        if left:
            names = [
                header.cells[index].strip() if header and index < len(header.cells) else str(index + 1)
                for index in sorted(left)[:5]
            ]
            shown = ", ".join([*names, "…"] if len(left) > 5 else names)
            said = message("these columns were left out: {columns}; name a place for each with --map", columns=shown)
            first = min(row.first for row in left.values())
            self.harvest.warn(self.line(header.first if header else first), "column-left-out", said)

    def _row(self, row: Row, columns: dict[int, str]) -> None:
        cells = {columns[index]: cell for index, cell in enumerate(row.cells) if index in columns and cell.strip()}
        texts = {
            key: self._text(row, cell) if key in MARKDOWN else cleaned(cell)
            for key, cell in cells.items()
            if key in KEYS
        }
        more = [cell for index, cell in enumerate(row.cells) if columns.get(index) == MANY and cell.strip()]
        texts[MANY] = "\n\n".join(self._text(row, cell) for cell in more)
        notetype = cells.get("notetype", self.head.directives.get("notetype", ""))
        stock = {key for key, name in STOCK.items() if name.search(notetype)}
        record = Record(
            texts={**texts, "id": cells.get("id", "").strip()},
            tags=(*tags(self.head.directives.get("tags", "")), *tags(cells.get("tags", ""))),
            wrong=tuple(option for option in OPTIONS.split(texts.get("wrong", "")) if option),
            flags=frozenset({key for key in ("reverse", "typed") if texts.get(key, "").casefold() not in NO} | stock),
        )
        deck = deck_name(cells.get("deck", "")) or self.deck
        take(self.harvest, self.line(row.first), record, DeckName(deck), last=row.last)

    def _text(self, row: Row, cell: str) -> str:
        """A cell as Markdown: what stands there, or what Anki's HTML says."""
        if self.head.directives.get("html", "").strip().lower() != "true":
            return cleaned(cell)
        from duly.markup.from_html import from_html  # only Anki's tables pay for it

        converted = from_html(cell, lambda name: name, cloze=bool(OPENING.search(cell)))
        if not converted.whole:
            said = message("colours, styles or scripts of this note are not shown")
            self.harvest.warn(self.line(row.first), "not-shown", said)
        return cleaned(converted.text)
