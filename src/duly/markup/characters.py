"""Removes control characters from texts for Anki and terminals, and escapes HTML."""

import re

_UNWANTED_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters (NUL, ESC; not tab and line feed), lone surrogates, noncharacters (U+FDD0)."""
_DIRECTION_MARK = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # U+202E shows ``abc`` as ``cba``
_NEWLINE = re.compile(r"\r\n?")  # ``\r\n`` of Windows, or ``\r`` alone


def clean_text(text: str) -> str:
    r"""The text with ``\n`` as its only line end, and without control characters (but ``\n`` and ``\t``).

    In Anki, \x1f separates the fields of a note and NUL ends a string; in a terminal, ESC begins a command. Lone
    surrogates and noncharacters are removed, too.
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _UNWANTED_CHARACTER.sub("", _NEWLINE.sub("\n", text))


def safe_for_terminal(text: str) -> str:
    """The text, safe for a terminal: cleaned, and without characters that change the writing direction."""
    return _DIRECTION_MARK.sub("", clean_text(text))


def escape_html(text: str) -> str:
    """The text as HTML, also for attributes in double quotes; ``'`` stays."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text
