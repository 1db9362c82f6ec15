"""Recovers the cards of a file with a YAML syntax error: it finds them by their dashes and parses them one by one, so
that a mistake affects only one card.
"""

import re
from dataclasses import dataclass
from functools import cache

from duly.deckfile.key_table import FILE_FIELDS, NOTE_FIELDS
from duly.deckfile.yaml.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.yaml.source import BOM, ProblemCollector
from duly.deckfile.yaml.syntax_errors import SyntaxMistake
from duly.message import message

CARDS_KEY = re.compile(rf"^{BOM}*cards[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
"""The line above a list of cards: ``cards:``, ``cards: # chapter 1``; not ``cards: []``."""
OTHER_KEYS = "|".join(field.key for field in FILE_FIELDS if field.key != "cards")
NEXT_KEY = re.compile(rf"\n(?:{OTHER_KEYS})[ \t]*:(?=\s)")  # the ``tags:`` of a line ``tags: [ml]`` below the cards
CARD_DASH = re.compile(rf"^{BOM}*( *)-(?=\s|\Z)", re.MULTILINE)  # the indent and dash of ``  - q: What?``
NOTHING_BEFORE = re.compile(rf"{BOM}*(?:\s*(?:#.*|---.*|%.*)?\n)*\Z")
"""What may precede a list of cards: blank lines, comments, ``---`` and ``%YAML 1.2``."""


@dataclass(frozen=True, slots=True)
class CardSpans:
    """The start of each card's line in a text, and the end of the list of cards.

    `indent` is the number of spaces before each dash; `is_below_key`: the list is a value of the key ``cards``.
    """

    starts: tuple[int, ...]
    end: int
    indent: int
    is_below_key: bool

    @property
    def spans(self) -> "zip[tuple[int, int]]":
        """The start and end of each card."""
        return zip(self.starts, (*self.starts[1:], self.end), strict=True)


def find_cards(text: str) -> CardSpans | None:
    """The spans of the cards in a text; None if there is no list of cards."""
    heading = CARDS_KEY.search(text)
    first = CARD_DASH.search(text, heading.end() if heading else 0)
    if not first or (not heading and not NOTHING_BEFORE.match(text, 0, first.start())):
        return None
    indent = len(first[1])
    next_key = NEXT_KEY.search(text, first.end()) if heading else None
    end = next_key.start() + 1 if next_key else len(text)
    starts = (first.start(), *(dash.start() + 1 for dash in _dash_pattern(indent).finditer(text, first.end(), end)))
    return CardSpans(starts, end, indent, bool(heading))


@cache
def _dash_pattern(indent: int) -> re.Pattern[str]:
    """Matches a dash of this indent, as in ``  - q: What?``, in any line except the first.

    Fast, because it begins with a line end.
    """
    return re.compile(rf"\n {{{indent}}}-(?=\s|\Z)")


_DASH_AND_SPACES = re.compile(r" *- +")  # the ``  - `` of ``  - q: What?``
_KEY = re.compile(r"(?P<name>\w+):(?=\s)")  # the ``q:`` of ``q: What?``
_KEY_BELOW = re.compile(rf"(?<=\n)( +)(?P<name>{'|'.join(field.key for field in NOTE_FIELDS)}):(?=\s)")
"""A key of a card in a line below its first one, as in ``  a: text``."""


def recover(mistake: SyntaxMistake, report: ProblemCollector) -> Node:
    """Parses what can be read of a file in spite of `mistake`, and reports the syntax error of each broken card."""
    text = report.source.text
    card_spans = find_cards(text)
    if card_spans is None:
        sentence = message("{mistake}; nothing of this file was read", mistake=mistake.message)
        report.error(mistake.index, mistake.kind, sentence)
        return Broken(0, len(text))
    earlier_errors = report.errors
    anchors = Anchors()
    header = _header(text, card_spans, anchors, report) if card_spans.is_below_key else None
    cards: list[Node] = []
    for start, end in card_spans.spans:
        problem_count, error_count = len(report.problems), report.errors
        try:
            card = compose(text[start:end], report, anchors, start)
        except SyntaxMistake as card_mistake:
            del report.problems[problem_count:]  # problems before the syntax error are found again
            report.errors = error_count
            report.error(card_mistake.index, card_mistake.kind, card_mistake.message)
            cards.append(_parse_by_key(start, end, card_mistake.index, anchors, report))
            continue
        if isinstance(card, Sequence):
            cards.extend(card.children)
    anchors.check_use(report)
    if report.errors == earlier_errors:
        report.error(mistake.index, mistake.kind, mistake.message)
    sequence = Sequence(tuple(cards), card_spans.starts[0], card_spans.end, is_flow=False)
    return sequence if header is None else _with_cards(header, sequence)


def _parse_by_key(start: int, end: int, error_index: int, anchors: Anchors, report: ProblemCollector) -> Node:
    """A card with a syntax error at `error_index`: each key is parsed alone, so that only one value is lost."""
    text = report.source.text
    dash = _DASH_AND_SPACES.match(text, start, end)
    first = _KEY.match(text, dash.end(), end) if dash else None
    if dash is None or first is None:
        return Broken(start, end)
    column = dash.end() - start
    keys = [first, *(key for key in _KEY_BELOW.finditer(text, first.end(), end) if len(key[1]) == column)]
    children: list[Node] = []
    for key, key_end in zip(keys, (*(key.start() for key in keys[1:]), end), strict=True):
        name = Scalar(key["name"], key.start("name"), key.end("name"), "")
        if key.start() <= error_index < key_end:
            children += (name, Broken(key.end(), key_end))
            continue
        value = _compose(" " * column + text[key.start("name") : key_end], key.start("name") - column, anchors, report)
        children += value.children if isinstance(value, Mapping) else (name, Broken(key.end(), key_end))
    return Mapping(tuple(children), start, end, is_flow=False)


def _header(text: str, card_spans: CardSpans, anchors: Anchors, report: ProblemCollector) -> Node:
    """The keys around the cards, parsed from the text with the cards blanked out, so that places stay the same."""
    blanked_cards = re.sub(r"[^\r\n]", " ", text[card_spans.starts[0] : card_spans.end])
    return _compose(
        text[: card_spans.starts[0]] + blanked_cards + text[card_spans.end :], 0, anchors, report
    ) or Broken(0, len(text))


def _with_cards(header: Node, cards: Sequence) -> Node:
    if not isinstance(header, Mapping):
        return Broken(header.start, header.end)
    children = list(header.children)
    for index in range(0, len(children), 2):
        key = children[index]
        if isinstance(key, Scalar) and key.text == "cards":
            children[index + 1] = cards
    return header._replace(children=tuple(children))


def _compose(text: str, base: int, anchors: Anchors, report: ProblemCollector) -> Node | None:
    try:
        return compose(text, report, anchors, base)
    except SyntaxMistake as mistake:
        report.error(mistake.index, mistake.kind, mistake.message)
        return Broken(base, base + len(text))
