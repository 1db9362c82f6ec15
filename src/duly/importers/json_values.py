"""Reads the values of JSON with their line numbers, so that each can be accounted for."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from duly.importers.text_lines import LINE_END, Line, Mark

SURROGATE = re.compile("[\ud800-\udfff]")
r"""A lone surrogate, which JSON can contain (``\ud83d``) but no text."""

JSON_SPACE = re.compile(r"[ \t\r\n]*")  # the white space that JSON allows between values, or none
DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Leaves numbers as texts."""


@dataclass(frozen=True, slots=True)
class Element:
    """A value of a list or an object: its key ("" in a list), the number of its first line, and its index."""

    key: str
    value: Any
    number: int
    start: int

    def line(self, part: str) -> Line:
        """The value as a line of an account, under the name `part`."""
        text = self.value if isinstance(self.value, str) else json.dumps(self.value, ensure_ascii=False)
        text = " ".join(SURROGATE.sub("\ufffd", text).split())
        return Line(self.number, text, Mark.TEXT, text, part=part)


def value_at(text: str, start: int = 0) -> tuple[Any, int] | None:
    """The value at an index, after white space, and the index behind it; None if there is none."""
    try:
        return DECODER.raw_decode(text, _skip_space(text, start))
    except (ValueError, RecursionError):
        return None


def elements(text: str, start: int, number: int) -> Iterator[Element]:
    """The members of the list or the object that begins at `start` on line `number`; the text must be JSON."""
    counted_end = start
    opening = _skip_space(text, start)
    at = _skip_space(text, opening + 1)
    while text[at] not in "]}":
        key = ""
        if text[opening] == "{":
            key, at = DECODER.raw_decode(text, at)
            at = _skip_space(text, text.index(":", at) + 1)
        number += sum(1 for _ in LINE_END.finditer(text, counted_end, at))
        counted_end = at
        value, end = DECODER.raw_decode(text, at)
        yield Element(key, value, number, at)
        at = _skip_space(text, end)
        if text[at] == ",":
            at = _skip_space(text, at + 1)


def _skip_space(text: str, start: int) -> int:
    match = JSON_SPACE.match(text, start)
    return match.end() if match else start
