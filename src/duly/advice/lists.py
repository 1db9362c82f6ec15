"""An answer that is a list: of all things the hardest to recall whole."""

import re

from duly.advice.reading import prose, words
from duly.cards import Cloze, Note
from duly.message import Message, message

ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)、])\s*\S", re.MULTILINE)
BETWEEN = re.compile(r"[、；]|[,，;](?=\s*\S)")
MANY_LINES = 4
"""Items below one another from which on a list is long."""

MANY_PARTS = 5
"""Parts of a sentence from which on it is a list."""

LONGEST_PART = 5
"""The words of a part that is a name of something and no clause."""


def enumeration(note: Note) -> Message | None:
    """Of an answer with many items, below one another or in one line."""
    if isinstance(note.kind, Cloze):
        return None
    text = prose(note.kind.answer)
    items = len(ITEM.findall(text))
    parts = [part for part in BETWEEN.split(text.strip()) if part.strip()]
    if items < MANY_LINES and len(parts) >= MANY_PARTS and all(0 < words(part) <= LONGEST_PART for part in parts):
        items = len(parts)
    if items < MANY_LINES:
        return None
    return message(
        "a list of {n} is hard to recall whole; ask for one item at a time, or hide each in a cloze", n=items
    )
