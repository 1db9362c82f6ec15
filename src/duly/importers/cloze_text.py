"""Writes a text with hidden parts as a cloze that parses as exactly these parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duly.cards.cloze import LARGEST, Deletion, Piece, pieces

CODE_OR_MATH = re.compile(r"[`$]")  # `` `code` ``, ``$x$``


@dataclass(frozen=True, slots=True)
class HiddenPart:
    """A hidden part of a text, the number of its card, and its hint."""

    text: str
    number: int
    hint: str = ""


def cloze_text(parts: Sequence[str | HiddenPart]) -> str | None:
    """The text of the cloze; None if it cannot be written, for example with ``::`` in hidden code."""
    expected_pieces: list[Piece] = []
    text_parts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            plain = part
            if expected_pieces and isinstance(expected_pieces[-1], str):
                plain = expected_pieces.pop() + part  # type: ignore[operator]
            if plain:
                expected_pieces.append(plain)
            text_parts.append(part)
        else:
            text, hint = _escape(part.text), _escape(part.hint)
            expected_pieces.append(Deletion((part.number,), (text,), hint))
            text_parts.append(f"{{{{c{part.number}::{text}{'::' if hint else ''}{hint}}}}}")
    numbers = [part.number for part in parts if isinstance(part, HiddenPart)]
    if not numbers or len(numbers) > LARGEST or not all(1 <= number <= LARGEST for number in numbers):
        return None
    text = "".join(text_parts)
    return text if list(pieces(text)) == expected_pieces else None


def _escape(text: str) -> str:
    """Escapes double colons, which begin a hint, and double braces, which end a deletion, except in code and math."""
    return text if CODE_OR_MATH.search(text) else text.replace("::", r":\:").replace("}}", r"}\}")
