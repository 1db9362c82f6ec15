"""Prints problems: for people with the line and a caret, for programs as JSON, for GitHub as annotations."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import click

from duly.cli.safe_text import json_text, visible
from duly.i18n import _, counted, translate
from duly.problem import Problem, Severity

T = TypeVar("T")

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
"""The names of severities on GitHub."""

TAB = "    "
LEAST_WIDTH = 20
"""What a tab is shown as, and the least width to which a line of a file is cut."""

MOST_OF_A_KIND = 10
"""The most problems of a kind that are shown where there may be thousands."""


def print_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Prints problems for a person, to standard error if `err`: a sentence, the line, a caret below the place."""
    width = shutil.get_terminal_size().columns
    for problem in problems:
        click.echo(problem_as_text(problem, width), err=err)


def print_some_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Prints problems as `print_problems` does, but at most ten of a kind, and how many more of it there are."""
    first_problems, hidden_counts = first_of_each(problems, lambda problem: problem.kind)
    print_problems(first_problems, err=err)
    for kind, number in hidden_counts.items():
        line = counted(
            "… and {n} more problem of the kind {kind}; duly check shows it",
            "… and {n} more problems of the kind {kind}; duly check shows them",
            number,
            kind=kind,
        )
        click.echo(line, err=err)


def first_of_each(items: Iterable[T], kind: Callable[[T], str]) -> tuple[list[T], Mapping[str, int]]:
    """The items in their order, at most ten of each kind, and how many more there are of each kind."""
    numbers: Counter[str] = Counter()
    first_items: list[T] = []
    for item in items:
        numbers[kind(item)] += 1
        if numbers[kind(item)] <= MOST_OF_A_KIND:
            first_items.append(item)
    return first_items, {name: number - MOST_OF_A_KIND for name, number in numbers.items() if number > MOST_OF_A_KIND}


def problem_as_text(problem: Problem, width: int) -> str:
    """``file:line:column: severity: sentence`` in colours, and the line within `width` cells with its caret."""
    names = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.ADVICE: _("advice")}
    severity = names[problem.severity]
    styled_severity = click.style(severity, fg=COLOURS[problem.severity], bold=True)
    words = _("{place}: {severity}: {message}").format(
        place=visible(str(problem.place)), severity=styled_severity, message=visible(translate(problem.message))
    )
    lines = [words]
    if problem.excerpt.strip():
        lines += (f"  {line}" for line in caret_line(problem.excerpt, problem.place.column - 1, width - 2))
    return "\n".join(lines)


def caret_line(line: str, index: int, width: int) -> tuple[str, str]:
    """`line` cut to `width` cells around the character at `index`, and a line with carets below that character.

    A tab takes four cells, a caret under Chinese text is two wide, and ``…`` stands for what was cut away.
    """
    from rich.cells import cell_len

    width = max(width, LEAST_WIDTH)
    first, last = max(0, index - width), index + width + 1  # text farther away has no room
    is_cut_before, is_cut_after = first > 0, last < len(line)
    line, index = line[first:last], index - first
    signs = [TAB if character == "\t" else visible(character) for character in line]
    cells = [cell_len(sign) for sign in signs]
    is_whole = not is_cut_before and not is_cut_after and sum(cells) <= width
    start, end = (0, len(cells)) if is_whole else _window(cells, min(index, len(cells)), width)
    before = "…" if start or is_cut_before else ""
    after = "…" if end < len(signs) or is_cut_after else ""
    indent = cell_len(before + "".join(signs[start:index]))
    caret_width = cells[index] if index < len(cells) and line[index] != "\t" else 1
    return before + "".join(signs[start:end]) + after, " " * indent + "^" * max(1, caret_width)


def _window(cells: list[int], index: int, width: int) -> tuple[int, int]:
    """The first and last index of the shown part of a line, around `index`: `width` cells with ``…`` at both ends."""
    room = width - 2
    start = end = index
    while start > 0 and cells[start - 1] <= room - width // 2:
        start -= 1
        room -= cells[start]
    while end < len(cells) and cells[end] <= room:
        room -= cells[end]
        end += 1
    while start > 0 and cells[start - 1] <= room:
        start -= 1
        room -= cells[start]
    return start, end


def problems_as_json(problems: Sequence[Problem], notes: int, cards: int) -> str:
    """A JSON object with the problems and the numbers of valid notes and cards."""
    rows = [
        {
            "file": str(problem.place.file),
            "line": problem.place.line,
            "column": problem.place.column,
            "kind": problem.kind,
            "severity": problem.severity.value,
            "message": translate(problem.message),
        }
        for problem in problems
    ]
    return json_text({"problems": rows, "notes": notes, "cards": cards})


def problem_for_github(problem: Problem) -> str:
    """A workflow command by which GitHub Actions puts the problem beside its line."""
    place = problem.place
    position = f"file={_property(str(place.file))},line={place.line},col={place.column}"
    return f"::{GITHUB_COMMANDS[problem.severity]} {position}::{_data(translate(problem.message))}"


def _data(text: str) -> str:
    """A message in a workflow command: line ends and percent signs escaped, no characters that a terminal obeys."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
