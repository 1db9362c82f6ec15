"""Escapes text inside a cloze deletion that Anki would read as its end, its hint, or another deletion."""

import re
from collections.abc import Iterator

from duly.markup.html import cloze_marks

_OPENING = re.compile(r"<code\b|\\[(\[]")  # ``<code``, ``\(``, ``\[``
_CLOSING = {"<code": "</code>", "\\(": "\\)", "\\[": "\\]"}
_MARK = re.compile("([{\ufdd2]\ufdd0[oc][0-9]+\ufdd1[}\ufdd2])")  # ``{\ufdd0o3\ufdd1}``, to split a text at


def escape_deletions(html: str) -> str:
    """The HTML, with marks around its deletions, without braces or colons that Anki would misread.

    Inside deletions, ``::`` becomes ``:&#58;`` and ``}}`` becomes ``}&#125;``, in math ``} }``; so does a brace or
    colon that touches the mark behind it. ``{{c`` in text is split everywhere.
    """
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    depth = 0
    for region in _regions(html):
        is_math = region.startswith(("\\(", "\\["))
        tokens = [*_MARK.split(region), ""]
        for text, mark in zip(tokens[::2], tokens[1::2], strict=True):
            yield _escape_text(text, mark, depth > 0, is_math)
            yield mark
            if mark:
                depth += 1 if cloze_marks.opens(mark) else -1


def _regions(html: str) -> Iterator[str]:
    """The HTML in pieces: code, formulas, and the text between them."""
    last_closings = {opening: html.rfind(closing) for opening, closing in _CLOSING.items()}
    at = 0
    for opening in _OPENING.finditer(html):
        if opening.start() < at or last_closings[opening[0]] < opening.end():
            continue
        closing = _CLOSING[opening[0]]
        end = html.index(closing, opening.end()) + len(closing)
        yield html[at : opening.start()]
        yield html[opening.start() : end]
        at = end
    yield html[at:]


def _escape_text(text: str, mark: str, is_inside: bool, is_math: bool) -> str:
    """A text without marks, escaped; `mark` is the mark behind it, or ""."""
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
