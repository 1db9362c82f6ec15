r"""Finds the formulas in a text, ``\(…\)`` and ``\[…\]``, in linear time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DELIMITER = re.compile(r"(\\+)([()\[\]])")
r"""A bracket behind backslashes. Behind an even number of them, as in ``a \\[2pt] b``, it follows TeX's line end."""
_CLOSING = {"(": ")", "[": "]"}
LONGEST = 4000
"""The most characters of a formula."""


class Formula(NamedTuple):
    """A formula's LaTeX without its delimiters, and whether it stands on lines of its own."""

    source: str
    display: bool

    @property
    def written(self) -> str:
        """The formula with its delimiters."""
        return rf"\[{self.source}\]" if self.display else rf"\({self.source}\)"


def split_formulas(text: str) -> Iterator[str | Formula]:
    """The text in pieces: formulas, and what stands before, between and after them (which may be empty)."""
    at = 0
    for start, end, display in sorted(_spans(text)):
        if start >= at:
            yield text[at:start]
            yield Formula(text[start + 2 : end - 2], display)
            at = end
    yield text[at:]


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where formulas begin and end. One in brackets of one kind may lie in one in brackets of the other."""
    opened: dict[str, int] = {}
    for match in _DELIMITER.finditer(text):
        bracket, is_delimiter = match[2], len(match[1]) % 2 == 1
        if closing := _CLOSING.get(bracket):
            if is_delimiter or closing not in opened:
                opened[closing] = match.end()
        elif is_delimiter and bracket in opened:
            start, end = opened.pop(bracket), match.end()
            if 0 < end - 2 - start <= LONGEST:
                opened = {other: begun for other, begun in opened.items() if begun < start}  # what lies within is text
                yield start - 2, end, bracket == "]"
