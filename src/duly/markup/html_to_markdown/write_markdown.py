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
_NUMBER = re.compile(r"^(\d{1,9})([.)])", re.MULTILINE)  # ``2.``, ``2)`` at the start of a line: a list in Markdown


class NotMarkdownError(Exception):
    """HTML that Markdown cannot express."""


class Care(Enum):
    """How much of a text is escaped: nothing, signs of HTML, or all possible signs of Markdown."""

    NONE = auto()
    HTML = auto()
    MARKDOWN = auto()


def write_markdown(
    tokens: Sequence[Token], care: Care, paths: Container[str], languages: Mapping[str, str], *, cloze: bool
) -> str:
    """The Markdown for tokens of the normal form. Raises `NotMarkdownError`.

    `paths` are the existing images and sounds: others stay as tags. `languages` has the languages of pieces of code.
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
        """The paragraphs and other blocks up to and including the end of the element `end`."""
        markdown = ""
        paragraph: list[str] = []
        while (token := self._next_token()) != Close(end):
            if token is None:
                if end:
                    raise NotMarkdownError
                break
            if isinstance(token, Open) and token.name in BLOCKS:
                markdown = _join(markdown, "".join(paragraph))
                paragraph = []
                is_tight = end == "li" and token.name in ("ul", "ol")
                markdown = _join(markdown, self._block(token), "\n" if is_tight else "\n\n")
            else:
                paragraph.append(self._inline(token))
        return _join(markdown, "".join(paragraph))

    def _next_token(self) -> Token | None:
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
            case Math(source, is_display):
                return self._formula(source, is_display=is_display)
            case Open():
                return self._element(token)
            case Close(name):
                return SIGNS.get(name) or f"</{name}>"

    def _element(self, token: Open) -> str:
        attributes = dict(token.attributes)
        if token.name in SIGNS and not attributes:
            return SIGNS[token.name]
        if token.name == "code" and not attributes:
            return _code(self._raw_text("code"))
        if token.name == "input" and attributes.keys() <= {"checked"} and self.tokens[self.at - 2] == Open("li"):
            return "[x]" if attributes else "[ ]"
        if token.name == "img" and attributes.keys() <= {"src", "alt"} and attributes.get("src") in self.paths:
            return f"![{self._label(attributes.get('alt', ''))}]({destination(attributes['src'])})"
        if token.name == "a" and attributes.keys() == {"href"} and attributes["href"]:
            return f"[{self._inline_until('a')}]({destination(attributes['href'], quoted=False)})"
        if token == Open("ruby") and (ruby := self._ruby()):
            return ruby
        if token.name in SIGNS:  # its end tag would be written as a sign
            raise NotMarkdownError
        attribute_text = "".join(f' {name}="{escape_html(value)}"' for name, value in token.attributes)
        return f"<{token.name}{attribute_text}>"

    def _ruby(self) -> str:
        """The ruby at this position as ``{汉字|hàn zì}``; "", without moving on, if it is more complex."""
        match self.tokens[self.at : self.at + 5]:
            case (str(base), Open("rt", ()), str(reading), Close("rt"), Close("ruby")):
                markdown = f"{{{base}|{reading}}}"
                if RUBY.fullmatch(markdown):
                    self.at += 5
                    return markdown
        return ""

    def _inline_until(self, name: str) -> str:
        """The inline content up to the end of the element."""
        parts: list[str] = []
        while (token := self._next_token()) != Close(name):
            if token is None or (isinstance(token, Open) and token.name in BLOCKS):
                raise NotMarkdownError
            parts.append(self._inline(token))
        return "".join(parts)

    def _raw_text(self, name: str) -> str:
        """The content up to the end of the element, which must be only text."""
        parts: list[str] = []
        while (token := self._next_token()) != Close(name):
            if not isinstance(token, str):
                raise NotMarkdownError
            parts.append(token)
        return "".join(parts)

    def _block(self, token: Open) -> str:
        if token.name in ("ul", "ol") and dict(token.attributes).keys() <= {"start"}:
            return self._list(token)
        if token.attributes:
            raise NotMarkdownError
        if token.name in HEADINGS:
            return f"{HEADINGS[token.name]} {self._line_until(token.name)}"
        match token.name:
            case "hr":
                return "---"
            case "pre":
                code = self._raw_text("pre")
                return _fenced(code, self.languages.get(code, ""))
            case "blockquote":
                return "\n".join(f"> {line}".rstrip() for line in self.flow("blockquote").split("\n"))
            case "table":
                return self._table()
        raise NotMarkdownError

    def _list(self, token: Open) -> str:
        number = dict(token.attributes).get("start", "1")
        if not re.fullmatch(r"\d{1,8}", number):
            raise NotMarkdownError
        items: list[str] = []
        while (member := self._next_token()) != Close(token.name):
            if member != Open("li"):
                raise NotMarkdownError
            sign = "- " if token.name == "ul" else f"{int(number) + len(items)}. "
            content = self.flow("li")
            if not content:
                raise NotMarkdownError
            items.append(sign + content.replace("\n", "\n" + " " * len(sign)))
        if not items:
            raise NotMarkdownError
        return re.sub(r"\n +(?=\n)", "\n", "\n".join(items))

    def _table(self) -> str:
        """A table whose first row is its header."""
        rows: list[list[str]] = []
        while (token := self._next_token()) != Close("table"):
            if token != Open("tr"):
                raise NotMarkdownError
            cells: list[str] = []
            while (cell := self._next_token()) != Close("tr"):
                kind = "td" if rows else "th"
                if cell != Open(kind):
                    raise NotMarkdownError
                cells.append(self._line_until(kind).replace("|", "\\|"))
            rows.append(cells)
        if not rows or any(len(row) != len(rows[0]) for row in rows):
            raise NotMarkdownError
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def _line_until(self, name: str) -> str:
        line = self._inline_until(name)
        if "\n" in line:
            raise NotMarkdownError
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
                # ``\[a\]`` would be a formula; with the first bracket escaped, the second needs no escape.
                return _NUMBER.sub(r"\1\\\2", signs.replace(r"\]", "]") if "[" in text else signs)
            case care:
                assert_never(care)

    def _label(self, text: str) -> str:
        return MARKDOWN_SIGNS.sub(r"\\\1", text)

    def _formula(self, source: str, *, is_display: bool) -> str:
        if "$" in source.replace("\\$", "") or "`" in source:
            raise NotMarkdownError
        if not is_display:
            return f"${source}$"
        return f"$${source}$$" if self.cloze else f"\n$${source}$$\n"


def _join(before: str, block: str, gap: str = "\n\n") -> str:
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
