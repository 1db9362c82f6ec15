"""Tables drawn with box characters. A wide one wraps inside its cells; one too wide for that lists its cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from duly.markup.html.html_tree import Element, Node
from duly.markup.terminal.styled_lines import NARROWEST, LayOut, Line, Run, line_width

_BORDER = ("table",)
_SECTIONS = ("thead", "tbody", "tfoot")


Measure = Callable[[Element], int]
"""The natural width of a ``td`` or ``th`` in terminal cells."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell in a row; `element` is None for a missing one."""

    element: Element | None = None

    @property
    def content(self) -> Sequence[Node]:
        if self.element is None:
            return ()
        return (self.element,) if self.is_header else self.element.children

    @property
    def align(self) -> str:
        return self.element.attributes.get("align", "left") if self.element else "left"

    @property
    def is_header(self) -> bool:
        return self.element is not None and self.element.name == "th"

    def natural_width(self, measure: Measure) -> int:
        return measure(self.element) if self.element else 0


def table_lines(table: Element, width: int, lay_out: LayOut, measure: Measure) -> list[Line]:
    """The lines of a ``table``, with its caption and stray text above."""
    stray_nodes, rows = _read_table(table)
    lines_above = lay_out(stray_nodes, width)
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return lines_above
    full_rows = [[*row, *[_Cell()] * (columns - len(row))] for row in rows]
    padding = 1 if width - (3 * columns + 1) >= 4 * columns else 0
    room = width - (columns + 1) - 2 * padding * columns
    if room < NARROWEST * columns:
        return [*lines_above, *_cells_below_each_other(rows, width, lay_out)]
    natural_widths = [max(row[column].natural_width(measure) for row in full_rows) for column in range(columns)]
    return [*lines_above, *_draw(full_rows, _share_width(natural_widths, room), padding, lay_out)]


def _read_table(table: Element) -> tuple[list[Node], list[list[_Cell]]]:
    """The nodes outside of all cells, and the rows."""
    stray_nodes: list[Node] = []
    rows: list[list[_Cell]] = []
    for node in table.children:
        if isinstance(node, str) or node.name not in ("tr", "colgroup", *_SECTIONS):
            stray_nodes.append(node)
        elif node.name == "tr":
            rows.append(list(_cells(node, stray_nodes)))
        elif node.name in _SECTIONS:
            section_stray_nodes, section_rows = _read_table(Element("", {}, node.children))
            stray_nodes += section_stray_nodes
            rows += section_rows
    return stray_nodes, rows


def _cells(row: Element, stray_nodes: list[Node]) -> Iterator[_Cell]:
    for node in row.children:
        if isinstance(node, str) or node.name not in ("td", "th"):
            stray_nodes.append(node)
            continue
        yield _Cell(node)
        span = node.attributes.get("colspan", "1")
        if span.isascii() and span.isdigit():
            yield from [_Cell()] * (min(int(span[:3]), 20) - 1)


def _share_width(natural_widths: Sequence[int], room: int) -> list[int]:
    """The widths of the columns: natural widths, with the widest ones reduced equally until all fit into `room`."""
    wanted_widths = [max(width, NARROWEST) for width in natural_widths]
    shares = [0] * len(wanted_widths)
    narrow_first = sorted(range(len(wanted_widths)), key=lambda column: wanted_widths[column])
    for index, column in enumerate(narrow_first):
        shares[column] = min(wanted_widths[column], room // (len(wanted_widths) - index))
        room -= shares[column]
    return shares


def _draw(rows: list[list[_Cell]], widths: list[int], padding: int, lay_out: LayOut) -> Iterator[Line]:
    cell_lines = [[lay_out(cell.content, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    is_ruled = any(len(lines) > 1 for row in cell_lines for lines in row)
    yield _rule("┌┬┐", widths, padding)
    for index, (row, cells) in enumerate(zip(rows, cell_lines, strict=True)):
        if index and (is_ruled or _is_header(rows[index - 1]) != _is_header(row)):
            yield _rule("├┼┤", widths, padding)
        for height in range(max(1, *(len(lines) for lines in cells))):
            yield _row(row, [lines[height] if height < len(lines) else () for lines in cells], widths, padding)
    yield _rule("└┴┘", widths, padding)


def _row(row: list[_Cell], cell_lines: list[Line], widths: list[int], padding: int) -> Line:
    runs: list[Run] = []
    space = " " * padding
    for index, (cell, cell_line, width) in enumerate(zip(row, cell_lines, widths, strict=True)):
        free_cells = width - line_width(cell_line)
        left = {"right": free_cells, "center": free_cells // 2}.get(cell.align, 0)
        runs.append(Run(("" if not index else space) + "│" + space, _BORDER))
        runs += [Run(" " * left)] * bool(left)
        runs += cell_line
        runs += [Run(" " * (free_cells - left))] * bool(free_cells - left)
    return (*runs, Run(space + "│", _BORDER))


def _rule(ends: str, widths: list[int], padding: int) -> Line:
    bars = ("─" * (width + 2 * padding) for width in widths)
    return (Run(ends[0] + ends[1].join(bars) + ends[2], _BORDER),)


def _is_header(row: list[_Cell]) -> bool:
    return all(cell.is_header or not cell.content for cell in row)


def _cells_below_each_other(rows: list[list[_Cell]], width: int, lay_out: LayOut) -> Iterator[Line]:
    for index, row in enumerate(rows):
        if index:
            yield (Run("─" * width, _BORDER),)
        for cell in row:
            yield from lay_out(cell.content, width)
