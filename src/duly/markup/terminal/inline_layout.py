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
r"""The line end of ``汉\n字``, which is no space between the two."""


def with_style(styles: Styles, name: str) -> Styles:
    return styles if name in styles else (*styles, name)


def styled(element: Element, styles: Styles) -> Styles:
    """The styles of what stands in an element."""
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
        """`math_source` shows formulas as their LaTeX, and `room` is how many cells wide a drawn one may be.

        `keeps_space` is for preformatted text.
        """
        self._math_source = math_source
        self._room = room
        self._keeps_space = keeps_space
        self._pieces: list[tuple[str, Styles]] = []
        self._is_fresh = True
        self._ends_line = False

    def add(self, nodes: Sequence[Node], styles: Styles) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._text(node, styles)
            else:
                self._element(node, styles)

    def lines(self, width: int) -> list[Line]:
        """Everything added, in lines of at most `width` cells; none if there is nothing, an empty one for ``<br>``."""
        has_break = bool(self._pieces)
        pieces = self.pieces()
        text = "".join(text for text, _ in pieces)
        if not text:
            return [()] * has_break
        return sliced(pieces, wrap(text, width))

    def pieces(self) -> list[tuple[str, Styles]]:
        """Everything added, without the white space at its end."""
        while self._pieces and not self._keeps_space:
            text, styles = self._pieces.pop()
            if shown := text.rstrip(" \n"):
                self._pieces.append((shown, styles))
                break
        return self._pieces

    def _text(self, text: str, styles: Styles) -> None:
        text = safe_for_terminal(text)
        if "code" in styles or ("\\" not in text and "[" not in text):
            self._plain(text, styles)
            return
        for piece in split_formulas(text):
            if isinstance(piece, str):
                self._sounds(piece, styles)
            elif piece.display:
                self._display(piece.source, with_style(styles, "math"))
            else:
                shown = None if self._math_source else unicode_math(piece.source)
                self._put(shown or WHITE_SPACE.sub(" ", piece.source.strip()), with_style(styles, "math"))

    def _sounds(self, text: str, styles: Styles) -> None:
        for at, part in enumerate(SOUND.split(text)):
            if at % 2:
                self._put(f"♪ {part}", with_style(styles, "link"))
            else:
                self._plain(part, styles)

    def _display(self, source: str, styles: Styles) -> None:
        self._fresh_line()
        for line in self._formula(source):
            self._put(DISPLAY_INDENT + line, styles)
            self._fresh_line()

    def _formula(self, source: str) -> Sequence[str]:
        """A formula drawn in two dimensions where that serves and there is room, in one line, or as its source."""
        if self._math_source:
            return source_lines(source)
        rows = draw_math(source)
        if rows and cell_len(DISPLAY_INDENT + rows[0]) <= self._room:
            return rows
        shown = unicode_math(source)
        return [shown] if shown else source_lines(source)

    def _plain(self, text: str, styles: Styles) -> None:
        if self._keeps_space:
            self._put(text.expandtabs(4), styles)
            return
        if "\n" in text:
            text = _BREAK_IN_HAN.sub("", text)
        text = WHITE_SPACE.sub(" ", text)
        if self._is_fresh or self._ends_line or (self._pieces and self._pieces[-1][0].endswith(" ")):
            text = text.removeprefix(" ")
        self._put(text, styles)

    def _put(self, text: str, styles: Styles) -> None:
        if not text:
            return
        if self._ends_line:
            self._newline()
        self._pieces.append((text, styles))
        self._is_fresh = False

    def _newline(self) -> None:
        self._ends_line = False
        if self._pieces and not self._keeps_space:
            text, styles = self._pieces.pop()
            self._pieces.append((text.rstrip(" "), styles))
        self._pieces.append(("\n", ()))
        self._is_fresh = True

    def _fresh_line(self) -> None:
        """What comes next begins a line; a break that would come next is this one."""
        if not self._is_fresh:
            self._ends_line = True

    def _element(self, element: Element, styles: Styles) -> None:
        inside = styled(element, styles)
        match element.name:
            case "br":
                self._newline()
            case "img":
                self._image(element, styles)
            case "input":
                self._put("☑ " if "checked" in element.attributes else "☐ ", styles)
            case "ruby":
                self._ruby(element.children, inside)
            case "sub" | "sup":
                self._script(element, inside)
            case "q":
                self.add(("“", *element.children, "”"), inside)
            case "a":
                self._link(element, inside)
            case name if name in BLOCKS:
                self._fresh_line()
                self.add(element.children, inside)
                self._fresh_line()
            case _:
                self.add(element.children, inside)

    def _image(self, image: Element, styles: Styles) -> None:
        alt, path = (" ".join(safe_for_terminal(image.attributes.get(name, "")).split()) for name in ("alt", "src"))
        self._put("▣ " + (alt or path), (*with_style(styles, "link"), *([PICTURE + path] if path else ())))
        if alt and path and alt != path:
            self._put(f" ({path})", with_style(styles, "dim"))

    def _link(self, link: Element, styles: Styles) -> None:
        self.add(link.children, styles)
        address = safe_for_terminal(link.attributes.get("href", ""))
        if address.startswith(("http:", "https:")) and text_of(link.children).strip() not in (address, ""):
            self._put(f" ({address})", with_style(styles, "dim"))

    def _script(self, element: Element, styles: Styles) -> None:
        raised = superscript if element.name == "sup" else subscript
        text = safe_for_terminal(text_of(element.children)).strip()
        if text:
            self._put(raised(text), styles)
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


def sliced(pieces: Sequence[tuple[str, Styles]], spans: Sequence[tuple[int, int]]) -> list[Line]:
    """The stretches of a text, given as pieces with their styles, as lines. The stretches come in ascending order."""
    lines: list[Line] = []
    index = begin = 0
    for start, end in spans:
        runs: list[Run] = []
        while index < len(pieces) and begin + len(pieces[index][0]) <= start:
            begin += len(pieces[index][0])
            index += 1
        while index < len(pieces) and begin < end:
            text, styles = pieces[index]
            if shown := text[max(start - begin, 0) : end - begin]:
                if runs and runs[-1].styles == styles:
                    shown = runs.pop().text + shown
                runs.append(Run(shown, styles))
            if begin + len(text) > end:
                break
            begin += len(text)
            index += 1
        lines.append(tuple(runs))
    return lines
