"""HTML → styled lines of limited width for a terminal. Unknown elements are shown as their text."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duly.markup.html.html_tree import Element, Node, holds_block, parse_html
from duly.markup.terminal.inline_layout import Flow, slice_runs, styles_of, with_style
from duly.markup.terminal.line_breaking import cut_text
from duly.markup.terminal.lists import list_lines
from duly.markup.terminal.styled_lines import NARROWEST, Line, Run, Styles, hang, line_width
from duly.markup.terminal.tables import table_lines

_QUOTE = Run("│ ", ("quote",))
_INDENT = Run("  ")
_MAX_TABLES = 4
"""The maximum depth of drawn tables; the content of deeper ones is laid out as blocks in its cell."""


def layout(html: str, width: int, math_source: bool = False) -> tuple[Line, ...]:
    """The lines of an HTML fragment, each at most `width` cells wide (at least 2, the width of a Han character).

    Blank lines separate blocks; there is none at the beginning or the end. `math_source` shows formulas as LaTeX.
    """
    width = max(width, NARROWEST)
    blocks = _Layouter(math_source, width).blocks(parse_html(html), width, _Place())
    lines = _join_blocks(blocks)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines, and whether blank lines separate them from their neighbours."""

    lines: list[Line]
    is_set_off: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """The surroundings of a block: inherited styles, and the number of lists and tables around it."""

    styles: Styles = ()
    lists: int = 0
    tables: int = 0


@dataclass(frozen=True, slots=True)
class _Layouter:
    """Lays out the nodes of one text for a page `page` cells wide."""

    math_source: bool
    page: int
    _natural_widths: dict[int, int] = field(default_factory=dict)
    """The natural width of each table cell, by the id of its element."""

    def blocks(self, nodes: Sequence[Node], width: int, place: _Place) -> Iterator[_Block]:
        """The blocks among the nodes; inline nodes between them are collected in paragraphs."""
        inline: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and holds_block(node):
                yield from self._paragraph(inline, width, place)
                inline = []
                yield from self._block(node, width, place)
            else:
                inline.append(node)
        yield from self._paragraph(inline, width, place)

    def lines(self, nodes: Sequence[Node], width: int, place: _Place) -> list[Line]:
        return _join_blocks(self.blocks(nodes, width, place))

    def _paragraph(
        self, nodes: Sequence[Node], width: int, place: _Place, is_set_off: bool = False
    ) -> Iterator[_Block]:
        flow = Flow(self.math_source, width)
        flow.add(nodes, place.styles)
        if lines := flow.lines(width):
            yield _Block(lines, is_set_off)

    def _block(self, element: Element, width: int, place: _Place) -> Iterator[_Block]:
        inner_place = replace(place, styles=styles_of(element, place.styles))
        match element.name:
            case "p" if not any(holds_block(node) for node in element.children):
                yield from self._paragraph(element.children, width, inner_place, is_set_off=True)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                heading_place = replace(place, styles=with_style(inner_place.styles, "heading"))
                yield _Block(self.lines(element.children, width, heading_place), True)
            case "ul" | "ol":
                item_place = replace(inner_place, lists=place.lists + 1)
                yield _Block(
                    list_lines(element, place.lists, width, lambda nodes, room: self.lines(nodes, room, item_place)),
                    not place.lists,
                )
            case "blockquote":
                quote_place = replace(place, styles=with_style(inner_place.styles, "quote"))
                yield _Block(
                    hang(_QUOTE, _QUOTE, lambda room: self.lines(element.children, room, quote_place), width), True
                )
            case "dd":
                yield _Block(
                    hang(_INDENT, _INDENT, lambda room: self.lines(element.children, room, inner_place), width), False
                )
            case "pre":
                yield _Block(self._code(element, width, inner_place.styles), True)
            case "table" if place.tables < _MAX_TABLES:
                cell_place = replace(inner_place, tables=place.tables + 1)
                yield _Block(
                    table_lines(
                        element,
                        width,
                        lambda nodes, room: self.lines(nodes, room, cell_place),
                        lambda node: self._natural_width(node, cell_place),
                    ),
                    True,
                )
            case "hr":
                yield _Block([(Run("─" * width, ("dim",)),)], True)
            case "details":
                yield _Block(self._details(element, width, inner_place), True)
            case _:
                yield from self.blocks(element.children, width, inner_place)

    def _natural_width(self, cell: Element, place: _Place) -> int:
        """The width of a cell on the whole page, measured once: nested tables would double the work each time."""
        if id(cell) not in self._natural_widths:
            lines = self.lines((cell,), self.page, place)
            self._natural_widths[id(cell)] = max(map(line_width, lines), default=0)
        return self._natural_widths[id(cell)]

    def _code(self, element: Element, width: int, styles: Styles) -> list[Line]:
        flow = Flow(self.math_source, width, keeps_space=True)
        flow.add(element.children, with_style(styles, "code"))
        return list(code_lines(flow.pieces(), width))

    def _details(self, element: Element, width: int, place: _Place) -> list[Line]:
        summary: list[Node] = []
        body: list[Node] = []
        for node in element.children:
            (summary if isinstance(node, Element) and node.name == "summary" else body).append(node)
        head = hang(Run("▾ "), _INDENT, lambda room: self.lines(summary, room, place), width)
        return [*head, *hang(_INDENT, _INDENT, lambda room: self.lines(body, room, place), width)]


def _join_blocks(blocks: Iterator[_Block]) -> list[Line]:
    lines: list[Line] = []
    is_after_set_off = False
    for block in blocks:
        if not block.lines:
            continue
        if lines and lines[-1] and block.lines[0] and (is_after_set_off or block.is_set_off):
            lines.append(())
        lines += block.lines if lines else itertools.dropwhile(lambda line: not line, block.lines)
        is_after_set_off = block.is_set_off
    return lines


_GUTTER = Run("  ", ("code",))
_CONTINUATION_SIGN = Run("↪ ", ("dim",))


def code_lines(pieces: Sequence[tuple[str, Styles]], width: int) -> Iterator[Line]:
    """The lines of code, given in pieces with styles. If there is room, a gutter marks continued lines."""
    text = "".join(text for text, _ in pieces)
    has_gutter = width - line_width((_GUTTER,)) >= NARROWEST
    room = width - line_width((_GUTTER,)) if has_gutter else width
    spans: list[tuple[int, int]] = []
    continuations: list[bool] = []
    at = len(text) - len(text.lstrip("\n"))
    for line in text.strip("\n").split("\n"):
        parts = cut_text(text, at, at + len(line), room)
        spans += parts
        continuations += [False] + [True] * (len(parts) - 1)
        at += len(line) + 1
    for is_continuation, runs in zip(continuations, slice_runs(pieces, spans), strict=True):
        yield ((_CONTINUATION_SIGN if is_continuation else _GUTTER), *runs) if has_gutter else runs
