"""Delimiters that grow with their content (brackets, fraction bars, roots, braces), and environments with them."""

from collections.abc import Sequence

from duly.markup.math import symbols
from duly.markup.math.boxes import Box, grid, side_by_side, stack
from duly.markup.math.latex_tokens import UnsupportedMathError

_TALL_BRACKETS = {
    "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭", "|": "││││", "‖": "║║║║",
    "⌊": "││││", "⌋": "││││", "⌈": "││││", "⌉": "││││", "⟨": "╱╱╱╲", "⟩": "╲╲╲╱",
}  # fmt: skip
"""The upper end of each bracket, its extension, its middle, and its lower end."""


def bracket_sign(token: str) -> str:
    r"""The bracket after ``\left`` or ``\right``; a dot for none. Raises `UnsupportedMathError`."""
    sign = symbols.BRACKETS.get(token[1:], "") if token.startswith("\\") else token
    if sign != "." and sign not in _TALL_BRACKETS and sign != "/":
        raise UnsupportedMathError
    return sign


def enclose(left: str, box: Box, right: str) -> Box:
    """The box between two brackets of its height; a dot for none."""
    return side_by_side([part for part in (_bracket(left, box), box, _bracket(right, box)) if part])


def fraction(above: Box, below: Box) -> Box:
    """One box above the other, and a bar between them on the text line."""
    bar = Box(("─" * (max(above.width, below.width) + 2),))
    return stack((above, bar, below), above.height)


def root(box: Box) -> Box:
    """The box under a root."""
    lead = [" │"] * (box.height - 1) + ["╲│"]
    rows = (" ┌" + "─" * box.width, *(left + row for left, row in zip(lead, box.rows, strict=True)))
    return Box(rows, box.baseline + 1)


def under_brace(box: Box, label: Box | None) -> Box:
    """The box, a brace below it, and the label below the brace."""
    return stack([part for part in (box, _brace("╰┬╯", box.width), label) if part], box.baseline)


def over_brace(box: Box, label: Box | None) -> Box:
    """The box, a brace above it, and the label above the brace."""
    label_and_brace = [part for part in (label, _brace("╭┴╮", box.width)) if part]
    return stack([*label_and_brace, box], sum(part.height for part in label_and_brace) + box.baseline)


def _brace(signs: str, width: int) -> Box:
    bar_width = max(width - 2, 1)
    return Box((signs[0] + "─" * (bar_width // 2) + signs[1] + "─" * (bar_width - bar_width // 2 - 1) + signs[2],))


def _bracket(sign: str, box: Box) -> Box | None:
    if sign == ".":
        return None
    if box.height == 1 or sign == "/":
        return Box((sign,))
    upper, extension, middle, lower = tuple(_TALL_BRACKETS[sign])
    rows = [upper, *[extension] * (box.height - 2), lower]
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
"""Environments of cells with their delimiters; a dot for none."""

EQUATIONS = frozenset(
    name + star for name in ("align", "aligned", "alignat", "split", "gather", "gathered", "equation", "eqnarray")
    for star in ("", "*")
)  # fmt: skip
"""Environments of equations, one in each row, aligned at ``&``."""


def table(name: str, rows: Sequence[Sequence[Box]]) -> Box:
    """The cells of an environment in their rows and columns, between its delimiters."""
    columns = max(map(len, rows))
    if name in EQUATIONS:
        aligns = ["right" if at % 2 == 0 and columns > 1 else "left" for at in range(columns)]
        return grid(rows, aligns, [0 if at == 0 or at % 2 else 3 for at in range(columns)])
    align = "left" if "cases" in name else "center"
    box = grid(rows, [align] * columns, [0] + [2] * (columns - 1))
    delimiters = MATRICES.get(name, "..")
    return enclose(delimiters[0], box, delimiters[1])
