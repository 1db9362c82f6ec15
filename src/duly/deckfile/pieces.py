"""Where the cards of a file begin, seen without a YAML parser: by the dashes that stand as far in as the first."""

import re
from dataclasses import dataclass
from functools import cache

from duly.deckfile.fields import FILE_FIELDS
from duly.deckfile.source import BOM

CARDS = re.compile(rf"^{BOM}*cards[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
OTHERS = "|".join(field.key for field in FILE_FIELDS if field.key != "cards")
AFTER = re.compile(rf"\n(?:{OTHERS})[ \t]*:(?=\s)")
DASH = re.compile(rf"^{BOM}*( *)-(?=\s|\Z)", re.MULTILINE)
NOTHING = re.compile(rf"{BOM}*(?:\s*(?:#.*|---.*|%.*)?\n)*\Z")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where the list of cards begins and ends in a text, and the line of each card begins.

    `indent` is the number of spaces before each dash; `keyed` tells whether keys stand around the list.
    """

    starts: tuple[int, ...]
    end: int
    indent: int
    keyed: bool

    @property
    def spans(self) -> "zip[tuple[int, int]]":
        """Where each card begins and ends."""
        return zip(self.starts, (*self.starts[1:], self.end), strict=True)


def cut(text: str) -> Pieces | None:
    """The cards of a text; None if there is no such list."""
    heading = CARDS.search(text)
    first = DASH.search(text, heading.end() if heading else 0)
    if not first or (not heading and not NOTHING.match(text, 0, first.start())):
        return None
    indent = len(first[1])
    after = AFTER.search(text, first.end()) if heading else None
    end = after.start() + 1 if after else len(text)
    starts = (first.start(), *(found.start() + 1 for found in _dash(indent).finditer(text, first.end(), end)))
    return Pieces(starts, end, indent, bool(heading))


@cache
def _dash(indent: int) -> re.Pattern[str]:
    """A dash of this indent in any line but the first of a text: what begins with a line's end is found fast."""
    return re.compile(rf"\n {{{indent}}}-(?=\s|\Z)")
