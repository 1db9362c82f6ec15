r"""Macros for formulas in `macros.tex` of hashcards: ``\R \mathbb{R}`` on a line, ``#1`` for an argument."""

import re
from collections.abc import Mapping, Sequence

from duly.importers.markdown_spans import spans

TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)  # ``\alpha``, ``\{``, ``x``
NAME = re.compile(r"\\[A-Za-z]+")  # ``\alpha``
ARGUMENT = re.compile(r"#([1-9])")  # ``#1``, and its number
ENDS_IN_NAME = re.compile(r"\\[A-Za-z]+\Z")  # the ``\alpha`` of ``2\alpha``
MAX_EXPANSIONS, MAX_LENGTH = 1000, 20_000
"""The maximum number of expansions in a formula, and its maximum length in characters; beyond, macros are recursive."""


def read_macros(text: str) -> tuple[dict[str, str], tuple[int, ...]]:
    """The macros by name, and the numbers of lines that are not macros."""
    macros: dict[str, str] = {}
    other_lines: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        name, _, definition = line.partition(" ")
        if NAME.fullmatch(name) and definition.strip():
            macros[name] = definition.strip()
        elif line.strip() and not line.lstrip().startswith("%"):
            other_lines.append(number)
    return macros, tuple(other_lines)


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
    for _ in range(MAX_EXPANSIONS):
        macro = next((token for token in TOKEN.finditer(formula, at) if token[0] in macros), None)
        if macro is None:
            return formula
        definition = macros[macro[0]]
        arguments, end = _arguments(formula, macro.end(), max(map(int, ARGUMENT.findall(definition)), default=0))
        at = macro.start() if arguments is not None else macro.end()
        if arguments is not None:
            formula = _join_tokens(formula[:at], *_fill_arguments(definition, arguments), formula[end:])
        if len(formula) > MAX_LENGTH:
            return None
    return None


def _arguments(formula: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """The `count` arguments from an index on, None if there are fewer; and the index behind them."""
    arguments: list[str] = []
    for _ in range(count):
        while formula[at : at + 1].isspace():
            at += 1
        end = _group_end(formula, at)
        token = formula[at:end]
        if not token or token in ("}", "$", "&"):
            return None, at
        arguments.append(token[1:-1] if token[0] == "{" else token)
        at = end
    return arguments, at


def _group_end(formula: str, at: int) -> int:
    """The index behind the group or the sign at an index; the index itself for a group that is never closed."""
    depth = 0
    for token in TOKEN.finditer(formula, at):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return at


def _fill_arguments(definition: str, arguments: Sequence[str]) -> list[str]:
    """The parts of a definition, with its arguments filled in."""
    parts = ARGUMENT.split(definition)
    return [arguments[int(part) - 1] if index % 2 else part for index, part in enumerate(parts)]


def _join_tokens(*parts: str) -> str:
    r"""The parts as one formula, with a space between a name such as ``\alpha`` and letters after it."""
    formula = ""
    for part in filter(None, parts):
        formula += f" {part}" if part[0].isascii() and part[0].isalpha() and ENDS_IN_NAME.search(formula) else part
    return formula
