"""A cloze that gives itself away, or leaves nothing to go by."""

import re
import unicodedata
from collections.abc import Iterator

from duly.advice.reading import CHARACTER
from duly.cards import Cloze, Note
from duly.cards.cloze import Deletion, Piece, numbers, pieces
from duly.message import Message, message

SHORTEST_WORD = 4
"""The letters of a word that can give itself away; shorter ones are everywhere."""

SHORTEST_TERM = 2
"""The same, in Chinese characters."""


def giveaway(note: Note) -> Message | None:
    """Of a text in which something hidden can be read, or nothing is left to read."""
    if not isinstance(note.kind, Cloze):
        return None
    parts = pieces(note.kind.text)
    for number in numbers(note.kind.text):
        name = f"c{number}"
        left = _folded("".join(_visible(parts, number)))
        if not any(map(str.isalnum, left)):
            return message("{name} hides the whole text, so nothing shows what is asked; leave some of it", name=name)
        if any(_reads(_folded(hidden), left) for hidden in _hidden(parts, number)):
            return message(
                "what {name} hides can be read in the rest of the text, so there is nothing to recall; reword it, or"
                " give both places the same number",
                name=name,
            )
    return None


def _visible(parts: tuple[Piece, ...], number: int) -> Iterator[str]:
    for piece in parts:
        if isinstance(piece, str):
            yield piece
        elif number in piece.numbers:
            yield f" {piece.hint} "
        else:
            yield from _visible(piece.content, number)


def _hidden(parts: tuple[Piece, ...], number: int) -> Iterator[str]:
    for piece in parts:
        if isinstance(piece, Deletion):
            if number in piece.numbers:
                yield "".join(_visible(piece.content, 0))
            else:
                yield from _hidden(piece.content, number)


def _reads(hidden: str, text: str) -> bool:
    """Whether the hidden text stands in the other, as a word of its own where it is written in letters."""
    if CHARACTER.search(hidden):
        return len(hidden) >= SHORTEST_TERM and hidden in text
    if len(hidden) < SHORTEST_WORD or not hidden.isalpha():
        return False
    return bool(re.search(rf"(?<![^\W_]){re.escape(hidden)}(?![^\W_])", text))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
