"""Comparing what a learner typed with the answer."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, and whether it is as it should be."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed and what was asked for, each cut into stretches, and how much alike they are (0 to 1)."""

    given: tuple[Stretch, ...]
    expected: tuple[Stretch, ...]
    likeness: float

    @property
    def right(self) -> bool:
        return all(stretch.right for stretch in (*self.given, *self.expected))


def compared(given: str, expected: str) -> Comparison:
    """Both texts, normalised (NFC, white space folded) and aligned character by character. Case counts."""
    typed, asked = _normal(given), _normal(expected)
    matcher = SequenceMatcher(None, typed, asked, autojunk=False)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        same = operation == "equal"
        if a < b:
            left.append(Stretch(typed[a:b], same))
        if c < d:
            right.append(Stretch(asked[c:d], same))
    return Comparison(tuple(left), tuple(right), matcher.ratio())


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
