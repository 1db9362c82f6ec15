"""HTML → styled lines for a terminal, none wider than asked. Unknown elements are shown as their text."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from duly.markup.html.html_tree import Element, Node, holds_block, parse_html
from duly.markup.terminal.inline_layout import Flow, sliced, styled, with_style
from duly.markup.terminal.line_breaking import cut_text
from duly.markup.terminal.lists import list_lines
from duly.markup.terminal.styled_lines import NARROWEST, Line, Run, Styles, hang
from duly.markup.terminal.styled_lines import width as line_width
from duly.markup.terminal.tables import table_lines

_QUOTE = Run("│ ", ("quote",))
_INDENT = Run("  ")
_MOST_TABLES = 4
"""In how many tables another one is drawn; what is in one that lies deeper stands in its cell as blocks."""


def layout(html: str, width: int, math_source: bool = False) -> tuple[Line, ...]:
    """The lines of an HTML fragment, each at most `width` cells wide (2 or more, for a Han character takes 2).

    Blank lines part blocks; there is none at the beginning or the end. `math_source` shows formulas as their LaTeX.
    """
    width = max(width, NARROWEST)
    blocks = _Layouter(math_source, width).blocks(parse_html(html), width, _Place())
    lines = _joined(blocks)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Block:
    """Some lines, and whether they are set off from their neighbours by blank ones."""

    lines: list[Line]
    is_set_off: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: the styles it inherits, and in how many lists and tables."""

    styles: Styles = ()
    lists: int = 0
    tables: int = 0


@dataclass(frozen=True, slots=True)
class _Layouter:
    """Lays out the nodes of one text for a page `page` cells wide."""

    math_source: bool
    page: int
    _natural: dict[int, int] = field(default_factory=dict)
    """How wide each cell of a table would like to be, by the id of its element."""

    def blocks(self, nodes: Sequence[Node], width: int, place: _Place) -> Iterator[_Block]:
        """The blocks among the nodes, what stands in a line between them gathered into one of its own."""
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
        return _joined(self.blocks(nodes, width, place))

    def _paragraph(
        self, nodes: Sequence[Node], width: int, place: _Place, is_set_off: bool = False
    ) -> Iterator[_Block]:
        flow = Flow(self.math_source, width)
        flow.add(nodes, place.styles)
        if lines := flow.lines(width):
            yield _Block(lines, is_set_off)

    def _block(self, element: Element, width: int, place: _Place) -> Iterator[_Block]:
        inside = replace(place, styles=styled(element, place.styles))
        match element.name:
            case "p" if not any(holds_block(node) for node in element.children):
                yield from self._paragraph(element.children, width, inside, is_set_off=True)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                heading = replace(place, styles=with_style(inside.styles, "heading"))
                yield _Block(self.lines(element.children, width, heading), True)
            case "ul" | "ol":
                deeper = replace(inside, lists=place.lists + 1)
                yield _Block(
                    list_lines(element, place.lists, width, lambda nodes, room: self.lines(nodes, room, deeper)),
                    not place.lists,
                )
            case "blockquote":
                quote = replace(place, styles=with_style(inside.styles, "quote"))
                yield _Block(hang(_QUOTE, _QUOTE, lambda room: self.lines(element.children, room, quote), width), True)
            case "dd":
                yield _Block(
                    hang(_INDENT, _INDENT, lambda room: self.lines(element.children, room, inside), width), False
                )
            case "pre":
                yield _Block(self._code(element, width, inside.styles), True)
            case "table" if place.tables < _MOST_TABLES:
                cell = replace(inside, tables=place.tables + 1)
                yield _Block(
                    table_lines(
                        element,
                        width,
                        lambda nodes, room: self.lines(nodes, room, cell),
                        lambda node: self._measured(node, cell),
                    ),
                    True,
                )
            case "hr":
                yield _Block([(Run("─" * width, ("dim",)),)], True)
            case "details":
                yield _Block(self._details(element, width, inside), True)
            case _:
                yield from self.blocks(element.children, width, inside)

    def _measured(self, cell: Element, place: _Place) -> int:
        """The width that a cell takes on the whole page. Measured once, or tables in tables would double the work."""
        if id(cell) not in self._natural:
            lines = self.lines((cell,), self.page, place)
            self._natural[id(cell)] = max(map(line_width, lines), default=0)
        return self._natural[id(cell)]

    def _code(self, element: Element, width: int, styles: Styles) -> list[Line]:
        flow = Flow(self.math_source, width, keeps_space=True)
        flow.add(element.children, with_style(styles, "code"))
        return list(code_lines(flow.pieces(), width))

    def _details(self, element: Element, width: int, place: _Place) -> list[Line]:
        summary: list[Node] = []
        rest: list[Node] = []
        for node in element.children:
            (summary if isinstance(node, Element) and node.name == "summary" else rest).append(node)
        head = hang(Run("▾ "), _INDENT, lambda room: self.lines(summary, room, place), width)
        return [*head, *hang(_INDENT, _INDENT, lambda room: self.lines(rest, room, place), width)]


def _joined(blocks: Iterator[_Block]) -> list[Line]:
    lines: list[Line] = []
    was_set_off = False
    for block in blocks:
        if not block.lines:
            continue
        if lines and lines[-1] and block.lines[0] and (was_set_off or block.is_set_off):
            lines.append(())
        lines += block.lines if lines else itertools.dropwhile(lambda line: not line, block.lines)
        was_set_off = block.is_set_off
    return lines


_GUTTER = Run("  ", ("code",))
_CONTINUED = Run("↪ ", ("dim",))


def code_lines(pieces: Sequence[tuple[str, Styles]], width: int) -> Iterator[Line]:
    """The lines of code given in pieces with their styles. The gutter, if there is room, marks continued lines."""
    text = "".join(text for text, _ in pieces)
    has_gutter = width - line_width((_GUTTER,)) >= NARROWEST
    room = width - line_width((_GUTTER,)) if has_gutter else width
    spans: list[tuple[int, int]] = []
    continued: list[bool] = []
    at = len(text) - len(text.lstrip("\n"))
    for line in text.strip("\n").split("\n"):
        parts = cut_text(text, at, at + len(line), room)
        spans += parts
        continued += [False] + [True] * (len(parts) - 1)
        at += len(line) + 1
    for is_continued, runs in zip(continued, sliced(pieces, spans), strict=True):
        yield ((_CONTINUED if is_continued else _GUTTER), *runs) if has_gutter else runs
