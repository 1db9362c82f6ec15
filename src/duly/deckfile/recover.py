"""Recovers a file with a YAML syntax error: cards are found by their dashes and parsed one by one, so that one mistake
affects only one card.
"""

import re
from dataclasses import dataclass
from functools import cache

from duly.deckfile.key_table import FILE_FIELDS, NOTE_FIELDS
from duly.deckfile.yaml.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.yaml.source import BOM, ProblemCollector
from duly.deckfile.yaml.syntax_errors import SyntaxMistake
from duly.message import message

CARDS = re.compile(rf"^{BOM}*cards[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
OTHERS = "|".join(field.key for field in FILE_FIELDS if field.key != "cards")
AFTER = re.compile(rf"\n(?:{OTHERS})[ \t]*:(?=\s)")
DASH = re.compile(rf"^{BOM}*( *)-(?=\s|\Z)", re.MULTILINE)
NOTHING_BEFORE = re.compile(rf"{BOM}*(?:\s*(?:#.*|---.*|%.*)?\n)*\Z")


@dataclass(frozen=True, slots=True)
class CardSpans:
    """The start of each card's line in a text, and the end of the list of cards.

    `indent` is the number of spaces before each dash; `keyed`: the list is a value of the key ``cards``.
    """

    starts: tuple[int, ...]
    end: int
    indent: int
    keyed: bool

    @property
    def spans(self) -> "zip[tuple[int, int]]":
        """Where each card begins and ends."""
        return zip(self.starts, (*self.starts[1:], self.end), strict=True)


def find_cards(text: str) -> CardSpans | None:
    """The spans of the cards in a text; None if there is no list of cards."""
    heading = CARDS.search(text)
    first = DASH.search(text, heading.end() if heading else 0)
    if not first or (not heading and not NOTHING_BEFORE.match(text, 0, first.start())):
        return None
    indent = len(first[1])
    after = AFTER.search(text, first.end()) if heading else None
    end = after.start() + 1 if after else len(text)
    starts = (first.start(), *(dash.start() + 1 for dash in _is_dash(indent).finditer(text, first.end(), end)))
    return CardSpans(starts, end, indent, bool(heading))


@cache
def _is_dash(indent: int) -> re.Pattern[str]:
    """A dash of this indent in any line but the first; a pattern that begins with a line end is fast."""
    return re.compile(rf"\n {{{indent}}}-(?=\s|\Z)")


_DASH = re.compile(r" *- +")
_KEY = re.compile(r"(?P<name>\w+):(?=\s)")
_KEY_BELOW = re.compile(rf"(?<=\n)( +)(?P<name>{'|'.join(field.key for field in NOTE_FIELDS)}):(?=\s)")
"""A key of a card in a line below its first one, as in ``  a: text``."""


def recover(mistake: SyntaxMistake, report: ProblemCollector) -> Node:
    """What can be parsed of a file in spite of `mistake`. The syntax error of each broken card is reported."""
    text = report.source.text
    pieces = find_cards(text)
    if pieces is None:
        sentence = message("{mistake}; nothing of this file was read", mistake=mistake.message)
        report.error(mistake.index, mistake.kind, sentence)
        return Broken(0, len(text))
    before = report.errors
    anchors = Anchors()
    header = _header(text, pieces, anchors, report) if pieces.keyed else None
    cards: list[Node] = []
    for start, end in pieces.spans:
        problems, errors = len(report.problems), report.errors
        try:
            card = compose(text[start:end], report, anchors, start)
        except SyntaxMistake as first:
            del report.problems[problems:]  # whatever came before the break is met again
            report.errors = errors
            report.error(first.index, first.kind, first.message)
            cards.append(_by_key(start, end, first.index, anchors, report))
            continue
        if isinstance(card, Sequence):
            cards.extend(card.children)
    anchors.check_use(report)
    if report.errors == before:
        report.error(mistake.index, mistake.kind, mistake.message)
    sequence = Sequence(tuple(cards), pieces.starts[0], pieces.end, flow=False)
    return sequence if header is None else _joined(header, sequence)


def _by_key(start: int, end: int, broken: int, anchors: Anchors, report: ProblemCollector) -> Node:
    """A card with a syntax error at `broken`: each key is parsed alone, so that only one value is lost."""
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


def _header(text: str, pieces: CardSpans, anchors: Anchors, report: ProblemCollector) -> Node:
    """The keys around the cards, parsed from the text with the cards blanked out, so that places stay the same."""
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


def _composed(text: str, base: int, anchors: Anchors, report: ProblemCollector) -> Node | None:
    try:
        return compose(text, report, anchors, base)
    except SyntaxMistake as mistake:
        report.error(mistake.index, mistake.kind, mistake.message)
        return Broken(base, base + len(text))
