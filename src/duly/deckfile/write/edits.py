"""Edits of a text at single places; and where the lines of a value end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duly.deckfile.yaml.nodes import Node, Scalar
from duly.deckfile.yaml.source import LINE_END

BLOCKS = ("|", ">")
KEEPS_BLANK_LINES = re.compile(r"[^|>\r\n]*[|>]\d?\+")  # ``|+``, ``>2+``, ``&anchor |+``


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the text between two indexes; inserts, if they are the same."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits, which must be in order and not overlap."""
    return "".join(_parts(text, edits))


def _parts(text: str, edits: Iterable[Edit]) -> Iterator[str]:
    index = 0
    for edit in edits:
        yield text[index : edit.start]
        yield edit.text
        index = edit.end
    yield text[index:]


def is_block(value: Node) -> bool:
    """Whether this is a block scalar, below ``|`` or ``>``."""
    return isinstance(value, Scalar) and value.style in BLOCKS and not value.is_alias


def line_end(text: str, value: Node) -> int:
    """The end of the last line of a value, including a comment after it.

    Trailing blank lines of a block come after that; if it keeps them (``|+``), it is the start of the next line.
    """
    if is_block(value):
        block = text[value.start : value.end]
        if KEEPS_BLANK_LINES.match(block):
            return value.end
        last = value.start + len(block.rstrip("\r\n"))
    else:
        last = value.end
    end = LINE_END.search(text, last)
    return end.start() if end else len(text)


def newline(text: str, near: int = 0) -> str:
    """The line end used in a text, preferably the first one from the index `near` on."""
    match = LINE_END.search(text, near) or LINE_END.search(text)
    return match[0] if match else "\n"
