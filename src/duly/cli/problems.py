"""Showing problems: for people with the line and a caret, for programs as JSON, for GitHub as annotations."""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from duly.cli.excerpt import caret_line, visible
from duly.cli.json_text import json_text
from duly.i18n import _, counted, translate
from duly.problem import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
"""What GitHub calls them."""

MOST = 10
"""Of how many problems of a kind each is shown where there may be thousands."""


def show(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Prints problems for a person, to standard error if `err`: a sentence, the line, a caret below the place."""
    width = shutil.get_terminal_size().columns
    for problem in problems:
        click.echo(as_text(problem, width), err=err)


def show_some(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Prints problems as `show` does, but at most ten of a kind, and how many more of it there are."""
    numbers: Counter[str] = Counter()
    for problem in problems:
        numbers[problem.kind] += 1
        if numbers[problem.kind] <= MOST:
            show([problem], err=err)
    for kind, number in numbers.items():
        if number > MOST:
            more = counted(
                "… and {n} more problem of the kind {kind}; duly check shows it",
                "… and {n} more problems of the kind {kind}; duly check shows them",
                number - MOST,
                kind=kind,
            )
            click.echo(more, err=err)


def as_text(problem: Problem, width: int) -> str:
    """``file:line:column: severity: sentence`` in colours, and the line within `width` cells with its caret."""
    names = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.ADVICE: _("advice")}
    severity = names[problem.severity]
    styled = click.style(severity, fg=COLOURS[problem.severity], bold=True)
    lines = [f"{visible(str(problem.place))}: {styled}: {visible(translate(problem.message))}"]
    if problem.excerpt.strip():
        lines += (f"  {line}" for line in caret_line(problem.excerpt, problem.place.column - 1, width - 2))
    return "\n".join(lines)


def as_json(problems: Sequence[Problem], notes: int, cards: int) -> str:
    """One object with the problems and the numbers of good notes and cards."""
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


def as_github(problem: Problem) -> str:
    """A workflow command by which GitHub Actions puts the problem beside its line."""
    place = problem.place
    where = f"file={_property(str(place.file))},line={place.line},col={place.column}"
    return f"::{COMMANDS[problem.severity]} {where}::{_data(translate(problem.message))}"


def _data(text: str) -> str:
    """A message as workflow commands spell it: line ends and the percent sign escaped, nothing else that is no text."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
