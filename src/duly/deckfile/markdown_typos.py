"""Finds typos in Markdown: unclosed code, unbalanced braces in a formula, typographic quotes around a text."""

import re
from collections.abc import Sequence

from duly.cards.cloze import Piece, pieces
from duly.deckfile.yaml.nodes import Scalar
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import Message, message

_FENCE = re.compile(
    r"^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]|\{\{c[0-9,]+::)*(?P<sign>`{3,}|~{3,})(?P<rest>[^`\n]*)$", re.MULTILINE
)
"""A line that begins or ends code, as in ``> - ```python``; it can end code only if at most ``}}`` follows."""
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`]+(?<!`)\1(?!`)")  # code in a line: `` `a{b` ``
_FORMULA = re.compile(r"(?<![\\$])(\$\$?)(?![\s$])((?:[^$\\]|\\.)+)(?<!\s)\1(?![\d$])", re.DOTALL)
r"""A formula of Markdown, ``$x^2$`` or ``$$x^2$$``: no space beside the signs, and no digit behind ``$``."""
_ESCAPED = re.compile(r"\\.", re.DOTALL)  # ``\{``
_QUOTES = {"“": "”", "‘": "’", "„": "“", "＂": "＂", "＇": "＇"}


def check_markdown(node: Scalar, report: ProblemCollector) -> None:
    """Warns of likely typos; the text is not changed."""
    for part, sentence in find_markdown_typos(node.text):
        source_text = report.source.text[node.start : node.end]
        report.warning(node.start + max(source_text.find(part), 0), "markdown", sentence)
    if not node.style and (opening := quotes_around(node.text)):
        sentence = message(
            "{sign} is not recognised by YAML as a quote and stands on the card; leave it out, or put ' or \" around"
            " the whole text",
            sign=opening,
        )
        report.warning(node.start, "typographic-quotes", sentence)


def find_markdown_typos(text: str) -> list[tuple[str, Message]]:
    """The likely typos in a text, each with the part that contains it."""
    typos: list[tuple[str, Message]] = []
    if ("```" in text or "~~~" in text) and (fence := _open_fence(text)):
        sentence = message("the code that begins here is never closed; close it with {sign} on a line of its own",
                       sign=fence["sign"])  # fmt: skip
        typos.append((fence["sign"] + fence["rest"].rstrip(), sentence))
    if "$" in text and ("{" in text or "}" in text):
        visible_text = _CODE.sub("", _without_deletions(_without_fences(text)))
        sentence = message("the braces {braces} of this formula do not match; close each one", braces="{ }")
        typos += ((formula[0], sentence) for formula in _FORMULA.finditer(visible_text) if not _is_balanced(formula[2]))
    return typos


def quotes_around(text: str) -> str | None:
    """The typographic quote at the start of a text, if the matching one ends the text and none is within it."""
    closing = _QUOTES.get(text[:1])
    inner = text[1:-1]
    return text[0] if closing and len(text) > 1 and text[-1] == closing and text[0] not in inner else None


def _open_fence(text: str) -> re.Match[str] | None:
    """The line that begins unclosed fenced code; None if all is closed."""
    opening: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opening is None:
            opening = line
        elif line["sign"].startswith(opening["sign"]) and line["rest"].strip()[:2] in ("", "}}", "::"):
            opening = None
    return opening


def _without_fences(text: str) -> str:
    """The text without its fenced code."""
    parts: list[str] = []
    index, opening = 0, ""
    for line in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if not opening:
            parts.append(text[index : line.start()])
            opening = line["sign"]
        elif line["sign"].startswith(opening):
            index, opening = line.end(), ""
    return "\n".join((*parts, "" if opening else text[index:]))


def _without_deletions(text: str) -> str:
    """The text as it is shown: deletions without the braces around them and without their hints."""
    return _visible_text(pieces(text)) if "{{c" in text else text


def _visible_text(content: Sequence[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else _visible_text(piece.content) for piece in content)


def _is_balanced(formula: str) -> bool:
    depth = 0
    for sign in _ESCAPED.sub("", formula):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return not depth
