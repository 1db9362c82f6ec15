"""What can be wrong with the text of a cloze."""

from duly.cards.cloze import LARGEST, OPENING, Deletion, Piece, pieces
from duly.deckfile.nodes import Node
from duly.deckfile.report import Report
from duly.message import message

DEEPEST = 10
"""How many deletions may lie in one another: Anki ignores those that lie deeper."""


def check_cloze(text: str, node: Node, report: Report) -> None:
    """Reports deletions that make no card, make one that Anki refuses, or are never closed."""
    openings = list(OPENING.finditer(text))
    if len(openings) > LARGEST:
        report.error(
            node.start,
            "too-many-deletions",
            message("this cloze has more than {limit} deletions; split it into several", limit=LARGEST),
        )
        return
    bad = [number for opening in openings for number in opening[1].split(",") if not _makes_a_card(number)]
    if bad:
        report.error(
            node.start,
            "bad-cloze-number",
            message("c{number} makes no card; number deletions from 1 to {limit}", number=bad[0][:12], limit=LARGEST),
        )
        return
    closed, depth = _count(pieces(text))
    if depth > DEEPEST:
        report.error(
            node.start,
            "deep-cloze",
            message("deletions lie more than {limit} deep in one another; Anki asks for no more", limit=DEEPEST),
        )
    elif not openings:
        report.error(
            node.start,
            "no-deletion",
            message("this cloze hides nothing; write {example} around what is asked", example="{{c1::…}}"),
        )
    elif closed < len(openings):
        say = report.warning if closed else report.error
        say(
            node.start,
            "unclosed-cloze",
            message("{opening} is never closed; close it with {closing}", opening=openings[closed][0], closing="}}"),
        )


def _makes_a_card(number: str) -> bool:
    return len(number) <= 3 and 1 <= int(number) <= LARGEST


def _count(found: tuple[Piece, ...]) -> tuple[int, int]:
    """How many deletions there are, and how deep they lie in one another."""
    inner = [_count(piece.content) for piece in found if isinstance(piece, Deletion)]
    return sum(1 + count for count, _ in inner), max((1 + depth for _, depth in inner), default=0)
