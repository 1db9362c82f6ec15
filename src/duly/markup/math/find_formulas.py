r"""Finds the formulas in a text, ``\(…\)`` and ``\[…\]``, in linear time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DELIMITER = re.compile(r"(\\+)([()\[\]])")
r"""A bracket behind backslashes. Behind an even number of them, as in ``a \\[2pt] b``, it follows TeX's line end."""
_CLOSING = {"(": ")", "[": "]"}
LONGEST = 4000
"""The maximum length of a formula in characters."""


class Formula(NamedTuple):
    """The LaTeX of a formula without its delimiters, and whether it is on lines of its own."""

    source: str
    is_display: bool

    @property
    def latex(self) -> str:
        """The formula with its delimiters."""
        return rf"\[{self.source}\]" if self.is_display else rf"\({self.source}\)"


def split_formulas(text: str) -> Iterator[str | Formula]:
    """The text in pieces: formulas, and the texts before, between and after them (which may be empty)."""
    at = 0
    for start, end, is_display in sorted(_formula_spans(text)):
        if start >= at:
            yield text[at:start]
            yield Formula(text[start + 2 : end - 2], is_display)
            at = end
    yield text[at:]


def _formula_spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and `is_display` of each formula. A formula in ``\\(`` may lie in one in ``\\[``, and vice versa."""
    open_starts: dict[str, int] = {}
    for match in _DELIMITER.finditer(text):
        bracket, is_delimiter = match[2], len(match[1]) % 2 == 1
        if closing := _CLOSING.get(bracket):
            if is_delimiter or closing not in open_starts:
                open_starts[closing] = match.end()
        elif is_delimiter and bracket in open_starts:
            start, end = open_starts.pop(bracket), match.end()
            if 0 < end - 2 - start <= LONGEST:
                # Delimiters inside the formula are text.
                open_starts = {closing: at for closing, at in open_starts.items() if at < start}
                yield start - 2, end, bracket == "]"
