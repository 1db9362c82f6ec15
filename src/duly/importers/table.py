"""Tables with a row for each note: CSV, TSV, what Excel writes, Markdown tables, and Anki's export in plain text.

`table_columns` decides which column is what, unless a person says so. Where it is not certain, nothing is read and the
option that says it is shown. Text is taken as Markdown as it stands; the HTML of Anki becomes Markdown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import DeckName
from duly.cards.cloze import OPENING
from duly.cards.ids import normalised
from duly.cards.note_keys import KEYS, key_of, plain_name
from duly.importers.collector import Collector
from duly.importers.importer import ImportedText, ImportOptions, Recognition, Sureness
from duly.importers.multiple_choice import OPTION_COLUMN, RIGHT_NAMES, option_by_name
from duly.importers.records import Record, add_record, flags_of, from_anki_html, trimmed_value
from duly.importers.table_columns import NUMBER, SEVERAL, ColumnLayout, column_layout, is_header
from duly.importers.table_dialect import (
    DIRECTIVE,
    EXCEL,
    Head,
    Row,
    lines_of,
    markdown_tables,
    read_head,
    rows,
    separator_of,
)
from duly.importers.tags_and_decks import deck_name, tag_names
from duly.importers.text_lines import Line, Mark
from duly.message import Message, message
from duly.problem import Place, Problem

ENDINGS = (".csv", ".tsv", ".tab")
OF_ANKI = {"guid column": "id", "deck column": "deck", "tags column": "tags", "notetype column": "notetype"}
"""The directives of Anki that give the content of a column."""

MARKDOWN = ("q", "a", "cloze", "also", "wrong", "hint", "extra")
NO = ("", "0", "no", "n", "false", "否", "不")
OPTIONS = ("|", ";", "；", "\n")
"""The separators of several answers in a cell."""


def recognise(path: Path, text: str) -> Recognition:
    """Certain by the file's ending or a first line that Excel or Anki writes; clear by tabs or Markdown tables."""
    if path.suffix.lower() in ENDINGS:
        return Recognition(Sureness.CERTAIN, (1,))
    first = text[:200].split("\n", 1)[0].rstrip("\r")
    if EXCEL.fullmatch(first) or DIRECTIVE.fullmatch(first):
        return Recognition(Sureness.CERTAIN, (1,))
    lines = lines_of(text)
    if tables := markdown_tables(lines):
        inside = {number for table in tables for row in table for number in range(row.first, row.last + 1)}
        beside = [line for n, line in enumerate(lines, 1) if n not in inside and line.strip() and line[0] != "#"]
        return Recognition(Sureness.POSSIBLE if beside else Sureness.CLEAR, tuple(sorted(inside)[:2]))
    return Recognition(Sureness.CLEAR, (1, 2)) if _has_even_tabs(text[:20_000]) else Recognition()


def _has_even_tabs(text: str) -> bool:
    """Whether tabs separate every row into the same number of cells, also with quoted cells of several lines."""
    filled = [row for row in rows(lines_of(text), 0, "\t")[0] if any(cell.strip() for cell in row.cells)]
    widths = {len(row.cells) for row in filled[:20]}
    return len(filled) > 1 and len(widths) == 1 and widths != {1}


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a table. Rows and columns that make no card are left out."""
    lines = lines_of(text)
    if tables := () if path.suffix.lower() in ENDINGS else markdown_tables(lines):
        reading = _Reading(_collector(path, lines, [row for table in tables for row in table]), lines, Head())
        for header, dashes, *body in tables:
            reading.collector.claim_structure(_cell(dashes, index) for index in range(len(dashes.cells)))
            reading.take(body, header, options)
        return reading.collector.result()
    head = read_head(lines)
    separator = head.separator or separator_of(lines[head.length :])
    all_rows, unclosed = rows(lines, head.length, separator)
    filled = [row for row in all_rows if any(cell.strip() for cell in row.cells)]
    reading = _Reading(_collector(path, lines, all_rows), lines, head)
    reading.collector.claim_structure(_line(lines, number) for number in range(1, head.length + 1))
    if unclosed:
        sentence = message("this quote is never closed; from here on, quotes were taken as signs like any other")
        reading.collector.warn(_line(lines, unclosed), "unclosed-quote", sentence)
    reading.take(filled, None, options)
    return reading.collector.result(reading.deck if reading.deck != path.stem else "")


def _collector(path: Path, lines: Sequence[str], rows: Sequence[Row]) -> Collector:
    """A collector for the cells of rows, and for the lines beside them."""
    inside = {number for row in rows for number in range(row.first, row.last + 1)}
    beside = [_line(lines, number) for number in range(1, len(lines) + 1) if number not in inside]
    cells = [_cell(row, index) for row in rows for index in range(len(row.cells))]
    return Collector(path, sorted((*beside, *cells), key=lambda line: line.number))


def _line(lines: Sequence[str], number: int) -> Line:
    text = lines[number - 1].rstrip("\r\n")
    return Line(number, text, Mark.TEXT, text)


def _cell(row: Row, index: int) -> Line:
    text = row.cells[index]
    return Line(row.first, text, Mark.TEXT, text, part=str(index + 1))


@dataclass(slots=True)
class _Reading:
    """A table being read: its results, its lines, and what is written above its rows."""

    collector: Collector
    lines: Sequence[str]
    head: Head
    choices: dict[int, str] = field(default_factory=dict)
    """The columns of options of a multiple choice, by index, with their letters."""

    @property
    def deck(self) -> str:
        return deck_name(self.head.directives.get("deck", "")) or self.collector.path.stem

    def take(self, rows: list[Row], header: Row | None, options: ImportOptions) -> None:
        """Reads the rows: a header if there is one, and a note from each other row."""
        if not rows:
            return
        columns = self._columns_of_anki()
        if header is None and self._has_header(rows, columns, options):
            header, *rows = rows
        if header is not None:
            columns |= self._named(header, columns)
        width = max(len(row.cells) for row in (*rows, *([header] if header else [])))
        if missing := self._mapped(columns, header, width, options):
            self._no_column(missing, header or rows[0], header is not None)
            return
        layout = column_layout(rows, columns, is_told=bool({"q", "a", "cloze"} & {*options.columns}) or not rows)
        if not layout.is_certain:
            self._unclear(layout, header or rows[0])
            return
        if header is not None:
            self.collector.claim_structure(
                _cell(header, index) for index in range(len(header.cells)) if index not in layout.left
            )
        keys = {*layout.columns.values()}
        if not {"cloze", "a"} & keys and not any(OPENING.search(cell) for row in rows for cell in row.cells):
            sentence = message("a table needs a column of questions and one of answers, parted by a comma or a tab")
            self.collector.leave_out([_cell(row, i) for row in rows for i in range(len(row.cells))], sentence)
            return
        self._left_out(rows, layout, header)
        for row, others in self._merged(rows, layout):
            self._row(row, others, layout)

    def _columns_of_anki(self) -> dict[int, str]:
        """The columns given by Anki's directives."""
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

    def _has_header(self, rows: Sequence[Row], columns: Mapping[int, str], options: ImportOptions) -> bool:
        """Whether the first row is a header: it names a question or a mapped column, or differs in kind from the
        others.
        """
        if "columns" in self.head.directives:
            return False
        names = {name for mapped in options.columns.values() for name in mapped if not name.isdecimal()}
        keys = {key_of(cell) for index, cell in enumerate(rows[0].cells) if index not in columns}
        is_named = {"q", "cloze"} & keys or names & {cell.strip() for cell in rows[0].cells}
        return bool(is_named) or (not self.head.directives and is_header(rows))

    def _named(self, header: Row, columns: Mapping[int, str]) -> dict[int, str]:
        """The columns that a header names, those of the options of a multiple choice among them."""
        letters = {
            i: m[1].upper() for i, cell in enumerate(header.cells) if (m := OPTION_COLUMN.fullmatch(plain_name(cell)))
        }
        right = [index for index, cell in enumerate(header.cells) if plain_name(cell) in RIGHT_NAMES]
        named: dict[int, str] = {}
        if len(letters) > 1:
            self.choices = letters
            named |= dict.fromkeys(letters, "wrong") | dict.fromkeys(right[:1], "a")
        for index, cell in enumerate(header.cells):
            key = key_of(cell)
            used_lines = (*columns.values(), *named.values())
            if key and index not in (*columns, *named) and (key in SEVERAL or key not in used_lines):
                named[index] = key
        return named

    def _mapped(self, columns: dict[int, str], header: Row | None, width: int, options: ImportOptions) -> str:
        """Assigns the columns that a person named; returns the name of a missing one, or ""."""
        names = [cell.strip() for cell in header.cells] if header else []
        for key, mapped in options.columns.items():
            for other in [other for other, has in columns.items() if has == key]:
                del columns[other]
            for name in mapped:
                if name in names:
                    columns[names.index(name)] = key
                elif name.isdecimal() and name.isascii() and 0 < int(name[:9]) <= width:
                    columns[int(name[:9]) - 1] = key
                else:
                    return name
        return ""

    def _no_column(self, name: str, row: Row, named: bool) -> None:
        there = ", ".join(row.cells if named else (str(index + 1) for index in range(len(row.cells))))
        sentence = message("there is no column {name} here; there are: {there}", name=name, there=there)
        self._refuse("no-column", sentence, row)

    def _unclear(self, layout: ColumnLayout, row: Row) -> None:
        sentence = message(
            "it is not certain which column asks and which answers, so nothing was imported; import again with"
            " {option}, or with other numbers there",
            option=layout.map_option(),
        )
        self._refuse("unclear-columns", sentence, row)

    def _refuse(self, kind: str, sentence: Message, row: Row) -> None:
        place = Place(self.collector.path, row.first)
        excerpt = _line(self.lines, row.first).text
        self.collector.warnings.append(Problem(place, kind, sentence, excerpt=excerpt))

    def _left_out(self, rows: Sequence[Row], layout: ColumnLayout, header: Row | None) -> None:
        """Reports columns with text that were not used."""
        if not layout.left:
            return
        names = [
            header.cells[index].strip() if header and index < len(header.cells) else str(index + 1)
            for index in layout.left[:5]
        ]
        shown = ", ".join([*names, "…"] if len(layout.left) > 5 else names)
        sentence = message("these columns were left out: {columns}; name a place for each with --map", columns=shown)
        of = [*([header] if header else []), *rows]
        cells = [_cell(row, index) for row in of for index in layout.left if index < len(row.cells)]
        self.collector.leave_out(cells, sentence, "column-left-out", is_scattered=True)

    def _merged(self, rows: Sequence[Row], layout: ColumnLayout) -> Iterator[tuple[Row, list[Row]]]:
        """The rows, each with later rows that have the same question and another answer, which are reported."""
        keys = {key: index for index, key in layout.columns.items()}
        asks, answers = keys.get("q"), keys.get("a")
        if asks is None or answers is None or "id" in keys or "wrong" in keys:
            yield from ((row, []) for row in rows)
            return
        first: dict[str | int, tuple[Row, list[Row]]] = {}  # by question; a row that is merged with none by its line
        for row in rows:
            question, answer = _text_at(row, asks), _text_at(row, answers)
            known = first.setdefault(normalised(question) if answer else row.first, (row, []))
            known_answers = [normalised(_text_at(other, answers)) for other in (known[0], *known[1])]
            if known[0] is row or not question.strip() or normalised(answer) in known_answers:
                if known[0] is not row:
                    first[row.first] = (row, [])
                continue
            known[1].append(row)
            sentence = message("line {line} asks the same; this answer was added to its card", line=known[0].first)
            self.collector.warn(_cell(row, asks), "same-question", sentence)
        yield from first.values()

    def _row(self, row: Row, others: Sequence[Row], layout: ColumnLayout) -> None:
        columns = layout.columns
        cells = {columns[index]: cell for index, cell in enumerate(row.cells) if index in columns and cell.strip()}
        field_lines: dict[str, list[Line]] = {}
        texts: dict[str, str] = {}
        for index, cell in enumerate(row.cells):
            if (key := columns.get(index, "")) and cell.strip():
                field_lines.setdefault(key, []).append(_cell(row, index))
                text = self._text(_cell(row, index)) if key in MARKDOWN else trimmed_value(cell)
                texts[key] = f"{texts[key]}\n\n{text}" if key in texts and key in SEVERAL else text
        asks, answers = ([index for index, key in columns.items() if key == wanted] for wanted in ("q", "a"))
        for other in others:
            texts["a"] = f"{texts['a']}\n\n{self._text(_cell(other, answers[0]))}"
            field_lines["a"] = [*field_lines["a"], _cell(other, answers[0])]
            field_lines["q"] = [*field_lines["q"], _cell(other, asks[0])]
            rest = [i for i in range(len(other.cells)) if columns.get(i) in SEVERAL and other.cells[i].strip()]
            for index in rest:
                key = columns[index]
                texts[key] = "\n\n".join(filter(None, (texts.get(key, ""), self._text(_cell(other, index)))))
                field_lines.setdefault(key, []).append(_cell(other, index))
        self.collector.claim_structure(field_lines.pop(NUMBER, ()))
        wrong = _split(texts.get("wrong", ""))
        if self.choices:
            named = {letter: _text_at(row, index) for index, letter in self.choices.items() if _text_at(row, index)}
            texts["a"], wrong = option_by_name(named, texts.get("a", "")) or ("", ())
        record = Record(
            texts={**{key: text for key, text in texts.items() if key in KEYS}, "id": cells.get("id", "").strip()},
            tags=(*tag_names(self.head.directives.get("tags", "")), *tag_names(cells.get("tags", ""))),
            wrong=wrong,
            also=_split(texts.get("also", "")),
            flags=frozenset(
                {key for key in ("reverse", "typed") if texts.get(key, "").casefold() not in NO}
                | flags_of(cells.get("notetype", self.head.directives.get("notetype", "")))
            ),
        )
        deck = deck_name(cells.get("deck", "")) or self.deck
        add_record(self.collector, _cell(row, 0), record, DeckName(deck), field_lines)

    def _text(self, cell: Line) -> str:
        """A cell as Markdown, converted from HTML if the table comes from Anki."""
        if self.head.directives.get("html", "").strip().lower() != "true":
            return trimmed_value(cell.text)
        return from_anki_html(self.collector, cell, cell.text)


def _text_at(row: Row, index: int) -> str:
    return trimmed_value(row.cells[index]) if index < len(row.cells) else ""


def _split(text: str) -> tuple[str, ...]:
    for sign in OPTIONS:
        text = text.replace(sign, "\n")
    return tuple(option.strip() for option in text.split("\n") if option.strip())
