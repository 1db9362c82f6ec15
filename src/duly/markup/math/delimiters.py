"""What grows with its content: brackets, fraction bars, roots, braces; and the environments that have them."""

from collections.abc import Sequence

from duly.markup.math import symbols
from duly.markup.math.boxes import Box, beside, grid, stacked
from duly.markup.math.latex_tokens import LostError

_TALL = {
    "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭", "|": "││││", "‖": "║║║║",
    "⌊": "││││", "⌋": "││││", "⌈": "││││", "⌉": "││││", "⟨": "╱╱╱╲", "⟩": "╲╲╲╱",
}  # fmt: skip
"""The upper end of each, what it is prolonged with, its middle, and its lower end."""


def bracket_sign(token: str) -> str:
    r"""The bracket that stands after ``\left`` or ``\right``; a dot is none. Raises `LostError`."""
    sign = symbols.BRACKETS.get(token[1:], "") if token.startswith("\\") else token
    if sign != "." and sign not in _TALL and sign != "/":
        raise LostError
    return sign


def fenced(left: str, box: Box, right: str) -> Box:
    """The box between two brackets as high as it is; a dot stands for none."""
    return beside([part for part in (_bracket(left, box), box, _bracket(right, box)) if part])


def fraction(above: Box, below: Box) -> Box:
    """One box above the other, and a bar on the line between them."""
    bar = Box(("─" * (max(above.width, below.width) + 2),))
    return stacked((above, bar, below), above.height)


def root(box: Box) -> Box:
    """The box under a root."""
    lead = [" │"] * (box.height - 1) + ["╲│"]
    rows = (" ┌" + "─" * box.width, *(left + row for left, row in zip(lead, box.rows, strict=True)))
    return Box(rows, box.baseline + 1)


def under_brace(box: Box, label: Box | None) -> Box:
    """The box, a brace below it, and below that what it says."""
    return stacked([part for part in (box, _brace("╰┬╯", box.width), label) if part], box.baseline)


def over_brace(box: Box, label: Box | None) -> Box:
    """The box, a brace above it, and above that what it says."""
    over = [part for part in (label, _brace("╭┴╮", box.width)) if part]
    return stacked([*over, box], sum(part.height for part in over) + box.baseline)


def _brace(signs: str, width: int) -> Box:
    half = max(width - 2, 1)
    return Box((signs[0] + "─" * (half // 2) + signs[1] + "─" * (half - half // 2 - 1) + signs[2],))


def _bracket(sign: str, box: Box) -> Box | None:
    if sign == ".":
        return None
    if box.height == 1 or sign == "/":
        return Box((sign,))
    upper, more, middle, lower = tuple(_TALL[sign])
    rows = [upper, *[more] * (box.height - 2), lower]
    if box.height > 2:
        rows[box.height // 2] = middle
    if sign in "⌊⌋":
        rows[-1] = sign
    if sign in "⌈⌉":
        rows[0] = sign
    return Box(tuple(rows), box.baseline)


MATRICES = {
    "matrix": "..", "smallmatrix": "..", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||",
    "Vmatrix": "‖‖", "array": "..", "cases": "{.", "rcases": ".}",
}  # fmt: skip
"""Environments of cells without order of their own, each with its delimiters; a dot is none."""

EQUATIONS = frozenset(
    name + star for name in ("align", "aligned", "alignat", "split", "gather", "gathered", "equation", "eqnarray")
    for star in ("", "*")
)  # fmt: skip
"""Environments of equations, one a row, in line with each other at their ``&``."""


def table(name: str, rows: Sequence[Sequence[Box]]) -> Box:
    """The cells of an environment in their rows and columns, between its delimiters."""
    columns = max(map(len, rows))
    if name in EQUATIONS:
        aligns = ["right" if at % 2 == 0 and columns > 1 else "left" for at in range(columns)]
        return grid(rows, aligns, [0 if at == 0 or at % 2 else 3 for at in range(columns)])
    align = "left" if "cases" in name else "center"
    box = grid(rows, [align] * columns, [0] + [2] * (columns - 1))
    delimiters = MATRICES.get(name, "..")
    return fenced(delimiters[0], box, delimiters[1])
