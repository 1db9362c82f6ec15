"""Tables with a row for each note: CSV, TSV, tables of Excel, Markdown tables, and plain text exports of Anki.

`table_columns` decides the key of each column, unless a person named it. If it is not certain, nothing is read and the
option to name columns is shown. Text is read as Markdown; the HTML of Anki is converted to Markdown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import DeckName
from duly.cards.cloze import OPENING
from duly.cards.ids import normalised
from duly.cards.note_keys import KEYS, key_of, plain_name
from duly.importers.collector import Collector
from duly.importers.importer import Confidence, ImportedText, ImportOptions, Recognition
from duly.importers.multiple_choice import ANSWER_COLUMNS, OPTION_COLUMN, option_by_name
from duly.importers.records import Record, add_record, flags_of, from_anki_html, trimmed_value
from duly.importers.table_columns import NUMBER_KEY, REPEATABLE_KEYS, ColumnLayout, column_layout, is_header
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
COLUMN_DIRECTIVES = {"guid column": "id", "deck column": "deck", "tags column": "tags", "notetype column": "notetype"}
"""The directives of Anki that name the key of a column."""

MARKDOWN_KEYS = ("q", "a", "cloze", "also", "wrong", "hint", "extra")
FALSE_TEXTS = ("", "0", "no", "n", "false", "否", "不")
ANSWER_SEPARATORS = ("|", ";", "；", "\n")
"""The separators of several answers in a cell."""


def recognise(path: Path, text: str) -> Recognition:
    """Certain by the ending of the file or a first line of Excel or Anki; clear by tabs or Markdown tables."""
    if path.suffix.lower() in ENDINGS:
        return Recognition(Confidence.CERTAIN, (1,))
    first_line = text[:200].split("\n", 1)[0].rstrip("\r")
    if EXCEL.fullmatch(first_line) or DIRECTIVE.fullmatch(first_line):
        return Recognition(Confidence.CERTAIN, (1,))
    lines = lines_of(text)
    if tables := markdown_tables(lines):
        table_numbers = {
            number for table in tables for row in table for number in range(row.first_line, row.last_line + 1)
        }
        other_lines = [
            line for n, line in enumerate(lines, 1) if n not in table_numbers and line.strip() and line[0] != "#"
        ]
        return Recognition(Confidence.POSSIBLE if other_lines else Confidence.CLEAR, tuple(sorted(table_numbers)[:2]))
    return Recognition(Confidence.CLEAR, (1, 2)) if _has_even_tabs(text[:20_000]) else Recognition()


def _has_even_tabs(text: str) -> bool:
    """Whether tabs separate every row into the same number of cells, also with quoted cells of several lines."""
    filled_rows = [row for row in rows(lines_of(text), 0, "\t")[0] if any(cell.strip() for cell in row.cells)]
    widths = {len(row.cells) for row in filled_rows[:20]}
    return len(filled_rows) > 1 and len(widths) == 1 and widths != {1}


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a table. Rows and columns without cards are left out."""
    lines = lines_of(text)
    if tables := () if path.suffix.lower() in ENDINGS else markdown_tables(lines):
        reader = _TableReader(_collector(path, lines, [row for table in tables for row in table]), lines, Head())
        for header, dashes, *body in tables:
            reader.collector.claim_structure(_cell(dashes, index) for index in range(len(dashes.cells)))
            reader.take(body, header, options)
        return reader.collector.result()
    head = read_head(lines)
    separator = head.separator or separator_of(lines[head.length :])
    all_rows, unclosed_line = rows(lines, head.length, separator)
    filled_rows = [row for row in all_rows if any(cell.strip() for cell in row.cells)]
    reader = _TableReader(_collector(path, lines, all_rows), lines, head)
    reader.collector.claim_structure(_line(lines, number) for number in range(1, head.length + 1))
    if unclosed_line:
        sentence = message("this quote is never closed; from here on, quotes were taken as signs like any other")
        reader.collector.warn(_line(lines, unclosed_line), "unclosed-quote", sentence)
    reader.take(filled_rows, None, options)
    return reader.collector.result(reader.deck if reader.deck != path.stem else "")


def _collector(path: Path, lines: Sequence[str], rows: Sequence[Row]) -> Collector:
    """A collector for the cells of the rows, and for the other lines."""
    row_numbers = {number for row in rows for number in range(row.first_line, row.last_line + 1)}
    other_lines = [_line(lines, number) for number in range(1, len(lines) + 1) if number not in row_numbers]
    cells = [_cell(row, index) for row in rows for index in range(len(row.cells))]
    return Collector(path, sorted((*other_lines, *cells), key=lambda line: line.number))


def _line(lines: Sequence[str], number: int) -> Line:
    text = lines[number - 1].rstrip("\r\n")
    return Line(number, text, Mark.TEXT, text)


def _cell(row: Row, index: int) -> Line:
    text = row.cells[index]
    return Line(row.first_line, text, Mark.TEXT, text, part=str(index + 1))


@dataclass(slots=True)
class _TableReader:
    """Reads the rows of a table, according to the directives in its `head`."""

    collector: Collector
    lines: Sequence[str]
    head: Head
    choices: dict[int, str] = field(default_factory=dict)
    """The letters of the columns with options of a multiple choice, by index."""

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
            columns |= self._header_columns(header, columns)
        width = max(len(row.cells) for row in (*rows, *([header] if header else [])))
        if missing_column := self._map_columns(columns, header, width, options):
            self._refuse_missing(missing_column, header or rows[0], header is not None)
            return
        layout = column_layout(rows, columns, is_mapped=bool({"q", "a", "cloze"} & {*options.columns}) or not rows)
        if not layout.is_certain:
            self._refuse_unclear(layout, header or rows[0])
            return
        if header is not None:
            self.collector.claim_structure(
                _cell(header, index) for index in range(len(header.cells)) if index not in layout.unused
            )
        keys = {*layout.columns.values()}
        if not {"cloze", "a"} & keys and not any(OPENING.search(cell) for row in rows for cell in row.cells):
            sentence = message("a table needs a column of questions and one of answers, parted by a comma or a tab")
            self.collector.leave_out([_cell(row, i) for row in rows for i in range(len(row.cells))], sentence)
            return
        self._report_unused(rows, layout, header)
        for row, other_rows in self._merge_rows(rows, layout):
            self._add_row(row, other_rows, layout)

    def _columns_of_anki(self) -> dict[int, str]:
        """The columns given by Anki's directives."""
        directives = self.head.directives
        columns = {
            int(value) - 1: COLUMN_DIRECTIVES[key]
            for key, value in directives.items()
            if key in COLUMN_DIRECTIVES and value.strip().isascii() and value.strip().isdigit() and len(value) < 6
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
        names = {name for column_names in options.columns.values() for name in column_names if not name.isdecimal()}
        keys = {key_of(cell) for index, cell in enumerate(rows[0].cells) if index not in columns}
        is_named = {"q", "cloze"} & keys or names & {cell.strip() for cell in rows[0].cells}
        return bool(is_named) or (not self.head.directives and is_header(rows))

    def _header_columns(self, header: Row, columns: Mapping[int, str]) -> dict[int, str]:
        """The keys of columns according to a header, including the options of a multiple choice."""
        letters = {
            i: m[1].upper() for i, cell in enumerate(header.cells) if (m := OPTION_COLUMN.fullmatch(plain_name(cell)))
        }
        answer_columns = [index for index, cell in enumerate(header.cells) if plain_name(cell) in ANSWER_COLUMNS]
        columns_in_header: dict[int, str] = {}
        if len(letters) > 1:
            self.choices = letters
            columns_in_header |= dict.fromkeys(letters, "wrong") | dict.fromkeys(answer_columns[:1], "a")
        for index, cell in enumerate(header.cells):
            key = key_of(cell)
            used_keys = (*columns.values(), *columns_in_header.values())
            if key and index not in (*columns, *columns_in_header) and (key in REPEATABLE_KEYS or key not in used_keys):
                columns_in_header[index] = key
        return columns_in_header

    def _map_columns(self, columns: dict[int, str], header: Row | None, width: int, options: ImportOptions) -> str:
        """Assigns the columns that a person named; returns the name of a missing column, or ""."""
        header_names = [cell.strip() for cell in header.cells] if header else []
        for key, column_names in options.columns.items():
            for index in [index for index, assigned_key in columns.items() if assigned_key == key]:
                del columns[index]
            for name in column_names:
                if name in header_names:
                    columns[header_names.index(name)] = key
                elif name.isdecimal() and name.isascii() and 0 < int(name[:9]) <= width:
                    columns[int(name[:9]) - 1] = key
                else:
                    return name
        return ""

    def _refuse_missing(self, name: str, row: Row, is_header: bool) -> None:
        column_names = ", ".join(row.cells if is_header else (str(index + 1) for index in range(len(row.cells))))
        sentence = message("there is no column {name} here; there are: {there}", name=name, there=column_names)
        self._refuse("no-column", sentence, row)

    def _refuse_unclear(self, layout: ColumnLayout, row: Row) -> None:
        sentence = message(
            "it is not certain which column asks and which answers, so nothing was imported; import again with"
            " {option}, or with other numbers there",
            option=layout.map_option(),
        )
        self._refuse("unclear-columns", sentence, row)

    def _refuse(self, kind: str, sentence: Message, row: Row) -> None:
        place = Place(self.collector.path, row.first_line)
        excerpt = _line(self.lines, row.first_line).text
        self.collector.warnings.append(Problem(place, kind, sentence, excerpt=excerpt))

    def _report_unused(self, rows: Sequence[Row], layout: ColumnLayout, header: Row | None) -> None:
        """Reports columns with text that were not used."""
        if not layout.unused:
            return
        names = [
            header.cells[index].strip() if header and index < len(header.cells) else str(index + 1)
            for index in layout.unused[:5]
        ]
        shown_names = ", ".join([*names, "…"] if len(layout.unused) > 5 else names)
        sentence = message(
            "these columns were left out: {columns}; name a place for each with --map", columns=shown_names
        )
        all_rows = [*([header] if header else []), *rows]
        cells = [_cell(row, index) for row in all_rows for index in layout.unused if index < len(row.cells)]
        self.collector.leave_out(cells, sentence, "column-left-out", is_scattered=True)

    def _merge_rows(self, rows: Sequence[Row], layout: ColumnLayout) -> Iterator[tuple[Row, list[Row]]]:
        """The rows, each with the later rows of the same question and other answers; the later ones are reported."""
        keys = {key: index for index, key in layout.columns.items()}
        question_index, answer_index = keys.get("q"), keys.get("a")
        if question_index is None or answer_index is None or "id" in keys or "wrong" in keys:
            yield from ((row, []) for row in rows)
            return
        groups: dict[str | int, tuple[Row, list[Row]]] = {}  # by question, or by line for a row that is not merged
        for row in rows:
            question, answer = _text_at(row, question_index), _text_at(row, answer_index)
            group = groups.setdefault(normalised(question) if answer else row.first_line, (row, []))
            group_answers = [normalised(_text_at(other, answer_index)) for other in (group[0], *group[1])]
            if group[0] is row or not question.strip() or normalised(answer) in group_answers:
                if group[0] is not row:
                    groups[row.first_line] = (row, [])
                continue
            group[1].append(row)
            sentence = message("line {line} asks the same; this answer was added to its card", line=group[0].first_line)
            self.collector.warn(_cell(row, question_index), "same-question", sentence)
        yield from groups.values()

    def _add_row(self, row: Row, other_rows: Sequence[Row], layout: ColumnLayout) -> None:
        columns = layout.columns
        cells = {columns[index]: cell for index, cell in enumerate(row.cells) if index in columns and cell.strip()}
        field_lines: dict[str, list[Line]] = {}
        texts: dict[str, str] = {}
        for index, cell in enumerate(row.cells):
            if (key := columns.get(index, "")) and cell.strip():
                field_lines.setdefault(key, []).append(_cell(row, index))
                text = self._text(_cell(row, index)) if key in MARKDOWN_KEYS else trimmed_value(cell)
                texts[key] = f"{texts[key]}\n\n{text}" if key in texts and key in REPEATABLE_KEYS else text
        question_columns, answer_columns = (
            [index for index, key in columns.items() if key == field] for field in ("q", "a")
        )
        for other_row in other_rows:
            texts["a"] = f"{texts['a']}\n\n{self._text(_cell(other_row, answer_columns[0]))}"
            field_lines["a"] = [*field_lines["a"], _cell(other_row, answer_columns[0])]
            field_lines["q"] = [*field_lines["q"], _cell(other_row, question_columns[0])]
            extra_columns = [
                i
                for i in range(len(other_row.cells))
                if columns.get(i) in REPEATABLE_KEYS and other_row.cells[i].strip()
            ]
            for index in extra_columns:
                key = columns[index]
                texts[key] = "\n\n".join(filter(None, (texts.get(key, ""), self._text(_cell(other_row, index)))))
                field_lines.setdefault(key, []).append(_cell(other_row, index))
        self.collector.claim_structure(field_lines.pop(NUMBER_KEY, ()))
        wrong = _split(texts.get("wrong", ""))
        if self.choices:
            options_by_letter = {
                letter: _text_at(row, index) for index, letter in self.choices.items() if _text_at(row, index)
            }
            texts["a"], wrong = option_by_name(options_by_letter, texts.get("a", "")) or ("", ())
        record = Record(
            texts={**{key: text for key, text in texts.items() if key in KEYS}, "id": cells.get("id", "").strip()},
            tags=(*tag_names(self.head.directives.get("tags", "")), *tag_names(cells.get("tags", ""))),
            wrong=wrong,
            also=_split(texts.get("also", "")),
            flags=frozenset(
                {key for key in ("reverse", "typed") if texts.get(key, "").casefold() not in FALSE_TEXTS}
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
    for sign in ANSWER_SEPARATORS:
        text = text.replace(sign, "\n")
    return tuple(option.strip() for option in text.split("\n") if option.strip())
