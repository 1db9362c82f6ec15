"""Parses the further cards of a note, below ``more:``."""

from duly.cards import Face, FurtherCard
from duly.deckfile.answer_checks import check_sides
from duly.deckfile.check_keys import values_by_key
from duly.deckfile.key_table import FURTHER_FIELDS, Field
from duly.deckfile.values import read_list, reader_for
from duly.deckfile.yaml.nodes import Broken, Mapping, Node
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message

FIELDS_BY_KEY = {field.key: field for field in FURTHER_FIELDS}
READERS = {field.key: reader_for(field) for field in FURTHER_FIELDS}
REQUIRED_KEYS = ("face", "q", "a")


def read_further_cards(node: Node, field: Field, report: ProblemCollector) -> tuple[FurtherCard, ...] | None:
    """The cards in the list `node`; None if a mistake was reported."""
    members = read_list(node, field, report)
    if members is None:
        return None
    cards: dict[str, FurtherCard] = {}
    errors = report.errors
    for member in members:
        card = _read_card(member, report)
        if card is not None and card.face in cards:
            sentence = message("two cards have the face {face!r}; give one of them another", face=card.face)
            report.error(member.start, "same-face", sentence)
        elif card is not None:
            cards[card.face] = card
    return tuple(cards.values()) if report.errors == errors else None


def _read_card(node: Node, report: ProblemCollector) -> FurtherCard | None:
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken):
            report.error(node.start, "wrong-type", message("a card below more: has a face:, a q: and an a:"))
        return None
    errors = report.errors
    nodes = values_by_key(node, FIELDS_BY_KEY, report)
    for key in REQUIRED_KEYS:
        if key not in nodes and report.errors == errors:
            report.error(node.start, "missing-key", message("this card has no {key}:; write it", key=key))
    values = {key: READERS[key](value, FIELDS_BY_KEY[key], report) for key, value in nodes.items()}
    if report.errors > errors or None in values.values():
        return None
    question, answer = str(values["q"]), str(values["a"])
    check_sides(question, answer, nodes, report)
    return FurtherCard(Face(str(values["face"])), question, answer, values.get("typed") is True)
