"""Lays out inline content: styled text with white space collapsed as in HTML, ready to be broken into lines."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

from duly.markup.characters import safe_for_terminal
from duly.markup.html.html_tree import BLOCKS, Element, Node
from duly.markup.html.plain_text import SOUND, WHITE_SPACE
from duly.markup.math.find_formulas import split_formulas
from duly.markup.math.one_line import source_lines, unicode_math
from duly.markup.math.symbols import subscript, superscript
from duly.markup.math.two_dimensional import draw_math
from duly.markup.terminal.line_breaking import wrap
from duly.markup.terminal.styled_lines import PICTURE, Line, Run, Styles

DISPLAY_INDENT = "  "

_STYLES = {
    "a": "link", "b": "strong", "cite": "em", "code": "code", "del": "strike", "dfn": "em", "em": "em", "i": "em",
    "ins": "underline", "kbd": "kbd", "mark": "mark", "s": "strike", "samp": "code", "small": "dim",
    "strike": "strike", "strong": "strong", "summary": "strong", "th": "strong", "tt": "code", "u": "underline",
    "var": "em",
}  # fmt: skip
_CLASSES = frozenset(("cloze", "cloze-inactive", "dim", "mark", "option"))
_TOKEN_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}")  # ``k``, ``s1``: a short class of Pygments, not ``highlight``
_BREAK_IN_HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
r"""The line end of ``汉\n字``, which is not shown as a space."""


def with_style(styles: Styles, name: str) -> Styles:
    return styles if name in styles else (*styles, name)


def styles_of(element: Element, styles: Styles) -> Styles:
    """The styles inside an element."""
    if name := _STYLES.get(element.name):
        styles = with_style(styles, name)
    for name in element.classes:
        if name in _CLASSES:
            styles = with_style(styles, name)
        elif "code" in styles and element.name == "span" and _TOKEN_CLASS.fullmatch(name):
            styles = with_style(styles, f"token-{name}")
    return styles


class Flow:
    """Collects the inline content of one paragraph."""

    def __init__(self, math_source: bool, room: int, keeps_space: bool = False) -> None:
        """`math_source` shows formulas as LaTeX; `room` is the maximum width of a drawn formula in cells.

        `keeps_space` is for preformatted text.
        """
        self._math_source = math_source
        self._room = room
        self._keeps_space = keeps_space
        self._pieces: list[tuple[str, Styles]] = []
        self._is_at_line_start = True
        self._ends_line = False

    def add(self, nodes: Sequence[Node], styles: Styles) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._add_text(node, styles)
            else:
                self._element(node, styles)

    def lines(self, width: int) -> list[Line]:
        """The content in lines of at most `width` cells; none if it is empty, an empty line for ``<br>``."""
        has_break = bool(self._pieces)
        pieces = self.pieces()
        text = "".join(text for text, _ in pieces)
        if not text:
            return [()] * has_break
        return slice_runs(pieces, wrap(text, width))

    def pieces(self) -> list[tuple[str, Styles]]:
        """The content without white space at its end."""
        while self._pieces and not self._keeps_space:
            text, styles = self._pieces.pop()
            if stripped_text := text.rstrip(" \n"):
                self._pieces.append((stripped_text, styles))
                break
        return self._pieces

    def _add_text(self, text: str, styles: Styles) -> None:
        text = safe_for_terminal(text)
        if "code" in styles or ("\\" not in text and "[" not in text):
            self._add_plain(text, styles)
            return
        for piece in split_formulas(text):
            if isinstance(piece, str):
                self._add_sounds(piece, styles)
            elif piece.is_display:
                self._add_display(piece.source, with_style(styles, "math"))
            else:
                line_text = None if self._math_source else unicode_math(piece.source)
                self._append(line_text or WHITE_SPACE.sub(" ", piece.source.strip()), with_style(styles, "math"))

    def _add_sounds(self, text: str, styles: Styles) -> None:
        for at, part in enumerate(SOUND.split(text)):
            if at % 2:
                self._append(f"♪ {part}", with_style(styles, "link"))
            else:
                self._add_plain(part, styles)

    def _add_display(self, source: str, styles: Styles) -> None:
        self._start_line()
        for line in self._formula(source):
            self._append(DISPLAY_INDENT + line, styles)
            self._start_line()

    def _formula(self, source: str) -> Sequence[str]:
        """A formula drawn in two dimensions if needed and if there is room, in one line, or as its source."""
        if self._math_source:
            return source_lines(source)
        rows = draw_math(source)
        if rows and cell_len(DISPLAY_INDENT + rows[0]) <= self._room:
            return rows
        line = unicode_math(source)
        return [line] if line else source_lines(source)

    def _add_plain(self, text: str, styles: Styles) -> None:
        if self._keeps_space:
            self._append(text.expandtabs(4), styles)
            return
        if "\n" in text:
            text = _BREAK_IN_HAN.sub("", text)
        text = WHITE_SPACE.sub(" ", text)
        if self._is_at_line_start or self._ends_line or (self._pieces and self._pieces[-1][0].endswith(" ")):
            text = text.removeprefix(" ")
        self._append(text, styles)

    def _append(self, text: str, styles: Styles) -> None:
        if not text:
            return
        if self._ends_line:
            self._newline()
        self._pieces.append((text, styles))
        self._is_at_line_start = False

    def _newline(self) -> None:
        self._ends_line = False
        if self._pieces and not self._keeps_space:
            text, styles = self._pieces.pop()
            self._pieces.append((text.rstrip(" "), styles))
        self._pieces.append(("\n", ()))
        self._is_at_line_start = True

    def _start_line(self) -> None:
        """Begins a line with the next text; a line break before it is not doubled."""
        if not self._is_at_line_start:
            self._ends_line = True

    def _element(self, element: Element, styles: Styles) -> None:
        inner_styles = styles_of(element, styles)
        match element.name:
            case "br":
                self._newline()
            case "img":
                self._image(element, styles)
            case "input":
                self._append("☑ " if "checked" in element.attributes else "☐ ", styles)
            case "ruby":
                self._ruby(element.children, inner_styles)
            case "sub" | "sup":
                self._script(element, inner_styles)
            case "q":
                self.add(("“", *element.children, "”"), inner_styles)
            case "a":
                self._link(element, inner_styles)
            case name if name in BLOCKS:
                self._start_line()
                self.add(element.children, inner_styles)
                self._start_line()
            case _:
                self.add(element.children, inner_styles)

    def _image(self, image: Element, styles: Styles) -> None:
        alt, path = (" ".join(safe_for_terminal(image.attributes.get(name, "")).split()) for name in ("alt", "src"))
        self._append("▣ " + (alt or path), (*with_style(styles, "link"), *([PICTURE + path] if path else ())))
        if alt and path and alt != path:
            self._append(f" ({path})", with_style(styles, "dim"))

    def _link(self, link: Element, styles: Styles) -> None:
        self.add(link.children, styles)
        address = safe_for_terminal(link.attributes.get("href", ""))
        if address.startswith(("http:", "https:")) and text_of(link.children).strip() not in (address, ""):
            self._append(f" ({address})", with_style(styles, "dim"))

    def _script(self, element: Element, styles: Styles) -> None:
        to_script = superscript if element.name == "sup" else subscript
        text = safe_for_terminal(text_of(element.children)).strip()
        if text:
            self._append(to_script(text), styles)
        elif element.children:
            self.add(element.children, styles)

    def _ruby(self, nodes: Sequence[Node], styles: Styles) -> None:
        for node in nodes:
            if isinstance(node, str) or node.name not in ("rt", "rp", "rtc", "rb"):
                self.add((node,), styles)
            elif node.name == "rb":
                self.add(node.children, styles)
            elif node.name == "rtc":
                self._ruby(node.children, styles)
            elif node.name == "rt" and text_of(node.children).strip():
                self.add(("(", *node.children, ")"), with_style(styles, "dim"))


def text_of(nodes: Sequence[Node]) -> str:
    """The bare text of nodes."""
    return "".join(node if isinstance(node, str) else text_of(node.children) for node in nodes)


def slice_runs(pieces: Sequence[tuple[str, Styles]], spans: Sequence[tuple[int, int]]) -> list[Line]:
    """The spans of a text as lines; the text is given in pieces with styles, the spans in ascending order."""
    lines: list[Line] = []
    index = piece_start = 0
    for start, end in spans:
        runs: list[Run] = []
        while index < len(pieces) and piece_start + len(pieces[index][0]) <= start:
            piece_start += len(pieces[index][0])
            index += 1
        while index < len(pieces) and piece_start < end:
            text, styles = pieces[index]
            if run_text := text[max(start - piece_start, 0) : end - piece_start]:
                if runs and runs[-1].styles == styles:
                    run_text = runs.pop().text + run_text
                runs.append(Run(run_text, styles))
            if piece_start + len(text) > end:
                break
            piece_start += len(text)
            index += 1
        lines.append(tuple(runs))
    return lines
