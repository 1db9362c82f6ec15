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
    """The escaped code of a block as HTML with a ``span`` for each token. Cloze marks keep their places."""
    code, marks = cloze_marks.split_marks(entities.unescape(body).removesuffix("\n"))
    parts: list[str] = []
    at = 0
    next_marks = iter((*marks, (len(code) + 1, "")))
    place, mark = next(next_marks)
    for kind, text in tokens(code, language):
        end = at + len(text)
        while place <= end and (place < end or end == len(code)):
            parts += (_span(kind, code[at:place]), mark)
            at = place
            place, mark = next(next_marks)
        parts.append(_span(kind, code[at:end]))
        at = end
    return "".join(parts)


@lru_cache(maxsize=64)
def tokens(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """The code in pieces, each with the Pygments class of its token ("" for plain text), nothing left out."""
    lexer = _lexer(language) if language else None
    if lexer is None:
        return (("", code),)
    pieces = tuple([(_class(kind), text) for kind, text in lexer.get_tokens(code)])
    is_complete = "".join(text for _, text in pieces) == code
    return pieces if is_complete and pieces else (("", code),)


def stylesheet(is_dark: bool) -> str:
    """The colours of code on a card, as CSS. Dark rules apply below ``.nightMode``, the class of Anki's dark mode."""
    from pygments.styles import get_style_by_name
    from pygments.token import STANDARD_TYPES

    style = get_style_by_name(DARK if is_dark else LIGHT)
    scope = ".nightMode .code" if is_dark else ".code"
    selectors: dict[str, list[str]] = {}
    for kind, name in STANDARD_TYPES.items():
        token_style = style.style_for_token(kind)
        rules = [f"color: #{token_style['color']}"] if token_style["color"] else []
        rules += ["font-weight: bold"] if token_style["bold"] else []
        rules += ["font-style: italic"] if token_style["italic"] else []
        if name and name != "w" and rules:
            selectors.setdefault("; ".join(rules), []).append(f"{scope} .{name}")
    base = "color: #e6edf3; background: #161b22" if is_dark else "color: #1f2328; background: #f6f8fa"
    lines = (f"{scope} {{ {base} }}", *(f"{', '.join(names)} {{ {rules} }}" for rules, names in selectors.items()))
    return "\n".join(lines) + "\n"


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape_html(text)}</span>' if kind and text else escape_html(text)


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # imported only for cards with code
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
