"""Warns of parts of a text that YAML silently changes: comments after #, folded lines, escapes."""

import re
from collections.abc import Iterator

from duly.deckfile.yaml.nodes import Scalar
from duly.deckfile.yaml.source import ProblemCollector
from duly.deckfile.yaml.syntax_errors import comment_message, text_below_message
from duly.message import message

_COMMENT = re.compile(r"[ \t]+#")  # the ``  #`` of ``a: C  # the language``
_COMMENT_BELOW = re.compile(r"\s*#")  # the ``#`` of a line below the text, or of the same line
_COMMENT_ABOVE = re.compile(r"([ -]*[a-z]+:)?[ \t]*(#[^\r\n]*)[\r\n]+")
"""``q:  # a comment`` or ``# a comment``, above the text: its key and its comment."""
_INDENT = re.compile(r"[ -]*")  # the ``  - `` of ``  - q: What?``

_FULL_WIDTH_HEADER = re.compile(r"[｜＞][+-]?[ \t]*[\r\n]")  # the ``｜`` of ``a: ｜`` above a text
_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")  # the indent and the text of the line ``  and more``
_NUMBERED_ITEM = re.compile(r"\d{1,9}[.)]\s")  # ``1. `` and ``2) ``
_WHOLE_LINE = re.compile(r"```|~~~|#{1,6}\s")
"""Fences and headings, which extend to the end of their line: ````` ```python `````, ``## Proof``."""
_LINE_BEGINNING = re.compile(r"```|~~~|#{1,6}\s|[-*+]\s|1[.)]\s|>(?!=)|(?:-{3,}|={3,}|\*{3,})\Z|:?-+:?\s*\|")
"""Markdown that must begin a line, and seldom begins a line of prose: ``- ``, ``1. ``, ``> ``, ``---``; not ``2. ``."""

_ESCAPE = re.compile(r"\\.|\$\$?", re.DOTALL)
r"""An escape or the delimiter of a formula: ``\n``, ``$``, ``$$``."""
_UNLIKELY_ESCAPES = frozenset("0abefvNLP_")
"""The letters of escapes that no card needs."""
_REST_OF_TEX_COMMAND = re.compile(r"(?:abla|eq?|eg|ot|otin|u|i|exists|mid|leq|geq|subseteq|earrow|warrow)(?![A-Za-z])")
r"""The rest of a TeX command that begins with n: ``abla`` of ``\nabla``; not the ``ormal`` of ``\normal``."""
_PATH = re.compile(r'\A"[A-Za-z]:\\\w+(?:\\|"\Z)|(?<!\w)[A-Za-z]:\\\w+\\\w')
r"""A path of Windows: ``"C:\new\`` at the start of quotes, or ``C:\new\t`` in a text."""


def check_silent_changes(node: Scalar, report: ProblemCollector) -> None:
    """Warns of text in the file that looks like part of the value, but that YAML reads differently.

    `node` must not be an alias.
    """
    if (start := _comment_start(node, report)) is not None:
        report.warning(start, "comment", comment_message())
    source_text = report.source.text[node.start : node.end]
    if node.style != "|" and ("\n" in source_text or "\r" in source_text):
        _check_lines(node, source_text, report)
    if node.style == '"' and "\\" in source_text and (escape := accidental_escape(source_text)):
        sentence = message(
            "in double quotes {escape} is one character; write the backslash twice, or use single quotes",
            escape=escape[0],
        )
        report.warning(node.start + escape.start(), "escape", sentence)
    if node.style in ("|", ">") and not node.text and source_text.strip("|>+- \t\r\n"):  # |5, or | and a comment
        report.warning(node.start, "empty", text_below_message(node.style))


def _check_lines(node: Scalar, source_text: str, report: ProblemCollector) -> None:
    if not node.style and _FULL_WIDTH_HEADER.match(source_text):
        sentence = message("{sign} is a full-width sign; write the half-width one", sign=source_text[0])
        report.warning(node.start, "full-width", sentence)
    if (start := _folded_markdown(node, source_text)) is not None:
        sentence = message(
            "this line is joined to the one above it; to keep the lines, write | after the key, and all of the text"
            " below it"
        )
        report.warning(node.start + start, "folded", sentence)


def _comment_start(node: Scalar, report: ProblemCollector) -> int | None:
    """The start of a comment that may be meant as text: after a plain scalar, or above or below a text."""
    text = report.source.text
    if node.style in ("'", '"'):
        return None
    comment_below = _COMMENT_BELOW.match(text, node.end)
    if comment_below is None and text.endswith(": ", 0, node.start):  # nearly always
        return None
    if not node.style and (comment := _COMMENT.match(text, node.end)):
        return comment.end() - 1
    line, column = report.source.place(node.start)[1:]
    starts = report.source.starts
    lead = _INDENT.match(text, node.start - column + 1, node.start)
    margin = len(lead[0]) if lead else 0
    is_first = margin == column - 1
    is_below_key = is_first and not node.style and lead is not None and "-" not in lead[0]
    if comment_below and report.source.place(comment_below.end() - 1).column > margin + (not is_first):
        return comment_below.end() - 1
    while is_below_key and line > 1:
        line -= 1
        comment_above = _COMMENT_ABOVE.fullmatch(text, starts[line - 1], starts[line])
        if comment_above and (comment_above[1] or comment_above.start(2) - comment_above.start() >= margin):
            return comment_above.start(2)
        if not text[starts[line - 1] : starts[line]].isspace():
            break
    return None


def _folded_markdown(node: Scalar, source_text: str) -> int | None:
    """The start of the first folded line whose line break matters in Markdown."""
    for start, above, line in _folded_lines(node, source_text):
        if (
            _LINE_BEGINNING.match(line)
            or _WHOLE_LINE.match(above)
            or (above.startswith("|") and line.startswith("|"))
            or (_NUMBERED_ITEM.match(above) and _NUMBERED_ITEM.match(line))
            or (above.endswith("\\") and node.style != '"')
        ):
            return start
    return None


def _folded_lines(node: Scalar, source_text: str) -> Iterator[tuple[int, str, str]]:
    """The lines that YAML folds into the line above: the start of each, the line above, and the line."""
    above, margin = "", None
    for match in _LINE.finditer(source_text):
        lead, line = len(match[1]), match[2].rstrip(" \t")
        if not match.start():
            above = "" if node.style == ">" else line.removeprefix(node.style)
            continue
        if node.style == ">" and line:
            if margin is None:
                first = node.text.lstrip("\n")
                margin = lead - (len(first) - len(first.lstrip(" \t")))
            if lead > margin:  # a more indented line is not folded
                above = ""
                continue
        if above and line and not (node.style == '"' and above.endswith(("\\", "\\n"))):
            yield match.start(2), above, line
        above = line


def accidental_escape(quoted: str) -> re.Match[str] | None:
    r"""The first escape in double quotes that was probably not meant as one, as in ``"\theta"`` or ``"C:\new"``."""
    is_path, in_formula = _PATH.search(quoted) is not None, False
    for escape in _ESCAPE.finditer(quoted):
        if escape[0][0] == "$":
            in_formula = not in_formula
            continue
        letter, has_letter_after = escape[0][1], quoted[escape.end()].isalpha()
        if (
            letter in _UNLIKELY_ESCAPES
            or (letter in "ntr" and has_letter_after and is_path)
            or (letter == "r" and has_letter_after)
        ):
            return escape
        if in_formula and (
            (letter == "t" and has_letter_after) or (letter == "n" and _REST_OF_TEX_COMMAND.match(quoted, escape.end()))
        ):
            return escape
    return None
