"""Writes HTML in its normal form as Markdown."""

import html as entities
import re
from collections.abc import Container, Mapping, Sequence
from enum import Enum, auto
from typing import assert_never

from duly.cards.media_references import destination
from duly.markup.characters import escape_html
from duly.markup.html.ruby import RUBY, escape_ruby
from duly.markup.html_to_markdown.normal_form import BLOCKS, Break, Close, Math, Open, Token

SIGNS = {"strong": "**", "em": "*", "del": "~~"}
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>&$~|#+=!-])")
"""Every character that may be a sign of Markdown somewhere, such as ``*``."""
_NUMBER = re.compile(r"^(\d{1,9})([.)])", re.MULTILINE)  # ``2.``, ``2)`` where a line begins: a list in Markdown


class UnfitError(Exception):
    """Something that Markdown has no way to write."""


class Care(Enum):
    """How much of a text is escaped: nothing, what HTML takes for its own, whatever Markdown could take for a sign."""

    NONE = auto()
    HTML = auto()
    MARKDOWN = auto()


def write_markdown(
    tokens: Sequence[Token], care: Care, paths: Container[str], languages: Mapping[str, str], *, cloze: bool
) -> str:
    """The Markdown of a shape. Raises `UnfitError`.

    `paths` are those of the images and sounds that are there: of any other one the tag is kept. `languages` names the
    language of a piece of code.
    """
    return _Writer(tokens, care, paths, languages, cloze).flow("").strip("\n")


class _Writer:
    """Writes tokens from the left."""

    def __init__(
        self, tokens: Sequence[Token], care: Care, paths: Container[str], languages: Mapping[str, str], cloze: bool
    ) -> None:
        self.tokens = tokens
        self.care = care
        self.paths = paths
        self.languages = languages
        self.cloze = cloze
        self.at = 0

    def flow(self, end: str) -> str:
        """Everything up to the end of the element `end`, which is passed: paragraphs and other blocks."""
        written = ""
        paragraph: list[str] = []
        while (token := self._next()) != Close(end):
            if token is None:
                if end:
                    raise UnfitError
                break
            if isinstance(token, Open) and token.name in BLOCKS:
                written = _joined(written, "".join(paragraph))
                paragraph = []
                is_tight = end == "li" and token.name in ("ul", "ol")
                written = _joined(written, self._block(token), "\n" if is_tight else "\n\n")
            else:
                paragraph.append(self._inline(token))
        return _joined(written, "".join(paragraph))

    def _next(self) -> Token | None:
        if self.at >= len(self.tokens):
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def _inline(self, token: Token) -> str:
        match token:
            case str():
                return self._text(token)
            case Break(1):
                return "\n"
            case Break(lines):
                return "\n\n" + "<br>" * (lines - 2)
            case Math(source, display):
                return self._formula(source, display=display)
            case Open():
                return self._element(token)
            case Close(name):
                return SIGNS.get(name) or f"</{name}>"

    def _element(self, token: Open) -> str:
        attributes = dict(token.attributes)
        if token.name in SIGNS and not attributes:
            return SIGNS[token.name]
        if token.name == "code" and not attributes:
            return _code(self._raw("code"))
        if token.name == "input" and attributes.keys() <= {"checked"} and self.tokens[self.at - 2] == Open("li"):
            return "[x]" if attributes else "[ ]"
        if token.name == "img" and attributes.keys() <= {"src", "alt"} and attributes.get("src") in self.paths:
            return f"![{self._label(attributes.get('alt', ''))}]({destination(attributes['src'])})"
        if token.name == "a" and attributes.keys() == {"href"} and attributes["href"]:
            return f"[{self._until('a')}]({destination(attributes['href'], quoted=False)})"
        if token == Open("ruby") and (ruby := self._ruby()):
            return ruby
        if token.name in SIGNS:  # its end would be taken for the sign's
            raise UnfitError
        written = "".join(f' {name}="{escape_html(value)}"' for name, value in token.attributes)
        return f"<{token.name}{written}>"

    def _ruby(self) -> str:
        """What begins here as ``{汉字|hàn zì}``; nothing, and nothing passed, where it is not as simple as that."""
        match self.tokens[self.at : self.at + 5]:
            case (str(base), Open("rt", ()), str(reading), Close("rt"), Close("ruby")):
                written = f"{{{base}|{reading}}}"
                if RUBY.fullmatch(written):
                    self.at += 5
                    return written
        return ""

    def _until(self, name: str) -> str:
        """Inline content up to the end of the element."""
        parts: list[str] = []
        while (token := self._next()) != Close(name):
            if token is None or (isinstance(token, Open) and token.name in BLOCKS):
                raise UnfitError
            parts.append(self._inline(token))
        return "".join(parts)

    def _raw(self, name: str) -> str:
        """Content up to the end of the element, which must be text alone."""
        parts: list[str] = []
        while (token := self._next()) != Close(name):
            if not isinstance(token, str):
                raise UnfitError
            parts.append(token)
        return "".join(parts)

    def _block(self, token: Open) -> str:
        if token.name in ("ul", "ol") and dict(token.attributes).keys() <= {"start"}:
            return self._list(token)
        if token.attributes:
            raise UnfitError
        if token.name in HEADINGS:
            return f"{HEADINGS[token.name]} {self._line(token.name)}"
        match token.name:
            case "hr":
                return "---"
            case "pre":
                code = self._raw("pre")
                return _fenced(code, self.languages.get(code, ""))
            case "blockquote":
                return "\n".join(f"> {line}".rstrip() for line in self.flow("blockquote").split("\n"))
            case "table":
                return self._table()
        raise UnfitError

    def _list(self, token: Open) -> str:
        number = dict(token.attributes).get("start", "1")
        if not re.fullmatch(r"\d{1,8}", number):
            raise UnfitError
        items: list[str] = []
        while (member := self._next()) != Close(token.name):
            if member != Open("li"):
                raise UnfitError
            sign = "- " if token.name == "ul" else f"{int(number) + len(items)}. "
            content = self.flow("li")
            if not content:
                raise UnfitError
            items.append(sign + content.replace("\n", "\n" + " " * len(sign)))
        if not items:
            raise UnfitError
        return re.sub(r"\n +(?=\n)", "\n", "\n".join(items))

    def _table(self) -> str:
        """A table whose first row is its head, as Markdown has it."""
        rows: list[list[str]] = []
        while (token := self._next()) != Close("table"):
            if token != Open("tr"):
                raise UnfitError
            cells: list[str] = []
            while (cell := self._next()) != Close("tr"):
                kind = "td" if rows else "th"
                if cell != Open(kind):
                    raise UnfitError
                cells.append(self._line(kind).replace("|", "\\|"))
            rows.append(cells)
        if not rows or any(len(row) != len(rows[0]) for row in rows):
            raise UnfitError
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def _line(self, name: str) -> str:
        line = self._until(name)
        if "\n" in line:
            raise UnfitError
        return line

    def _text(self, text: str) -> str:
        return escape_ruby(self._escaped(text))

    def _escaped(self, text: str) -> str:
        match self.care:
            case Care.NONE:
                return text
            case Care.HTML:
                return entities.escape(text, quote=False)
            case Care.MARKDOWN:
                signs = MARKDOWN_SIGNS.sub(r"\\\1", text)
                # ``\[a\]`` would be a formula; with the first bracket escaped, the second is a sign like any other.
                return _NUMBER.sub(r"\1\\\2", signs.replace(r"\]", "]") if "[" in text else signs)
            case unknown:
                assert_never(unknown)

    def _label(self, text: str) -> str:
        return MARKDOWN_SIGNS.sub(r"\\\1", text)

    def _formula(self, source: str, *, display: bool) -> str:
        if "$" in source.replace("\\$", "") or "`" in source:
            raise UnfitError
        if not display:
            return f"${source}$"
        return f"$${source}$$" if self.cloze else f"\n$${source}$$\n"


def _joined(before: str, block: str, gap: str = "\n\n") -> str:
    block = block.strip("\n")
    return before + gap + block if before and block else before + block


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _fenced(code: str, language: str) -> str:
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"
