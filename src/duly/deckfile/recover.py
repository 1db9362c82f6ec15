"""A file whose YAML breaks off somewhere: its cards are read one by one, so that one mistake costs one card."""

import re

from duly.deckfile.fields import NOTE_FIELDS
from duly.deckfile.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.pieces import Pieces, cut
from duly.deckfile.report import Report
from duly.deckfile.syntax import Mistake
from duly.message import message

_DASH = re.compile(r" *- +")
_KEY = re.compile(r"(?P<name>\w+):(?=\s)")
_KEY_BELOW = re.compile(rf"(?<=\n)( +)(?P<name>{'|'.join(field.key for field in NOTE_FIELDS)}):(?=\s)")
"""A key of a card in a line below its first one, as in ``  a: text``."""


def recover(mistake: Mistake, report: Report) -> Node:
    """What can be read of a file in spite of `mistake`. Every card that cannot be is reported where it breaks off."""
    text = report.source.text
    pieces = cut(text)
    if pieces is None:
        said = message("{mistake}; nothing of this file was read", mistake=mistake.said)
        report.error(mistake.index, mistake.kind, said)
        return Broken(0, len(text))
    before = report.errors
    anchors = Anchors()
    header = _header(text, pieces, anchors, report) if pieces.keyed else None
    cards: list[Node] = []
    for start, end in pieces.spans:
        problems, errors = len(report.problems), report.errors
        try:
            card = compose(text[start:end], report, anchors, start)
        except Mistake as first:
            del report.problems[problems:]  # whatever came before the break is met again
            report.errors = errors
            report.error(first.index, first.kind, first.said)
            cards.append(_by_key(start, end, first.index, anchors, report))
            continue
        if isinstance(card, Sequence):
            cards.extend(card.children)
    anchors.check_use(report)
    if report.errors == before:
        report.error(mistake.index, mistake.kind, mistake.said)
    found = Sequence(tuple(cards), pieces.starts[0], pieces.end, flow=False)
    return found if header is None else _joined(header, found)


def _by_key(start: int, end: int, broken: int, anchors: Anchors, report: Report) -> Node:
    """A card with a mistake at `broken`: its keys, each read alone, so that one mistake costs one value."""
    text = report.source.text
    dash = _DASH.match(text, start, end)
    first = _KEY.match(text, dash.end(), end) if dash else None
    if dash is None or first is None:
        return Broken(start, end)
    column = dash.end() - start
    keys = [first, *(key for key in _KEY_BELOW.finditer(text, first.end(), end) if len(key[1]) == column)]
    children: list[Node] = []
    for key, after in zip(keys, (*(key.start() for key in keys[1:]), end), strict=True):
        name = Scalar(key["name"], key.start("name"), key.end("name"), "")
        if key.start() <= broken < after:
            children += (name, Broken(key.end(), after))
            continue
        value = _composed(" " * column + text[key.start("name") : after], key.start("name") - column, anchors, report)
        children += value.children if isinstance(value, Mapping) else (name, Broken(key.end(), after))
    return Mapping(tuple(children), start, end, flow=False)


def _header(text: str, pieces: Pieces, anchors: Anchors, report: Report) -> Node:
    """The keys around the cards: the text with the cards blanked out, so that every place stays what it is."""
    blank = re.sub(r"[^\r\n]", " ", text[pieces.starts[0] : pieces.end])
    return _composed(text[: pieces.starts[0]] + blank + text[pieces.end :], 0, anchors, report) or Broken(0, len(text))


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
