"""Decks in the plainest YAML, read without a YAML parser: most cards of most decks, several times as fast.

The cards that are not plain are given to the parser, as many as stand together at a time. What comes of it are the
notes that `duly.deckfile.parse` makes of the whole text, or nothing: wherever that is not certain (anything to report,
an anchor, a second document) the parser is to see the whole.
"""

import re
from collections.abc import Iterator

from duly.cards import DeckName, Note
from duly.deckfile.nodes import Anchors, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.note import Header, read_note
from duly.deckfile.parse import parts
from duly.deckfile.pieces import Pieces, cut
from duly.deckfile.plain_card import lines_of, plain_note
from duly.deckfile.report import Report
from duly.deckfile.source import Source
from duly.deckfile.syntax import Mistake
from duly.deckfile.values import is_nothing
from duly.place import Place

_CLEAN = re.compile("[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
"""Texts without a character that YAML refuses or, other than a line feed, takes for the end of a line."""

NO_CARDS = Sequence((), 0, 0, flow=False)


class _NotPlainError(Exception):
    """The text is to be parsed as a whole."""


def plain(source: Source, deck: DeckName) -> tuple[Note, ...] | None:
    """The notes of a text that has no mistake in it; None where the parser must see the whole."""
    text = source.text.replace("\r\n", "\n")
    pieces = cut(text)
    if pieces is None or pieces.end < len(text) or not _CLEAN.fullmatch(text) or _has_markers(text, pieces.starts[0]):
        return None
    report = Report(Source(source.file, text))
    try:
        return tuple(_notes(pieces, _header(pieces, deck, report), report))
    except (_NotPlainError, Mistake):
        return None


def _has_markers(text: str, first: int) -> bool:
    """Whether documents begin or end in the text; the one read here may begin above its first card."""
    return text.startswith("...") or "\n..." in text or text.find("\n---", first) >= 0


def _notes(pieces: Pieces, header: Header, report: Report) -> Iterator[Note]:
    """The notes one by one. Where one begins is certain only if those before it have come to their end."""
    text, file = report.source.text, report.source.file
    lines, column = lines_of(pieces.indent), pieces.indent + 3
    number, at, waiting = 1, 0, -1
    for start, end in pieces.spans:
        number, at = number + text.count("\n", at, start), start
        note = plain_note(lines.findall(text, start, end), header, Place(file, number, column))
        if note is None:
            waiting = start if waiting < 0 else waiting
            continue
        if waiting >= 0:
            yield from _parsed(waiting, start + pieces.indent, header, report)
            waiting = -1
        yield note
    if waiting >= 0:
        yield from _parsed(waiting, len(text), header, report)


def _parsed(start: int, end: int, header: Header, report: Report) -> Iterator[Note]:
    cards = _composed(start, end, report)
    if not isinstance(cards, Sequence) or cards.flow:
        raise _NotPlainError
    for card in cards.children:
        note = read_note(card, header, report)
        if note is None or report.problems:
            raise _NotPlainError
        yield note


def _composed(start: int, end: int, report: Report) -> Node | None:
    anchors = Anchors()
    root = compose(report.source.text[start:end], report, anchors, start)
    if report.problems or anchors.named:
        raise _NotPlainError
    return root


def _header(pieces: Pieces, deck: DeckName, report: Report) -> Header:
    """What stands above the cards."""
    root = _composed(0, pieces.starts[0], report)
    header, _ = parts(_keys(root) if pieces.keyed else _nothing(root), deck, report)
    if header is None or report.problems:
        raise _NotPlainError
    return header


def _keys(root: Node | None) -> Node:
    """The keys of the file, of which the last awaits the cards."""
    if isinstance(root, Mapping) and not root.flow:
        *others, key, nothing = root.children
        if isinstance(key, Scalar) and key.text == "cards" and is_nothing(nothing):
            return root._replace(children=(*others, key, NO_CARDS))
    raise _NotPlainError


def _nothing(root: Node | None) -> Node:
    if root is None or is_nothing(root):
        return NO_CARDS
    raise _NotPlainError
