"""A file whose YAML breaks off somewhere: its cards are read one by one, so that one mistake costs one card."""

import re
from dataclasses import dataclass

from duly.deckfile.fields import FILE_FIELDS
from duly.deckfile.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.report import Report
from duly.deckfile.syntax import Mistake
from duly.message import message

CARDS = re.compile(r"^cards[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
OTHERS = "|".join(field.key for field in FILE_FIELDS if field.key != "cards")
AFTER = re.compile(rf"^(?:{OTHERS})[ \t]*:(?=\s)", re.MULTILINE)
DASH = re.compile(r"^( *)-(?=\s|\Z)", re.MULTILINE)
NOTHING = re.compile(r"(?:\s*(?:#.*|---.*|%.*)?\n)*\Z")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where the list of cards begins and ends in a text, where each card begins, and whether keys stand around it."""

    starts: tuple[int, ...]
    end: int
    keyed: bool


def recover(mistake: Mistake, report: Report) -> Node:
    """What can be read of a file in spite of `mistake`. Every card that cannot be is reported where it breaks off."""
    text = report.source.text
    cut = _cut(text)
    if cut is None:
        said = message("{mistake}; nothing of this file was read", mistake=mistake.said)
        report.error(mistake.index, mistake.kind, said)
        return Broken(0, len(text))
    before = report.errors
    anchors = Anchors()
    header = _header(text, cut, anchors, report) if cut.keyed else None
    cards: list[Node] = []
    for start, end in zip(cut.starts, (*cut.starts[1:], cut.end), strict=True):
        card = _composed(text[start:end], start, anchors, report)
        if isinstance(card, Sequence):
            cards.extend(card.children)
    if report.errors == before:
        report.error(mistake.index, mistake.kind, mistake.said)
    found = Sequence(tuple(cards), cut.starts[0], cut.end, flow=False)
    return found if header is None else _joined(header, found)


def _cut(text: str) -> Pieces | None:
    """Where cards begin, by the dashes that stand as far in as the first; None if there is no such list."""
    heading = CARDS.search(text)
    first = DASH.search(text, heading.end() if heading else 0)
    if not first or (not heading and not NOTHING.match(text, 0, first.start())):
        return None
    dash = re.compile(rf"^ {{{len(first[1])}}}-(?=\s|\Z)", re.MULTILINE)
    after = AFTER.search(text, first.end()) if heading else None
    end = after.start() if after else len(text)
    return Pieces(tuple(found.start() for found in dash.finditer(text, first.start(), end)), end, bool(heading))


def _header(text: str, cut: Pieces, anchors: Anchors, report: Report) -> Node:
    """The keys around the cards: the text with the cards blanked out, so that every place stays what it is."""
    blank = re.sub(r"[^\r\n]", " ", text[cut.starts[0] : cut.end])
    return _composed(text[: cut.starts[0]] + blank + text[cut.end :], 0, anchors, report) or Broken(0, len(text))


def _joined(header: Node, cards: Sequence) -> Node:
    if not isinstance(header, Mapping):
        return Broken(header.start, header.end)
    children = list(header.children)
    for at in range(0, len(children), 2):
        key = children[at]
        if isinstance(key, Scalar) and key.text == "cards":
            children[at + 1] = cards
    return header._replace(children=tuple(children))


def _composed(text: str, base: int, anchors: Anchors, report: Report) -> Node | None:
    try:
        return compose(text, report, anchors, base)
    except Mistake as mistake:
        report.error(mistake.index, mistake.kind, mistake.said)
        return Broken(base, base + len(text))
