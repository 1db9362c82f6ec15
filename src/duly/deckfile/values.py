"""Parses the values of fields: one reader for each type, which returns the value, or reports a problem and returns
None.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import assert_never

from duly.cards import FurtherCard
from duly.cards.ids import ID_LENGTH, is_face, is_note_id
from duly.cards.note_keys import EXACT
from duly.deckfile import key_table
from duly.deckfile.key_table import Field, Shape
from duly.deckfile.markdown_typos import check_markdown
from duly.deckfile.region_errors import check_regions
from duly.deckfile.yaml import typos
from duly.deckfile.yaml.nodes import Broken, Mapping, Node, Scalar, Sequence
from duly.deckfile.yaml.silent_changes import check_silent_changes
from duly.deckfile.yaml.source import ProblemCollector
from duly.deckfile.yaml.syntax_errors import text_below_message
from duly.message import message

FieldValue = str | bool | tuple[str, ...] | tuple[FurtherCard, ...] | None
Reader = Callable[[Node, Field, ProblemCollector], FieldValue]

_DECK = re.compile(key_table.DECK)  # ``ml::sparse``
_LANGUAGE = re.compile(key_table.LANGUAGE)  # ``zh-Hans``, ``en``
_TAG = re.compile(key_table.TAG)  # ``ml::sparse``; no space in it


def reader_for(field: Field) -> Reader:
    """The function that reads the values of `field`; it returns None after reporting a problem.

    Looked up once for each field, not for each node, for speed.
    """
    match field.shape:
        case Shape.TEXT | Shape.IMAGE:
            return read_text
        case Shape.FLAG:
            return _read_flag
        case Shape.TYPED:
            return _read_typed
        case Shape.TEXTS:
            return _read_texts
        case Shape.REGIONS:
            return _read_regions
        case Shape.TAGS:
            return _read_tags
        case Shape.ID:
            return _read_id
        case Shape.DECK:
            return _read_deck
        case Shape.LANGUAGE:
            return _read_language
        case Shape.FACE:
            return _read_face
        case Shape.CARDS | Shape.MORE:
            raise AssertionError("cards are read one by one")
        case unknown:
            assert_never(unknown)


def read_text(node: Node, field: Field, report: ProblemCollector) -> str | None:
    """A text, exactly as in the file."""
    if not isinstance(node, Scalar):
        _report_not_text(node, field, report)
        return None
    if field.must_not_be_empty and (not node.text or node.text.isspace()):
        _report_empty(node, field, report)
        return None
    if not node.is_alias:
        check_silent_changes(node, report)
        if field.key not in ("source", "image"):  # these are not Markdown
            check_markdown(node, report)
    return node.text


def read_list(node: Node, field: Field, report: ProblemCollector) -> tuple[Node, ...] | None:
    """The members of a list; empty if the key has no value."""
    if isinstance(node, Sequence):
        return node.children
    if is_nothing(node):
        return ()
    if isinstance(node, Scalar) and not node.style and node.text[0] in "［【":
        sentence = message("{sign} is a full-width bracket; write the half-width [ ]", sign=node.text[0])
        report.error(node.start, "wrong-type", sentence)
    elif isinstance(node, Scalar) and not node.style and node.text[0] in typos.DASHES:
        report.error(node.start, "wrong-type", typos.dash_message(node.text[0]))
    elif not isinstance(node, Broken):
        sentence = message(
            "{key} takes a list: put it in [ ], or each member on a line that begins with -", key=field.key
        )
        report.error(node.start, "wrong-type", sentence)
    return None


def is_nothing(node: Node) -> bool:
    """Whether the key has no value."""
    return isinstance(node, Scalar) and not node.style and not node.text


def _read_flag(node: Node, field: Field, report: ProblemCollector) -> bool | None:
    if isinstance(node, Scalar):
        if node.text in key_table.TRUE:
            return True
        if node.text in key_table.FALSE:
            return False
    if not isinstance(node, Broken):
        report.error(node.start, "wrong-type", message("{key} is either true or false", key=field.key))
    return None


def _read_typed(node: Node, field: Field, report: ProblemCollector) -> FieldValue:
    return EXACT if isinstance(node, Scalar) and node.text == EXACT else _read_flag(node, field, report)


def _read_texts(node: Node, field: Field, report: ProblemCollector) -> tuple[str, ...] | None:
    members = read_list(node, field, report)
    if members is None:
        return None
    if field.must_not_be_empty and not members:
        report.error(
            node.start, "empty", message("{key} is empty; write at least one, or leave {key} out", key=field.key)
        )  # fmt: skip
        return None
    _check_commas(node, report)
    values = [read_text(member, field, report) for member in members]
    texts = tuple(value for value in values if value is not None)
    return texts if len(texts) == len(values) else None


def _read_regions(node: Node, field: Field, report: ProblemCollector) -> tuple[str, ...] | None:
    lines = _read_texts(node, field, report)
    if lines is not None and isinstance(node, Sequence):
        check_regions(lines, node.children, node.start, report)
    return lines


def _read_tags(node: Node, field: Field, report: ProblemCollector) -> tuple[str, ...] | None:
    members = read_list(node, field, report)
    if members is None:
        return None
    _check_commas(node, report)
    tags: dict[str, None] = {}
    for member in members:
        if not isinstance(member, Scalar):
            _report_not_text(member, field, report)
        elif not is_tag(member.text):
            report.error(
                member.start,
                "bad-tag",
                message(
                    "{tag!r} is not a tag: a tag has no white space, and no empty level around ::", tag=member.text
                ),
            )
        else:
            tags[nfc(member.text)] = None
    return tuple(tags) if all(isinstance(member, Scalar) for member in members) else None


def _check_commas(node: Node, report: ProblemCollector) -> None:
    """Warns of full-width commas in [ ] with a single plain member; beside half-width ones they are text."""
    match node:
        case Sequence(children=(Scalar(style="", is_alias=False) as member,), is_flow=True, is_alias=False):
            if comma := typos.FULL_WIDTH_COMMA.search(report.source.text, member.start, member.end):
                report.warning(comma.start(), "full-width", typos.comma_message(comma[0]))


def _read_id(node: Node, field: Field, report: ProblemCollector) -> str | None:
    if not isinstance(node, Scalar):
        _report_not_text(node, field, report)
        return None
    if is_note_id(node.text):
        return node.text
    report.error(
        node.start,
        "bad-id",
        message("an id has 1 to {limit} visible characters and no white space at its ends", limit=ID_LENGTH),
    )
    return None


def _read_deck(node: Node, field: Field, report: ProblemCollector) -> str | None:
    if not isinstance(node, Scalar):
        _report_not_text(node, field, report)
        return None
    if not _DECK.fullmatch(node.text):
        report.error(
            node.start,
            "bad-deck",
            message(
                "{name!r} is not a valid deck name: each level has text, without white space or a colon at its ends",
                name=node.text,
            ),
        )  # fmt: skip
        return None
    return nfc(node.text)


def nfc(name: str) -> str:
    """A tag or a deck's name in NFC."""
    return unicodedata.normalize("NFC", name)


def is_tag(text: str) -> bool:
    """Whether this is a valid tag."""
    return bool(_TAG.fullmatch(text))


def is_deck(name: str) -> bool:
    """Whether this is a valid deck name."""
    return bool(_DECK.fullmatch(name))


def is_language(tag: str) -> bool:
    """Whether this is a valid language tag."""
    return bool(_LANGUAGE.fullmatch(tag))


def _read_language(node: Node, field: Field, report: ProblemCollector) -> str | None:
    if not isinstance(node, Scalar):
        _report_not_text(node, field, report)
        return None
    if is_language(node.text):
        return node.text
    report.error(
        node.start,
        "bad-language",
        message("{language!r} is not a language tag; write one like en, zh-Hans or pt-BR", language=node.text),
    )
    return None


def _read_face(node: Node, field: Field, report: ProblemCollector) -> str | None:
    if not isinstance(node, Scalar):
        _report_not_text(node, field, report)
        return None
    if is_face(node.text):
        return nfc(node.text)
    report.error(
        node.start,
        "bad-face",
        message("a face is a name of 1 to 64 characters, no white space and no / among them; not front, back or c1"),
    )
    return None


def _report_empty(node: Scalar, field: Field, report: ProblemCollector) -> None:
    line = report.source.line(report.source.place(node.start).line)
    if node.style in ("|", ">"):
        sentence = text_below_message(node.style)
    elif not node.style and "#" in line:
        sentence = message(
            "{key} is empty, for # begins a comment; put quotes around text that begins with #", key=field.key
        )
    else:
        sentence = message("{key} is empty; write its text", key=field.key)
    report.error(node.start, "empty", sentence)


def _report_not_text(node: Node, field: Field, report: ProblemCollector) -> None:
    match node:
        case Mapping(is_flow=is_flow) | Sequence(is_flow=is_flow):
            if is_flow:
                sign = report.source.text[node.start]
                sentence = message(
                    "{key} takes a text; put quotes around text that begins with {sign}", key=field.key, sign=sign
                )
            else:
                sentence = message("{key} takes a text, no list and no further keys", key=field.key)
            report.error(node.start, "wrong-type", sentence)
        case Scalar() | Broken():
            pass
        case unknown:
            assert_never(unknown)
