"""Writes a text with hidden parts as a cloze, which must parse as exactly these parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duly.cards.cloze import LARGEST, Deletion, Piece, pieces

CODE_OR_MATH = re.compile(r"[`$]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden part of a text, the number of its card, and its hint."""

    text: str
    number: int
    hint: str = ""


def cloze_text(parts: Sequence[str | Hidden]) -> str | None:
    """The text of the cloze; None if it cannot be written, such as with ``::`` in hidden code."""
    expected: list[Piece] = []
    written: list[str] = []
    for part in parts:
        if isinstance(part, str):
            plain = part
            if expected and isinstance(expected[-1], str):
                plain = expected.pop() + part  # type: ignore[operator]
            if plain:
                expected.append(plain)
            written.append(part)
        else:
            text, hint = _escaped(part.text), _escaped(part.hint)
            expected.append(Deletion((part.number,), (text,), hint))
            written.append(f"{{{{c{part.number}::{text}{'::' if hint else ''}{hint}}}}}")
    numbers = [part.number for part in parts if isinstance(part, Hidden)]
    if not numbers or len(numbers) > LARGEST or not all(1 <= number <= LARGEST for number in numbers):
        return None
    text = "".join(written)
    return text if list(pieces(text)) == expected else None


def _escaped(text: str) -> str:
    """Escapes two colons, which would begin a hint, and two braces, which would end the deletion, except in code."""
    return text if CODE_OR_MATH.search(text) else text.replace("::", r":\:").replace("}}", r"}\}")
