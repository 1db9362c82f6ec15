r"""Macros for formulas, as `macros.tex` of hashcards has them: ``\R \mathbb{R}`` on a line, ``#1`` for an argument."""

import re
from collections.abc import Mapping, Sequence

from duly.importers.markdown_spans import spans

TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)  # ``\alpha``, ``\{``, ``x``
NAME = re.compile(r"\\[A-Za-z]+")  # ``\alpha``
ARGUMENT = re.compile(r"#([1-9])")  # ``#1``, and its number
ENDS_IN_NAME = re.compile(r"\\[A-Za-z]+\Z")  # the ``\alpha`` of ``2\alpha``
MOST, LONGEST = 1000, 20_000
"""How many macros are expanded in one formula, and how long it may become: beyond this they lead in a circle."""


def read_macros(text: str) -> tuple[dict[str, str], tuple[int, ...]]:
    """The macros by name, and the numbers of lines that are not macros."""
    macros: dict[str, str] = {}
    others: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        name, _, definition = line.partition(" ")
        if NAME.fullmatch(name) and definition.strip():
            macros[name] = definition.strip()
        elif line.strip() and not line.lstrip().startswith("%"):
            others.append(number)
    return macros, tuple(others)


def expand_macros(text: str, macros: Mapping[str, str]) -> str | None:
    """A Markdown text with the macros in its formulas expanded; None if they are recursive."""
    parts: list[str] = []
    at = 0
    for span in spans(text) if macros and "$" in text else ():
        if span.kind == "math":
            formula = expand(text[span.start : span.end], macros)
            if formula is None:
                return None
            parts += (text[at : span.start], formula)
            at = span.end
    return "".join([*parts, text[at:]])


def expand(formula: str, macros: Mapping[str, str]) -> str | None:
    """A formula with all macros expanded, except those that lack an argument; None if they are recursive."""
    at = 0
    for _ in range(MOST):
        macro = next((token for token in TOKEN.finditer(formula, at) if token[0] in macros), None)
        if macro is None:
            return formula
        definition = macros[macro[0]]
        arguments, end = _arguments(formula, macro.end(), max(map(int, ARGUMENT.findall(definition)), default=0))
        at = macro.start() if arguments is not None else macro.end()
        if arguments is not None:
            formula = _joined(formula[:at], *_filled(definition, arguments), formula[end:])
        if len(formula) > LONGEST:
            return None
    return None


def _arguments(formula: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """As many arguments from an index on, None if there are fewer, and where they end."""
    arguments: list[str] = []
    for _ in range(count):
        while formula[at : at + 1].isspace():
            at += 1
        end = _end(formula, at)
        token = formula[at:end]
        if not token or token in ("}", "$", "&"):
            return None, at
        arguments.append(token[1:-1] if token[0] == "{" else token)
        at = end
    return arguments, at


def _end(formula: str, at: int) -> int:
    """Where the group or the sign at an index ends; the index itself for a group that is never closed."""
    depth = 0
    for token in TOKEN.finditer(formula, at):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return at


def _filled(definition: str, arguments: Sequence[str]) -> list[str]:
    """The parts of a definition, its arguments among them."""
    parts = ARGUMENT.split(definition)
    return [arguments[int(part) - 1] if index % 2 else part for index, part in enumerate(parts)]


def _joined(*parts: str) -> str:
    r"""The parts as one formula, a space after a name such as ``\alpha`` that would run into the letters after it."""
    whole = ""
    for part in filter(None, parts):
        whole += f" {part}" if part[0].isascii() and part[0].isalpha() and ENDS_IN_NAME.search(whole) else part
    return whole
