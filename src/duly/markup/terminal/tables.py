"""Tables drawn with box characters. A wide one wraps inside its cells; one too wide for that lists its cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from duly.markup.html.html_tree import Element, Node
from duly.markup.terminal.styled_lines import NARROWEST, Inner, Line, Run
from duly.markup.terminal.styled_lines import width as line_width

_BORDER = ("table",)
_SECTIONS = ("thead", "tbody", "tfoot")


Measure = Callable[[Element], int]
"""How many terminal cells wide a ``td`` or ``th`` would like to be."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a column of a row; `element` is None where nothing does."""

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

    def natural(self, measure: Measure) -> int:
        return measure(self.element) if self.element else 0


def table_lines(table: Element, width: int, inner: Inner, measure: Measure) -> list[Line]:
    """The lines of a ``table``, its caption and any stray text above it."""
    stray, rows = _read(table)
    above = inner(stray, width)
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return above
    full = [[*row, *[_Cell()] * (columns - len(row))] for row in rows]
    padding = 1 if width - (3 * columns + 1) >= 4 * columns else 0
    room = width - (columns + 1) - 2 * padding * columns
    if room < NARROWEST * columns:
        return [*above, *_cells_below_each_other(rows, width, inner)]
    natural = [max(row[column].natural(measure) for row in full) for column in range(columns)]
    return [*above, *_drawn(full, _shares(natural, room), padding, inner)]


def _read(table: Element) -> tuple[list[Node], list[list[_Cell]]]:
    """What stands outside of all cells, and the rows."""
    stray: list[Node] = []
    rows: list[list[_Cell]] = []
    for node in table.children:
        if isinstance(node, str) or node.name not in ("tr", "colgroup", *_SECTIONS):
            stray.append(node)
        elif node.name == "tr":
            rows.append(list(_cells(node, stray)))
        elif node.name in _SECTIONS:
            inside_stray, inside = _read(Element("", {}, node.children))
            stray += inside_stray
            rows += inside
    return stray, rows


def _cells(row: Element, stray: list[Node]) -> Iterator[_Cell]:
    for node in row.children:
        if isinstance(node, str) or node.name not in ("td", "th"):
            stray.append(node)
            continue
        yield _Cell(node)
        span = node.attributes.get("colspan", "1")
        if span.isascii() and span.isdigit():
            yield from [_Cell()] * (min(int(span[:3]), 20) - 1)


def _shares(natural: Sequence[int], room: int) -> list[int]:
    """Widths of the columns: what each would like to have, the widest ones cut down alike until all fit into `room`."""
    wanted = [max(width, NARROWEST) for width in natural]
    shares = [0] * len(wanted)
    narrow_first = sorted(range(len(wanted)), key=lambda column: wanted[column])
    for done, column in enumerate(narrow_first):
        shares[column] = min(wanted[column], room // (len(wanted) - done))
        room -= shares[column]
    return shares


def _drawn(rows: list[list[_Cell]], widths: list[int], padding: int, inner: Inner) -> Iterator[Line]:
    laid = [[inner(cell.content, width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    is_ruled = any(len(lines) > 1 for row in laid for lines in row)
    yield _rule("┌┬┐", widths, padding)
    for index, (row, cells) in enumerate(zip(rows, laid, strict=True)):
        if index and (is_ruled or _is_header(rows[index - 1]) != _is_header(row)):
            yield _rule("├┼┤", widths, padding)
        for height in range(max(1, *(len(lines) for lines in cells))):
            yield _row(row, [lines[height] if height < len(lines) else () for lines in cells], widths, padding)
    yield _rule("└┴┘", widths, padding)


def _row(row: list[_Cell], parts: list[Line], widths: list[int], padding: int) -> Line:
    runs: list[Run] = []
    space = " " * padding
    for index, (cell, part, width) in enumerate(zip(row, parts, widths, strict=True)):
        free = width - line_width(part)
        left = {"right": free, "center": free // 2}.get(cell.align, 0)
        runs.append(Run(("" if not index else space) + "│" + space, _BORDER))
        runs += [Run(" " * left)] * bool(left)
        runs += part
        runs += [Run(" " * (free - left))] * bool(free - left)
    return (*runs, Run(space + "│", _BORDER))


def _rule(ends: str, widths: list[int], padding: int) -> Line:
    bars = ("─" * (width + 2 * padding) for width in widths)
    return (Run(ends[0] + ends[1].join(bars) + ends[2], _BORDER),)


def _is_header(row: list[_Cell]) -> bool:
    return all(cell.is_header or not cell.content for cell in row)


def _cells_below_each_other(rows: list[list[_Cell]], width: int, inner: Inner) -> Iterator[Line]:
    for index, row in enumerate(rows):
        if index:
            yield (Run("─" * width, _BORDER),)
        for cell in row:
            yield from inner(cell.content, width)
