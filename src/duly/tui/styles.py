"""The style of each kind of run, by its semantic name and so for every theme; and applying a theme."""

from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.content import Content

from duly.markup.terminal.styled_lines import Line

DEFAULT_THEME = "textual-dark"

MUTED = "$text 60%"
"""The equivalent of ``$text-muted`` in CSS, which Textual draws too bright within a `Content`."""

STYLES = {
    "strong": "bold",
    "em": "italic",
    "code": "$text-accent",
    "strike": "strike",
    "underline": "underline",
    "link": "underline",
    "heading": "bold $text-primary",
    "cloze": "bold $text-primary",
    "math": "$text-secondary",
    "quote": f"italic {MUTED}",
    "table": MUTED,
    "dim": MUTED,
    "bar": "$text-primary",
    "mark": "reverse",
    "kbd": "reverse",
    "option": "",
    "right": "bold $text-success",
    "wrong": "bold strike $text-error",
    "missing": "bold underline $text-error",
}

TOKEN_STYLES = {
    "k": "bold $text-primary",
    "s": "$text-success",
    "m": "$text-warning",
    "c": f"italic {MUTED}",
    "nf": "$text-accent",
    "nc": "bold $text-accent",
    "nb": "$text-accent",
    "o": "$text-secondary",
    "err": "underline $text-error",
}
"""Styles of Pygments' short token classes; a class without its own has the style of its first letter."""


def style_of(styles: Sequence[str]) -> str:
    """The Textual style for the style names of a run; "" if none of them has one."""
    return " ".join(filter(None, (_style_of_name(name) for name in styles)))


def _style_of_name(name: str) -> str:
    if name.startswith("token-"):
        token = name.removeprefix("token-")
        return TOKEN_STYLES.get(token) or TOKEN_STYLES.get(token[:1], "")
    return STYLES.get(name, "")


def content(lines: Sequence[Line]) -> Content:
    """Lines as one Textual content."""
    return Content("\n").join(
        Content.assemble(*((run.text, style_of(run.styles)) for run in line)) if line else Content("") for line in lines
    )


def apply_theme(app: App[Any], theme: str) -> None:
    """Applies a theme, or the default one for an unknown name; without colours no theme is applied."""
    if not app.ansi_color:
        app.theme = theme if theme in app.available_themes else DEFAULT_THEME
