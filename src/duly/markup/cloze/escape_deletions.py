"""Escapes, inside a cloze deletion, what Anki would read as its end, its hint, or another deletion."""

import re
from collections.abc import Iterator

from duly.markup.html import cloze_marks

_OPENING = re.compile(r"<code\b|\\[(\[]")  # ``<code``, ``\(``, ``\[``
_CLOSING = {"<code": "</code>", "\\(": "\\)", "\\[": "\\]"}
_MARK = re.compile("([{\ufdd2]\ufdd0[oc][0-9]+\ufdd1[}\ufdd2])")  # ``{\ufdd0o3\ufdd1}``, to split a text at


def escape_deletions(html: str) -> str:
    """The HTML, with marks for its deletions, showing the same but holding no braces or colons that Anki would read.

    ``::`` becomes ``:&#58;``, ``}}`` becomes ``}&#125;``, in math ``} }``; so does a brace or colon that would join
    the mark behind it. ``{{c``, which stands for no deletion where marks do, is parted everywhere.
    """
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    depth = 0
    for region in _regions(html):
        is_math = region.startswith(("\\(", "\\["))
        tokens = [*_MARK.split(region), ""]
        for text, mark in zip(tokens[::2], tokens[1::2], strict=True):
            yield _text(text, mark, depth > 0, is_math)
            yield mark
            if mark:
                depth += 1 if cloze_marks.opens(mark) else -1


def _regions(html: str) -> Iterator[str]:
    """Code and formulas, and what stands before, between and after them."""
    last = {opening: html.rfind(closing) for opening, closing in _CLOSING.items()}
    at = 0
    for opening in _OPENING.finditer(html):
        if opening.start() < at or last[opening[0]] < opening.end():
            continue
        closing = _CLOSING[opening[0]]
        end = html.index(closing, opening.end()) + len(closing)
        yield html[at : opening.start()]
        yield html[opening.start() : end]
        at = end
    yield html[at:]


def _text(text: str, mark: str, is_inside: bool, is_math: bool) -> str:
    """A stretch of text without marks, disarmed for the `mark` ("" if there is none) that comes behind it."""
    if "{{c" in text:
        text = re.sub(r"(?<=\{)\{(?=c)", " {" if is_math else _entity("{"), text)
    if is_inside:
        text = text.replace("::", ":&#58;")
        if "}}" in text:
            text = re.sub(r"(?<=\})\}", " }" if is_math else _entity("}"), text)
    if text.endswith(("}", ":")) and cloze_marks.closes(mark):
        text = text + " " if is_math and text[-1] == "}" else text[:-1] + _entity(text[-1])
    return text


def _entity(character: str) -> str:
    return f"&#{ord(character)};"
