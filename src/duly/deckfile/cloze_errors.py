"""Checks the text of a cloze."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duly.cards.cloze import LARGEST, OPAQUE, OPENING, Deletion, Piece, pieces
from duly.message import Message, message

if TYPE_CHECKING:  # the form for a new card uses these checks without loading the YAML parser
    from duly.deckfile.yaml.nodes import Node
    from duly.deckfile.yaml.source import ProblemCollector

DEEPEST = 10
"""The maximum nesting depth of deletions: Anki ignores deeper ones."""


_SIMPLE = re.compile(r"[^{}]*(?:\{\{c[1-9][0-9]?::(?:[^{}:]|:(?!:))*\}\}[^{}]*)+")
"""A text with simple deletions only, which needs no further check: ``A {{c1::cat}} sat.``"""

NAMESPACES = ("std", "crate", "self", "super", "Self", "boost", "tokio")
CODE_NAME = re.compile(r":.*|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|::\w+|\(\w*\)|<\w+>)+", re.DOTALL)
"""A hint that looks like the rest of a name in code: ``Bar.new``, ``sort()``."""

_FULL_WIDTH = re.compile(r"[｛｝]|：[:：]|:：")  # the ``｛``, ``：：`` and ``｝`` of ``｛｛c1：：text｝｝``
_TO_HALF_WIDTH = str.maketrans("｛｝：ｃＣ０１２３４５６７８９", "{}:cC0123456789")


@dataclass(frozen=True, slots=True)
class ClozeError:
    """A mistake in a cloze: its kind, its message, and whether the note is excluded."""

    kind: str
    message: Message
    makes_no_card: bool = True


def check_cloze(text: str, node: "Node", report: "ProblemCollector") -> None:
    """Reports deletions that make no card, that are never closed, or that Anki refuses."""
    if (error := cloze_error(text)) is not None:
        report_problem = report.error if error.makes_no_card else report.warning
        report_problem(node.start, error.kind, error.message)


def cloze_error(text: str) -> ClozeError | None:
    """The mistake in the text; None if there is none."""
    if _SIMPLE.fullmatch(text) and text.count("{{") <= LARGEST and not _FULL_WIDTH.search(text):
        return None
    openings = list(OPENING.finditer(text))
    if len(openings) > LARGEST:
        sentence = message("this cloze has more than {limit} deletions; split it into several", limit=LARGEST)
        return ClozeError("too-many-deletions", sentence)
    invalid_numbers = [number for opening in openings for number in opening[1].split(",") if not _makes_a_card(number)]
    if invalid_numbers:
        sentence = message(
            "c{number} makes no card; number deletions from 1 to {limit}", number=invalid_numbers[0][:12], limit=LARGEST
        )
        return ClozeError("bad-cloze-number", sentence)
    closed_count, hint_count, depth = _count_deletions(pieces(text))
    if depth > DEEPEST:
        sentence = message("deletions lie more than {limit} deep in one another; Anki asks for no more", limit=DEEPEST)
        return ClozeError("deep-cloze", sentence)
    half_width_text = text.translate(_TO_HALF_WIDTH)
    half_width_counts = (
        _count_deletions(pieces(half_width_text))
        if half_width_text != text and half_width_text.count("{{") <= LARGEST
        else (0, 0, 0)
    )
    if half_width_counts[:2] > (closed_count, hint_count):
        example = "{{c1::…}}" if half_width_counts[0] > closed_count else "{{c1::…::…}}"
        sentence = message(
            "a deletion here has full-width signs; write {example} with half-width ones", example=example
        )
        return ClozeError("full-width", sentence, makes_no_card=not closed_count)
    if not openings:
        sentence = message("this cloze hides nothing; write {example} around what is asked", example="{{c1::…}}")
        return ClozeError("no-deletion", sentence)
    if closed_count < len(openings):
        sentence = message(
            "{opening} is never closed; close it with {closing}", opening=openings[closed_count][0], closing="}}"
        )
        return ClozeError("unclosed-cloze", sentence, makes_no_card=not closed_count)
    return _unclear_hint(pieces(text))


def _unclear_hint(content: tuple[Piece, ...]) -> ClozeError | None:
    """A warning if ``::`` in a deletion may be part of a name in code, as in ``{{c1::std::map}}``."""
    for piece in content:
        if isinstance(piece, Deletion):
            name = "".join(part for part in piece.content if isinstance(part, str))
            is_name = not name or name in NAMESPACES or CODE_NAME.fullmatch(piece.hint)
            if is_name and piece.hint.strip() and not piece.hint[0].isspace():
                sentence = message(
                    "is {hint} a hint here? Then write a space before it; else write {code} as code",
                    hint=repr(piece.hint),
                    code=f"`{name}::{piece.hint}`",
                )
                return ClozeError("unclear-hint", sentence, makes_no_card=False)
            if nested_error := _unclear_hint(piece.content):
                return nested_error
    return None


def has_deletion(text: str) -> bool:
    """Whether a text has a deletion outside of code, in half-width or full-width signs."""
    return ("{{" in text or "｛｛" in text) and bool(OPENING.search(OPAQUE.sub("", text.translate(_TO_HALF_WIDTH))))


def _makes_a_card(number: str) -> bool:
    return len(number) <= 3 and 1 <= int(number) <= LARGEST


def _count_deletions(content: tuple[Piece, ...]) -> tuple[int, int, int]:
    """The number of deletions, the number of those with a hint, and the nesting depth."""
    deletions = [piece for piece in content if isinstance(piece, Deletion)]
    inner = [_count_deletions(piece.content) for piece in deletions]
    return (
        len(deletions) + sum(count for count, _, _ in inner),
        sum(bool(piece.hint) for piece in deletions) + sum(hints for _, hints, _ in inner),
        max((1 + depth for _, _, depth in inner), default=0),
    )
