"""What stands between ``\\begin`` and ``\\end``: matrices, cases, equations in line with each other."""

from collections.abc import Sequence

from duly.markup.boxes import Box, grid
from duly.markup.strokes import fenced

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
