"""Warns of parts of a text that YAML silently changes: comments after #, folded lines, escapes."""

import re
from collections.abc import Iterator

from duly.deckfile.yaml.nodes import Scalar
from duly.deckfile.yaml.source import ProblemCollector
from duly.deckfile.yaml.syntax_errors import is_comment, text_begins_below
from duly.message import message

_COMMENT = re.compile(r"[ \t]+#")
_COMMENT_BELOW = re.compile(r"\s*#")
_COMMENT_ABOVE = re.compile(r"([ -]*[a-z]+:)?[ \t]*(#[^\r\n]*)[\r\n]+")
_LEAD = re.compile(r"[ -]*")

_WIDE_SIGN = re.compile(r"[｜＞][+-]?[ \t]*[\r\n]")
_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_ORDERED = re.compile(r"\d{1,9}[.)]\s")
_ALONE = re.compile(r"```|~~~|#{1,6}\s")
"""Fences and headings, which extend to the end of their line."""
_FIRST = re.compile(r"```|~~~|#{1,6}\s|[-*+]\s|1[.)]\s|>(?!=)|(?:-{3,}|={3,}|\*{3,})\Z|:?-+:?\s*\|")
"""Markdown that must begin a line, and seldom begins a line of wrapped prose."""

_ESCAPE = re.compile(r"\\.|\$\$?", re.DOTALL)
"""An escape, or the delimiter of a formula."""
_NEVER_MEANT = frozenset("0abefvNLP_")
"""The letters of escapes that no card needs."""
_AFTER_N = re.compile(r"(?:abla|eq?|eg|ot|otin|u|i|exists|mid|leq|geq|subseteq|earrow|warrow)(?![A-Za-z])")
"""The rest of TeX commands that begin with n."""
_PATH = re.compile(r'\A"[A-Za-z]:\\\w+(?:\\|"\Z)|(?<!\w)[A-Za-z]:\\\w+\\\w')
"""A Windows path."""


def check_silent_changes(node: Scalar, report: ProblemCollector) -> None:
    """Warns of what an author sees in the file as part of a text, but YAML does not read as such.

    `node` must not be an alias.
    """
    if (at := _comment(node, report)) is not None:
        report.warning(at, "comment", is_comment())
    written = report.source.text[node.start : node.end]
    if node.style != "|" and ("\n" in written or "\r" in written):
        _check_lines(node, written, report)
    if node.style == '"' and "\\" in written and (escape := accidental_escape(written)):
        sentence = message(
            "in double quotes {escape} is one character; write the backslash twice, or use single quotes",
            escape=escape[0],
        )
        report.warning(node.start + escape.start(), "escape", sentence)
    if node.style in ("|", ">") and not node.text and written.strip("|>+- \t\r\n"):  # |5, or | and a comment
        report.warning(node.start, "empty", text_begins_below(node.style))


def _check_lines(node: Scalar, written: str, report: ProblemCollector) -> None:
    if not node.style and _WIDE_SIGN.match(written):
        sentence = message("{sign} is a full-width sign; write the half-width one", sign=written[0])
        report.warning(node.start, "full-width", sentence)
    if (at := _folded(node, written)) is not None:
        sentence = message(
            "this line is joined to the one above it; to keep the lines, write | after the key, and all of the text"
            " below it"
        )
        report.warning(node.start + at, "folded", sentence)


def _comment(node: Scalar, report: ProblemCollector) -> int | None:
    """The start of a comment that may be meant as text: after a plain scalar, or above or below a text."""
    text = report.source.text
    if node.style in ("'", '"'):
        return None
    below = _COMMENT_BELOW.match(text, node.end)
    if below is None and text.endswith(": ", 0, node.start):  # nearly always
        return None
    if not node.style and (comment := _COMMENT.match(text, node.end)):
        return comment.end() - 1
    line, column = report.source.place(node.start)[1:]
    starts = report.source.starts
    lead = _LEAD.match(text, node.start - column + 1, node.start)
    margin = len(lead[0]) if lead else 0
    is_first = margin == column - 1
    is_below_key = is_first and not node.style and lead is not None and "-" not in lead[0]
    if below and report.source.place(below.end() - 1).column > margin + (not is_first):
        return below.end() - 1
    while is_below_key and line > 1:
        line -= 1
        above = _COMMENT_ABOVE.fullmatch(text, starts[line - 1], starts[line])
        if above and (above[1] or above.start(2) - above.start() >= margin):
            return above.start(2)
        if not text[starts[line - 1] : starts[line]].isspace():
            break
    return None


def _folded(node: Scalar, written: str) -> int | None:
    """The start of the first folded line that is more than words in Markdown."""
    for at, above, line in _joined(node, written):
        if (
            _FIRST.match(line)
            or _ALONE.match(above)
            or (above.startswith("|") and line.startswith("|"))
            or (_ORDERED.match(above) and _ORDERED.match(line))
            or (above.endswith("\\") and node.style != '"')
        ):
            return at
    return None


def _joined(node: Scalar, written: str) -> Iterator[tuple[int, str, str]]:
    """The lines that YAML folds into the line above: the start of each, the line above, and the line."""
    above, margin = "", None
    for match in _LINE.finditer(written):
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
    r"""The first escape in double quotes that its author did not mean as one: in ``"\theta"`` or ``"C:\new"``."""
    is_path, in_formula = _PATH.search(quoted) is not None, False
    for escape in _ESCAPE.finditer(quoted):
        if escape[0][0] == "$":
            in_formula = not in_formula
            continue
        sign, has_letter = escape[0][1], quoted[escape.end()].isalpha()
        if sign in _NEVER_MEANT or (sign in "ntr" and has_letter and is_path) or (sign == "r" and has_letter):
            return escape
        if in_formula and ((sign == "t" and has_letter) or (sign == "n" and _AFTER_N.match(quoted, escape.end()))):
            return escape
    return None
