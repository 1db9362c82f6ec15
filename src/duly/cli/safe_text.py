"""Text that is safe to print: with signs in place of characters that a terminal might obey, or as JSON in ASCII."""

import json
import unicodedata

CONTROL_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Control and format characters (those that turn the direction of writing, too), halves of pairs, line separators."""

JOINERS = "\u200c\u200d"
"""Format characters that Persian and emoji need, and that do no harm."""


def visible(text: str) -> str:
    """The text with every character that a terminal might obey shown as a sign instead."""
    if text.isprintable():
        return text
    return "".join(_sign(character) for character in text)


def one_line(text: str) -> str:
    """The text in one line, each run of white space as one space, as `visible` shows it."""
    return visible(" ".join(text.split()))


def json_text(value: object, indent: int | None = None) -> str:
    r"""The value as JSON in ASCII, which every encoding of an output has, and which no terminal obeys.

    All else is escaped: ``子`` is ``\u5b50``. So nothing depends on the encoding of standard output, which may be GBK.
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
