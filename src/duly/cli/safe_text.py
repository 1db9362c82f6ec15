"""Text that is safe to print: without characters that a terminal might obey, or as JSON in ASCII."""

import json
import unicodedata

CONTROL_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Control and format characters (also those that change the writing direction), surrogates, line separators."""

JOINERS = "\u200c\u200d"
"""Format characters that Persian and emoji need, and that are harmless."""


def visible(text: str) -> str:
    """The text with a sign in place of every character that a terminal might obey."""
    if text.isprintable():
        return text
    return "".join(_sign(character) for character in text)


def one_line(text: str) -> str:
    """The text in one line, with runs of white space as single spaces, made `visible`."""
    return visible(" ".join(text.split()))


def json_text(value: object, indent: int | None = None) -> str:
    r"""The value as JSON in ASCII, which every output encoding has and no terminal obeys.

    Other characters are escaped, as ``子`` to ``\u5b50``: the encoding of standard output may be GBK.
    """
    return json.dumps(value, indent=indent).replace("\x7f", r"\u007f")


def _sign(character: str) -> str:
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    return "�" if is_control(character) and character not in JOINERS else character


def is_control(character: str) -> bool:
    """Whether a terminal might act on the character instead of showing it."""
    return unicodedata.category(character) in CONTROL_CATEGORIES
