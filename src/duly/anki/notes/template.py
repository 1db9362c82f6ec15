"""What a side of a card template shows: its fields, how they are shown, and the words around them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from duly.markup.html.plain_text import plain_text
from duly.markup.html_to_markdown.from_html import from_html

_TAG = re.compile(r"\{\{(?P<sign>[#^/!]?)(?P<content>[^{}]*)\}\}")  # ``{{Word}}``, ``{{#Word}}``, ``{{kanji:Word}}``
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)  # ``<!-- a note -->``
SPECIAL = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "CardID"))
"""Names in templates that look like fields but are not."""

READINGS = frozenset(("kanji", "kana", "furigana"))
"""Filters that show a part of ``食[た]べる``, or the reading above the character."""

_FIRST_PLACEHOLDER = 0xF0000
_FIELD_PLACEHOLDER = re.compile("[\U000f0000-\U000fffff]")
"""Placeholders for fields, by number, while words are split at fields: U+F0001 for the second field."""
_OTHER_INSERTION = "\U00100000"
"""The placeholder for anything else that a template inserts, such as the tags of the note."""


class Piece(str):
    """A field as a template names it: ``Word``, or ``kanji:Word`` if only a part of it is shown."""

    __slots__ = ()

    @property
    def field(self) -> str:
        return self.rpartition(":")[2]

    @property
    def reading(self) -> str:
        """The filter that shows a part of the field, "" for the whole field."""
        return self.rpartition(":")[0]

    @property
    def is_whole(self) -> bool:
        """Whether the whole content of the field is shown, so that it can be written back."""
        return self.reading in ("", "furigana")


@dataclass(frozen=True, slots=True)
class Side:
    """The fields of one side of a card, each once, in their order.

    `fields` are shown at once, `hints` on demand; `inputs` are to be typed; `clozes` have cloze deletions;
    `conditions` only decide what is shown.
    """

    fields: tuple[Piece, ...]
    hints: tuple[Piece, ...]
    inputs: tuple[Piece, ...]
    clozes: tuple[Piece, ...]
    conditions: tuple[str, ...]


def side(template: str, filled_fields: Collection[str] = (), empty_fields: Collection[str] = ()) -> Side:
    """What a side of a template shows if the `filled_fields` have content and the `empty_fields` do not.

    Conditions on any other field count as met.
    """
    pieces_by_role: dict[str, dict[Piece, None]] = {role: {} for role in ("fields", "hints", "inputs", "clozes")}
    conditions: dict[str, None] = {}
    for part in _parts(template, filled_fields, empty_fields):
        if isinstance(part, str) or not part.name or part.name in SPECIAL:
            continue
        if part.sign:
            conditions[part.name] = None
        else:
            pieces_by_role[part.role][part.piece] = None
    return Side(**{role: tuple(pieces) for role, pieces in pieces_by_role.items()}, conditions=tuple(conditions))


@lru_cache(maxsize=256)
def words_around(
    template: str, filled_fields: Collection[str], empty_fields: Collection[str], pieces: tuple[Piece, ...]
) -> tuple[str, ...]:
    """The words of a side before the first of the fields `pieces`, between them, and after the last, as Markdown.

    Empty if there are no words, or if the side shows the fields in another order or one of them twice. Lines with
    nothing but other insertions, such as the tags of the note or a type-in input, are left out.
    """
    text = "".join(_with_placeholder(part, pieces) for part in _parts(template, filled_fields, empty_fields))
    lines = [line.replace(_OTHER_INSERTION, "") for line in plain_text(text).split("\n") if _has_content(line)]
    visible_text = "\n".join(lines)
    if _FIELD_PLACEHOLDER.findall(visible_text) != [chr(_FIRST_PLACEHOLDER + number) for number in range(len(pieces))]:
        return ()
    words = tuple(_to_markdown(gap) for gap in _FIELD_PLACEHOLDER.split(visible_text.strip()))
    return words if any(map(_has_letters, words)) else ()


class _Tag(NamedTuple):
    """A tag of a template, such as ``{{kanji:Word}}`` or ``{{#Word}}``."""

    sign: str
    name: str
    filters: tuple[str, ...]

    @property
    def role(self) -> str:
        if "cloze" in self.filters or "cloze-only" in self.filters:
            return "clozes"
        if "type" in self.filters:
            return "inputs"
        return "hints" if "hint" in self.filters else "fields"

    @property
    def piece(self) -> Piece:
        readings = [name for name in self.filters if name in READINGS]
        return Piece(f"{readings[-1]}:{self.name}" if readings and self.role in ("fields", "hints") else self.name)


def _parts(template: str, filled_fields: Collection[str], empty_fields: Collection[str]) -> Iterator[str | _Tag]:
    """The HTML and the tags of a template, without hidden sections, but with their conditions."""
    hiding_fields = {"#": empty_fields, "^": filled_fields}
    text = _COMMENT.sub("", template)
    sections: list[bool] = []
    position = 0
    for match in _TAG.finditer(text):
        if all(sections):
            yield text[position : match.start()]
        position = match.end()
        *filters, name = (part.strip() for part in match["content"].split(":"))
        tag = _Tag(match["sign"], name, tuple(filters))
        if tag.sign in hiding_fields:
            sections.append(name not in hiding_fields[tag.sign])
        elif tag.sign == "/" and sections:
            sections.pop()
        if tag.sign or all(sections):
            yield tag
    if all(sections):
        yield text[position:]


def _with_placeholder(part: str | _Tag, pieces: tuple[Piece, ...]) -> str:
    """A part of a template, a field or other insertion as its placeholder."""
    if isinstance(part, str):
        return part
    if part.sign:
        return ""
    is_placed = part.role == "fields" and part.piece in pieces
    return chr(_FIRST_PLACEHOLDER + pieces.index(part.piece)) if is_placed else _OTHER_INSERTION


def _has_content(line: str) -> bool:
    return _OTHER_INSERTION not in line or bool(_FIELD_PLACEHOLDER.search(line))


def _to_markdown(gap: str) -> str:
    """Plain text as Markdown, line by line, with the white space at its ends."""
    return "\n".join(_line_to_markdown(line) for line in gap.split("\n"))


def _line_to_markdown(line: str) -> str:
    words = line.strip()
    start = len(line) - len(line.lstrip())
    markdown = from_html(escape(words, quote=False), str).text if words else ""
    return line[:start] + markdown + line[start + len(words) :]


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
