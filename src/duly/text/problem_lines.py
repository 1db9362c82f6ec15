"""The problems of deck files as lines: each with its place, and what to do."""

from collections.abc import Iterable

from duly.i18n import translate
from duly.markup.terminal.styled_lines import Line, Run
from duly.problem import Problem
from duly.text.paragraphs import paragraph


def problem_lines(problems: Iterable[Problem], width: int) -> list[Line]:
    """A paragraph for each problem."""
    lines: list[Line] = []
    for problem in problems:
        lines += paragraph(str(problem.place), width, styles=("strong",))
        lines += [*paragraph(translate(problem.message), width, Run("  ")), ()]
    return lines
