"""Cloze text: reading ``{{c1::text::hint}}`` as Anki does, with braces and math inside a deletion understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

OPENING = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::", re.IGNORECASE)
OPAQUE_SIGN = re.compile(r"`|\$|\\[(\[]")
OPAQUE = re.compile(
    r"(?P<ticks>(?<![\\`])`++).+?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$.+?\$\$|\$(?=[^\s$])[^$\n]*?(?<!\s)\$(?![0-9])|\\\(.+?\\\)|\\\[.+?\\\]|[`$]|\\[(\[]",
    re.DOTALL,
)
"""Code and formulas, in which ``::`` begins no hint: `` `std::vector` ``, ``$a::b$``; or a sign that opens none."""

LARGEST = 500
"""The largest number Anki makes a card for."""

DEEPEST = 20
"""How many deletions are read that lie in one another; Anki stops sooner. What lies deeper is text."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """One ``{{c1::…}}``: its numbers, what it hides (texts and deletions within), and its hint."""

    numbers: tuple[int, ...]
    content: "tuple[Piece, ...]"
    hint: str = ""


Piece = str | Deletion


@lru_cache(maxsize=8)
def pieces(text: str) -> tuple[Piece, ...]:
    """The text in order, its deletions as values. An opening that is never closed is plain text.

    Whoever shows a cloze also asks for its numbers: so the last few texts are remembered.
    """
    return _pieces(text, DEEPEST)


def _pieces(text: str, levels: int) -> tuple[Piece, ...]:
    if not levels or "{{" not in text:
        return (text,)
    parts: list[Piece] = []
    at = 0
    while opening := OPENING.search(text, at):
        end = _end(text, opening.end())
        if end is None:
            break
        if opening.start() > at:
            parts.append(text[at : opening.start()])
        content, _, hint = _split_hint(text[opening.end() : end])
        # Python refuses to read thousands of digits; a hundred are too many for any card.
        ordinals = tuple([int(number[:100]) for number in opening[1].split(",")])
        parts.append(Deletion(ordinals, _pieces(content, levels - 1), hint))
        at = end + 2
    if at < len(text) or not parts:
        parts.append(text[at:])
    return tuple(parts)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of all deletions, nested ones too, in ascending order: each is a card. Only 1 to 500 count."""
    return tuple(sorted({number for number in _numbers(pieces(text)) if 1 <= number <= LARGEST}))


def without_deletions(text: str) -> str:
    """The text with everything revealed and no marks left."""
    return "".join(_revealed(piece) for piece in pieces(text))


def _revealed(piece: Piece) -> str:
    return piece if isinstance(piece, str) else "".join(_revealed(inner) for inner in piece.content)


def _numbers(content: tuple[Piece, ...]) -> Iterator[int]:
    for piece in content:
        if isinstance(piece, Deletion):
            yield from piece.numbers
            yield from _numbers(piece.content)


def _end(text: str, start: int) -> int | None:
    r"""Where the ``}}`` stands that closes a deletion whose content begins at `start`.

    Anki takes the first ``}}``, which cuts ``\frac{1}{\sqrt{d}}`` in two. Here the first one at which the braces of
    the content balance closes it; only where no such place exists, the first one does.
    """
    first = text.find("}}", start)
    if first < 0 or "{" not in text[start:first]:
        return None if first < 0 else first
    depth = 0
    at = start
    while at < len(text):
        if text.startswith("}}", at) and depth == 0:
            return at
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        depth = max(depth, 0)
        at += 1
    return first


def _split_hint(content: str) -> tuple[str, str, str]:
    """Content and hint, parted at the first ``::`` that belongs to no deletion within, no code and no formula."""
    if "::" not in content:
        return content, "", ""
    if OPAQUE_SIGN.search(content):
        hidden = OPAQUE.sub(lambda match: "\0" * len(match[0]), content)
        before, sign, _ = _split_hint(hidden)
        return content[: len(before)], sign, content[len(before) + len(sign) :]
    if "{{" not in content:
        return content.partition("::")
    depth = at = 0
    while at < len(content):
        if opening := OPENING.match(content, at):
            depth += 1
            at = opening.end()
        elif depth and content.startswith("}}", at):
            depth -= 1
            at += 2
        elif not depth and content.startswith("::", at):
            return content[:at], "::", content[at + 2 :]
        else:
            at += 1
    return content, "", ""
