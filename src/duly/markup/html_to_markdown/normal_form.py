"""A normal form of HTML: fragments with the same normal form look the same on a card."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duly.markup.characters import clean_text
from duly.markup.html.html_tree import Element, Node, parse_html
from duly.markup.html.plain_text import SOUND, WHITE_SPACE
from duly.markup.math.find_formulas import split_formulas

SYNONYMS = {"b": "strong", "i": "em", "strike": "del", "s": "del"}
EMPHASIS = ("strong", "em", "del")
LINE_ENDS = {"div": 1, "p": 2}
"""The number of line ends around such an element."""
WITHOUT_MEANING = ("span", "font", "tbody", "thead", "tfoot", *LINE_ENDS)
"""Elements without meaning if they have no attributes."""
_BLOCK_NAMES = """
address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
header hr li ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
VOID = ("br", "hr", "img", "input", "wbr")

_LEADING_SPACE = re.compile(r"(?:\s|&nbsp;|<br\s{0,4}/?>)*", re.IGNORECASE)  # the ``<br> &nbsp;`` of ``<br> &nbsp;a``
_LAST_SPACE = re.compile(r"(?:\s|&nbsp;|<br\s{0,4}/?>)\Z", re.IGNORECASE)  # the ``<br>`` of ``a &nbsp;<br>``
_LONGEST_LAST_SPACE = len("<br    />")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
"""``<!-- a -->``, and what browsers take for a comment: ``<?a>``, ``<!a>``."""
_LATEX = tuple(
    (re.compile(re.escape(anki), re.IGNORECASE), mathjax)
    for anki, mathjax in (
        ("[$$]", r"\\["),
        ("[/$$]", r"\\]"),
        ("[$]", r"\\("),
        ("[/$]", r"\\)"),
        ("[latex]", r"\\["),
        ("[/latex]", r"\\]"),
    )
)
"""Anki's own delimiters of formulas, as in ``[$]x^2[/$]``, and those of MathJax, as replacements."""
_LINE_TAG = re.compile(r"</?(?:br|div|p)\s*/?>|&nbsp;", re.IGNORECASE)  # ``<br>``, ``</div>``, ``&nbsp;``


@dataclass(frozen=True, slots=True)
class Open:
    """The start of an element; a void element has no `Close`."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """The end of an element."""

    name: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in LaTeX, without delimiters."""

    source: str
    is_display: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A line end, or with `lines` above 1 also blank lines."""

    lines: int


Token = str | Open | Close | Math | Break
SPACE = " "


@lru_cache(maxsize=8)
def normal_form(html: str) -> tuple[Token, ...]:
    """The tokens of an HTML fragment in normal form."""
    normaliser = _Normaliser([])
    normaliser.nodes(parse_html(_COMMENT.sub("<!---->", with_mathjax(trim_html(html)))))
    return tuple(normaliser.finish())


def trim_html(html: str) -> str:
    """The HTML without control characters and without white space (also unbreakable) and line ends at its ends."""
    html = clean_text(html)
    start = match.end() if (match := _LEADING_SPACE.match(html)) else 0
    end = len(html)
    while end > start and (match := _LAST_SPACE.search(html, max(start, end - _LONGEST_LAST_SPACE), end)):
        end = match.start()
    return html[start:end]


def with_mathjax(html: str) -> str:
    r"""The HTML with all formulas, also those of Anki's LaTeX tags, as ``\(…\)`` and ``\[…\]`` without tags inside."""
    if "[" in html:
        for pattern, delimiter in _LATEX:
            html = pattern.sub(delimiter, html)
    if "\\" not in html:
        return html
    return "".join(
        [piece if isinstance(piece, str) else _LINE_TAG.sub(" ", piece.latex) for piece in split_formulas(html)]
    )


@dataclass(slots=True)
class _Normaliser:
    tokens: list[Token]
    breaks: int = 0

    def nodes(self, nodes: Sequence[Node], ancestors: tuple[str, ...] = ()) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._preformatted(node) if "pre" in ancestors else self._text(node)
            else:
                self._element(node, ancestors)

    def finish(self) -> list[Token]:
        while self.tokens and self.tokens[-1] == SPACE:
            self.tokens.pop()
        return self.tokens

    def _element(self, element: Element, ancestors: tuple[str, ...]) -> None:
        name = SYNONYMS.get(element.name, element.name)
        attributes = _attributes(element)
        if name == "img" and not element.attributes.get("src"):  # an image without a path shows its alt text
            self.nodes((element.attributes.get("alt", ""),), ancestors)
        elif name == "br":
            self._preformatted("\n") if "pre" in ancestors else self._break(self.breaks + 1)
        elif not attributes and (name in WITHOUT_MEANING or (name in ancestors and name in EMPHASIS)):
            self._break(LINE_ENDS.get(name, 0))
            self.nodes(element.children, ancestors)
            self._break(LINE_ENDS.get(name, 0))
        elif "pre" in ancestors and (name == "code" or "code" in element.classes or _is_colour(element)):
            self.nodes(element.children, ancestors)
        elif name == "pre":
            self._block(Open("pre", tuple(pair for pair in attributes if pair != ("class", "code"))))
            self.nodes(element.children, (*ancestors, "pre"))
            self._end_of_code()
        elif name in BLOCKS:
            self._block(Open(name, attributes))
            self.nodes(element.children, ancestors)
            if name not in VOID:
                self._block(Close(name))
        else:
            self._inline(Open(name, attributes), element, ancestors)

    def _inline(self, opening: Open, element: Element, ancestors: tuple[str, ...]) -> None:
        if opening.name in VOID:
            self._flush()
            self.tokens.append(opening)
            return
        if self.breaks == 0 and opening.name in EMPHASIS and self.tokens[-1:] == [Close(opening.name)]:
            self.tokens.pop()
        else:
            self._flush()
            self.tokens.append(opening)
        start = len(self.tokens)
        self.nodes(element.children, (*ancestors, opening.name))
        space = len(self.tokens) > start and self.tokens[-1] == SPACE and bool(self.tokens.pop())
        if self.tokens[-1] == opening and not opening.attributes:
            self.tokens.pop()
        else:
            self.tokens.append(Close(opening.name))
        if space:
            self._space()

    def _text(self, text: str) -> None:
        for piece in split_formulas(text):
            if isinstance(piece, str):
                self._sounds(piece)
            elif piece.is_display:
                self._block(Math(" ".join(piece.source.split()), is_display=True))
            else:
                self._flush()
                self.tokens.append(Math(" ".join(piece.source.split()), is_display=False))

    def _sounds(self, text: str) -> None:
        for at, part in enumerate(SOUND.split(text)):
            if at % 2:
                self._flush()
                self.tokens.append(Open("img", (("src", part),)))
            else:
                self._words(part)

    def _words(self, text: str) -> None:
        words = WHITE_SPACE.sub(SPACE, text)
        inner = words.strip(SPACE)
        if words.startswith(SPACE):
            self._space()
        if inner:
            self._flush()
            self._append(inner)
            if words.endswith(SPACE):
                self._space()

    def _append(self, word: str) -> None:
        """Adds words to the words before, so that a text is one token however it was split."""
        if self.tokens[-1:] == [SPACE] and len(self.tokens) > 1 and isinstance(self.tokens[-2], str):
            self.tokens.pop()
            self.tokens[-1] = f"{self.tokens[-1]} {word}"
        elif self.tokens and isinstance(self.tokens[-1], str) and self.tokens[-1] != SPACE:
            self.tokens[-1] += word
        else:
            self.tokens.append(word)

    def _space(self) -> None:
        """Adds a space, except at the beginning of a line."""
        at = self._index_outside_emphasis()
        before = self.tokens[at - 1] if at else Break(1)
        if self.breaks or before == SPACE or isinstance(before, Break) or _is_edge(before):
            return
        self.tokens.insert(at, SPACE)

    def _index_outside_emphasis(self) -> int:
        """The index in the tokens before the emphasis that has just begun."""
        at = len(self.tokens)
        while at and isinstance(opening := self.tokens[at - 1], Open) and opening.name in EMPHASIS:
            at -= 1
        return at

    def _preformatted(self, text: str) -> None:
        if isinstance(self.tokens[-1], str):
            self.tokens[-1] += text
        else:
            self.tokens.append(text)

    def _end_of_code(self) -> None:
        code = self.tokens[-1]
        if isinstance(code, str):
            self.tokens[-1:] = [code.strip("\n")] if code.strip() else []
        self.tokens.append(Close("pre"))

    def _break(self, lines: int) -> None:
        self.breaks = max(self.breaks, lines)

    def _flush(self) -> None:
        """Adds pending breaks, except beside a block."""
        if not self.breaks:
            return
        lines, self.breaks = self.breaks, 0
        self._drop_space()
        at = self._index_outside_emphasis()
        if at and not _is_edge(self.tokens[at - 1]):
            self.tokens.insert(at, Break(lines))

    def _block(self, token: Token) -> None:
        self.breaks = 0
        self._drop_space()
        self.tokens.append(token)

    def _drop_space(self) -> None:
        if self.tokens and self.tokens[-1] == SPACE:
            self.tokens.pop()


def _is_edge(token: Token) -> bool:
    if isinstance(token, Math):
        return token.is_display
    return isinstance(token, Open | Close) and token.name in BLOCKS


def _is_colour(element: Element) -> bool:
    """Whether an element only colours code."""
    return element.name == "span" and element.attributes.keys() <= {"class"}


def _attributes(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_lasting_attributes(element)))


def _lasting_attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attributes.items():
        if element.name == "img" and (name, value) == ("alt", ""):
            continue
        if element.name == "input" and name in ("type", "disabled"):
            continue
        yield name, value
