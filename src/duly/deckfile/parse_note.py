"""Parses one entry of a deck file as a note."""

from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Occlusion, Reversed, Typed, derived_id
from duly.cards.note_keys import EXACT, further_cards, texts
from duly.deckfile.answer_checks import check_options, check_sides
from duly.deckfile.check_keys import values_by_key
from duly.deckfile.cloze_errors import check_cloze
from duly.deckfile.key_table import NOTE_FIELDS, OCCLUSION, PAIR, VARIANTS, Shape
from duly.deckfile.parse_further_cards import read_further_cards
from duly.deckfile.values import FieldValue, reader_for
from duly.deckfile.yaml import typos
from duly.deckfile.yaml.nodes import Broken, Mapping, Node
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message
from duly.problem import Place

FIELDS_BY_KEY = {field.key: field for field in NOTE_FIELDS}
READERS = {field.key: read_further_cards if field.shape is Shape.MORE else reader_for(field) for field in NOTE_FIELDS}


@dataclass(frozen=True, slots=True)
class Header:
    """The values that a file sets for all of its notes."""

    deck: DeckName
    language: str = ""
    tags: tuple[str, ...] = ()


def read_note(node: Node, header: Header, report: ProblemCollector) -> Note | None:
    """The note that `node` describes; None if a mistake was reported."""
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken) and not typos.report_typo(node.start, report):
            report.error(
                node.start, "wrong-type", message("this is not a card; a card has a q: and an a:, or a cloze:")
            )
        return None
    errors = report.errors
    nodes = values_by_key(node, FIELDS_BY_KEY, report)
    is_whole = Broken not in map(type, node.children)
    is_complete = is_whole and report.errors == errors  # else the invalid key may be the missing one
    values = {key: READERS[key](value, FIELDS_BY_KEY[key], report) for key, value in nodes.items()}
    if "cloze" in nodes:
        kind: Kind | None = _cloze(nodes, values, report)
    elif nodes.keys() & {*OCCLUSION}:
        kind = _occlusion(node, nodes, values, report, is_complete=is_complete)
    else:
        kind = _pair(node, nodes, values, report, is_complete=is_complete)
    if kind is None or None in values.values() or report.errors > errors:
        return None
    return build_note(values, kind, header, report.source.place(node.start))


def build_note(values: Table[str, Any], kind: Kind, header: Header, place: Place) -> Note:
    """The note with these values of its fields, each of the type of its field."""
    written_id, note_tags = values.get("id"), values.get("tags")
    return Note(
        NoteId(written_id) if written_id else derived_id(kind.text if isinstance(kind, Cloze) else kind.question),
        kind,
        header.deck,
        tuple(dict.fromkeys((*header.tags, *note_tags))) if note_tags else header.tags,
        values.get("hint", ""),
        values.get("extra", ""),
        values.get("source", ""),
        header.language,
        place,
        written_id is not None,
        further_cards(values.get("more")),
    )


def _cloze(nodes: dict[str, Node], values: dict[str, FieldValue], report: ProblemCollector) -> Cloze | None:
    _refuse("cloze", (*PAIR, *OCCLUSION, *VARIANTS, "also", "more"), nodes, values, report)
    text = values["cloze"]
    if not isinstance(text, str):
        return None
    check_cloze(text, nodes["cloze"], report)
    return Cloze(text)


def _occlusion(
    node: Node, nodes: dict[str, Node], values: dict[str, FieldValue], report: ProblemCollector, *, is_complete: bool
) -> Occlusion | None:
    for key in OCCLUSION:
        if key not in nodes and is_complete:
            report.error(node.start, "missing-key", message("this card has no {key}:; write it", key=key))
    first_key = next(key for key in nodes if key in OCCLUSION)
    _refuse(first_key, ("a", *VARIANTS, "also", "hint", "more"), nodes, values, report)
    prompt, image, regions = values.get("q", ""), values.get("image"), texts(values.get("regions"))
    if not isinstance(prompt, str) or not isinstance(image, str) or not regions:
        return None
    return Occlusion(prompt, image, regions)


def _refuse(
    kind: str, keys: Iterable[str], nodes: dict[str, Node], values: dict[str, FieldValue], report: ProblemCollector
) -> None:
    """Reports the keys that a card with the key `kind` cannot have."""
    for key in keys:
        if key in nodes and values[key] is not False:
            sentence = message("a card with {kind}: has no {key}:; remove one of the two", kind=kind, key=key)
            report.error(nodes[key].start, "two-kinds", sentence)


def _pair(
    node: Node, nodes: dict[str, Node], values: dict[str, FieldValue], report: ProblemCollector, *, is_complete: bool
) -> Kind | None:
    for key in PAIR:
        if key not in nodes and is_complete:
            report.error(node.start, "missing-key", message("this card has no {key}:; write it", key=key))
    variants = [key for key in nodes if key in VARIANTS and values[key]]
    for key in variants[1:]:
        report.error(
            nodes[key].start,
            "two-kinds",
            message("{one}: and {other}: cannot stand on one card; remove one of the two", one=variants[0], other=key),
        )
    if "also" in nodes and values.get("typed", False) is False:
        report.error(
            nodes["also"].start, "needs-typed", message("also: belongs to a card with typed:; add typed: true")
        )
    question, answer, wrong = values.get("q"), values.get("a"), texts(values.get("wrong"))
    if not isinstance(question, str) or not isinstance(answer, str):
        return None
    check_sides(question, answer, nodes, report)
    if wrong:
        check_options(answer, wrong, nodes["wrong"], report)
        return Choice(question, answer, wrong)
    if typed := values.get("typed"):
        return Typed(question, answer, texts(values.get("also")), typed == EXACT)
    return Reversed(question, answer) if values.get("reverse") else Basic(question, answer)
