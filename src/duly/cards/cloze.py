"""Cloze text: reading ``{{c1::text::hint}}`` as Anki does, with braces and math inside a deletion understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

OPENING = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::", re.IGNORECASE)  # ``{{c1::``, ``{{c1,2::``
OPAQUE_SIGN = re.compile(r"`|\$|\\[(\[]")  # a backtick, ``$``, ``\(`` or ``\[``
OPAQUE = re.compile(
    r"(?P<ticks>(?<![\\`])`++).+?(?<!`)(?P=ticks)(?!`)"  # `` `a::b` ``
    r"|\$\$.+?\$\$|\$(?=[^\s$])[^$\n]*?(?<!\s)\$(?![0-9])"  # ``$$a$$``, ``$a$``; not ``$5 and $6``
    r"|\\\(.+?\\\)|\\\[.+?\\\]"  # ``\(a\)``, ``\[a\]``
    r"|[`$]|\\[(\[]",  # a lone sign
    re.DOTALL,
)
"""Code and formulas, in which ``::`` begins no hint: `` `std::vector` ``, ``$a::b$``; or a lone sign."""

LARGEST = 500
"""The largest number Anki makes a card for."""

DEEPEST = 20
"""The maximum nesting depth of deletions (Anki stops sooner). Deeper ones are text."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """One ``{{c1::…}}``: its numbers, its content (texts and nested deletions), and its hint."""

    numbers: tuple[int, ...]
    content: "tuple[Piece, ...]"
    hint: str = ""


Piece = str | Deletion


@lru_cache(maxsize=8)
def pieces(text: str) -> tuple[Piece, ...]:
    """The plain texts and deletions of a cloze, in order. A deletion that is never closed is plain text.

    The last few results are cached, because the numbers of a cloze are needed whenever it is shown.
    """
    return _pieces(text, DEEPEST)


def _pieces(text: str, levels: int) -> tuple[Piece, ...]:
    if not levels or "{{" not in text:
        return (text,)
    parts: list[Piece] = []
    index = 0
    while opening := OPENING.search(text, index):
        end = _closing_index(text, opening.end())
        if end is None:
            break
        if opening.start() > index:
            parts.append(text[index : opening.start()])
        content, _, hint = _split_hint(text[opening.end() : end])
        # Python refuses to read thousands of digits; a hundred are too many for any card.
        ordinals = tuple([int(number[:100]) for number in opening[1].split(",")])
        parts.append(Deletion(ordinals, _pieces(content, levels - 1), hint))
        index = end + 2
    if index < len(text) or not parts:
        parts.append(text[index:])
    return tuple(parts)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of all deletions, including nested ones, in ascending order: each is a card. Only 1 to 500 count."""
    return tuple(sorted({number for number in _numbers(pieces(text)) if 1 <= number <= LARGEST}))


def without_deletions(text: str) -> str:
    """The text with the content of its deletions, without their marks and hints."""
    return "".join(_without_marks(piece) for piece in pieces(text))


def _without_marks(piece: Piece) -> str:
    return piece if isinstance(piece, str) else "".join(_without_marks(inner) for inner in piece.content)


def _numbers(content: tuple[Piece, ...]) -> Iterator[int]:
    for piece in content:
        if isinstance(piece, Deletion):
            yield from piece.numbers
            yield from _numbers(piece.content)


def _closing_index(text: str, start: int) -> int | None:
    r"""The index of the ``}}`` that closes a deletion whose content begins at `start`; None if there is none.

    This is the first ``}}`` at which the braces of the content balance, or else the first one. Anki always takes the
    first one, which cuts ``\frac{1}{\sqrt{d}}`` in two.
    """
    first = text.find("}}", start)
    if first < 0 or "{" not in text[start:first]:
        return None if first < 0 else first
    depth = 0
    index = start
    while index < len(text):
        if text.startswith("}}", index) and depth == 0:
            return index
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        depth = max(depth, 0)
        index += 1
    return first


def _split_hint(content: str) -> tuple[str, str, str]:
    """Content, separator and hint, split at the first ``::`` outside of nested deletions, code and formulas."""
    if "::" not in content:
        return content, "", ""
    if OPAQUE_SIGN.search(content):
        blanked_text = OPAQUE.sub(lambda match: "\0" * len(match[0]), content)
        before, sign, _ = _split_hint(blanked_text)
        return content[: len(before)], sign, content[len(before) + len(sign) :]
    if "{{" not in content:
        return content.partition("::")
    depth = index = 0
    while index < len(content):
        if opening := OPENING.match(content, index):
            depth += 1
            index = opening.end()
        elif depth and content.startswith("}}", index):
            depth -= 1
            index += 2
        elif not depth and content.startswith("::", index):
            return content[:index], "::", content[index + 2 :]
        else:
            index += 1
    return content, "", ""
