"""Highlights code on cards with Pygments, and makes the CSS of the two colour schemes."""

import html as entities
from functools import lru_cache
from typing import TYPE_CHECKING

from duly.markup.characters import escape_html
from duly.markup.html import cloze_marks

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LIGHT, DARK = "default", "github-dark"
"""Pygments' styles for the two schemes."""


def highlight(body: str, language: str) -> str:
    """The escaped code of a block as HTML with a ``span`` for each token. Marks in it stay where they stand."""
    code, placed = cloze_marks.split_marks(entities.unescape(body).removesuffix("\n"))
    parts: list[str] = []
    at = 0
    waiting = iter((*placed, (len(code) + 1, "")))
    place, mark = next(waiting)
    for kind, text in tokens(code, language):
        end = at + len(text)
        while place <= end and (place < end or end == len(code)):
            parts += (_span(kind, code[at:place]), mark)
            at = place
            place, mark = next(waiting)
        parts.append(_span(kind, code[at:end]))
        at = end
    return "".join(parts)


@lru_cache(maxsize=64)
def tokens(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """The code in pieces, each with the Pygments class of its token ("" for plain text). Nothing is left out."""
    lexer = _lexer(language) if language else None
    if lexer is None:
        return (("", code),)
    pieces = tuple([(_class(kind), text) for kind, text in lexer.get_tokens(code)])
    whole = "".join(text for _, text in pieces) == code
    return pieces if whole and pieces else (("", code),)


def stylesheet(dark: bool) -> str:
    """The colours of code on a card, as CSS. The dark rules hold below ``.nightMode``, which Anki sets at night."""
    from pygments.styles import get_style_by_name
    from pygments.token import STANDARD_TYPES

    style = get_style_by_name(DARK if dark else LIGHT)
    scope = ".nightMode .code" if dark else ".code"
    selectors: dict[str, list[str]] = {}
    for kind, name in STANDARD_TYPES.items():
        look = style.style_for_token(kind)
        rules = [f"color: #{look['color']}"] if look["color"] else []
        rules += ["font-weight: bold"] if look["bold"] else []
        rules += ["font-style: italic"] if look["italic"] else []
        if name and name != "w" and rules:
            selectors.setdefault("; ".join(rules), []).append(f"{scope} .{name}")
    base = "color: #e6edf3; background: #161b22" if dark else "color: #1f2328; background: #f6f8fa"
    lines = (f"{scope} {{ {base} }}", *(f"{', '.join(names)} {{ {rules} }}" for rules, names in selectors.items()))
    return "\n".join(lines) + "\n"


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape_html(text)}</span>' if kind and text else escape_html(text)


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # only cards with code pay for it
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class(kind: "_TokenType") -> str:
    from pygments.token import STANDARD_TYPES

    name = STANDARD_TYPES.get(kind)
    while name is None and kind.parent is not None:
        kind = kind.parent
        name = STANDARD_TYPES.get(kind)
    return "" if name in (None, "w") else name
