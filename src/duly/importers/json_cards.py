"""Cards in JSON: an object for each, on lines of its own (JSON Lines) or anywhere in lists and objects.

The keys are those of a deck file or their other names. Notes of AnkiConnect and CrowdAnki are read, too: their fields
are HTML and become Markdown, and their guids stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duly.cards import DeckName
from duly.cards.note_keys import KEYS, key_of
from duly.importers.collector import Collector
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.json_values import SURROGATE, elements, value_at
from duly.importers.records import Record, add_record, flags_of, from_anki_html, trimmed_value
from duly.importers.tags_and_decks import deck_name, tag_names
from duly.importers.text_lines import LINE_END, Line, Mark
from duly.message import message

JSON_LINES = (".jsonl", ".ndjson", ".jl")
JSON = (".json",)
FLAGS = ("reverse", "typed")
FIELDS = "fields"
"""The key of the fields of a note in Anki, which are HTML."""

ANKI_KEYS = {"deckName": "deck", "modelName": "notetype", "notetype": "notetype"}
IGNORED_KEYS = (
    "__type__", "note_model_uuid", "newlyAdded", "mod", "data", "flags", "noteId", "cards", "profile", "options",
    "error", "name", "note_models", "deck_configurations", "version", "action", "crowdanki_uuid", "deck_config_uuid",
    "desc", "media_files", "dyn", "extendNew", "extendRev", "allowDuplicate", "duplicateScope",
)  # fmt: skip
"""Keys of AnkiConnect and CrowdAnki without meaning for a note."""


def recognise_lines(path: Path, text: str) -> Recognition:
    """Certain by the ending of the file; clear if the first line that is not blank is an object with a known key."""
    number, first_line = next(((n, line) for n, line in enumerate(LINE_END.split(text), 1) if line.strip()), (1, ""))
    if path.suffix.lower() in JSON_LINES:
        return Recognition(Confidence.CERTAIN, (number,))
    value = value_at(first_line) if first_line.lstrip().startswith("{") else None
    is_card = (
        value is not None and isinstance(value[0], dict) and not first_line[value[1] :].strip() and _is_card(value[0])
    )
    return Recognition(Confidence.CLEAR if is_card else Confidence.NONE, (number,) if is_card else ())


def recognise(_path: Path, text: str) -> Recognition:
    """Certain if the whole text is JSON with cards in it; a single object on one line is left to JSON Lines."""
    start = text.lstrip()[:1]
    document = _Document(text) if start in ("{", "[") else None
    if document is None or not document.cards:
        return Recognition()
    numbers = tuple(card.number for card in document.cards)
    is_line = start == "{" and len(numbers) == 1 and not LINE_END.search(text.strip()) and document.is_card
    return Recognition() if is_line else Recognition(Confidence.CERTAIN, numbers)


def read_lines(path: Path, text: str) -> ImportedText:
    """The notes of the lines, in order. Lines that are no objects, and unknown keys, are left out."""
    cards: list[_Card] = []
    lines: list[Line] = []
    for number, row in enumerate(LINE_END.split(text), 1):
        value = value_at(row) if row.strip() else None
        if value is not None and value[0] and isinstance(value[0], dict) and not row[value[1] :].strip():
            members = _members(row, 0, number)
            if all(member.line.is_blank for member in members):
                lines.append(Line(number, row, Mark.TEXT, row))
                continue
            cards.append(_Card(number, members))
            lines += (member.line for member in members)
        elif row.strip():
            lines.append(Line(number, row, Mark.TEXT, row))
    return _read_cards(path, cards, lines, "")


def read(path: Path, text: str) -> ImportedText:
    """The notes of a JSON text. Values that belong to no card are left out; without valid JSON, everything is."""
    document = _Document(text)
    return _read_cards(path, document.cards, document.lines, document.title)


@dataclass(frozen=True, slots=True)
class _Member:
    """A value of a card: its key in a deck file ("" for none), its name in the text; `is_html` for an Anki field."""

    key: str
    name: str
    value: Any
    line: Line
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class _Card:
    number: int
    members: Sequence[_Member]
    deck: str = ""


@dataclass(slots=True)
class _Document:
    """The cards of a JSON text, every value as a line, and the deck named by CrowdAnki."""

    text: str
    cards: list[_Card] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    title: str = ""
    models: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_card: bool = False

    def __post_init__(self) -> None:
        value = value_at(self.text)
        if value is None or self.text[value[1] :].strip() or not isinstance(value[0], dict | list):
            rows = LINE_END.split(self.text)
            self.lines = [Line(number, row, Mark.TEXT, row) for number, row in enumerate(rows, 1)]
            return
        self.models = _models(value[0])
        self.is_card = isinstance(value[0], dict) and _is_card(value[0])
        self._walk(value[0], 0, 1, "")

    def _walk(self, value: Any, start: int, number: int, deck: str) -> None:
        """Looks for cards in a list or an object that begins at `start`."""
        if isinstance(value, dict) and _is_card(value):
            members = _members(self.text, start, number, self.models.get(str(value.get("note_model_uuid")), ()))
            self.cards.append(_Card(number, members, deck))
            self.lines += (member.line for member in members)
            return
        if isinstance(value, dict) and isinstance(value.get("notes"), list) and isinstance(value.get("name"), str):
            deck = f"{deck}::{value['name']}" if deck else value["name"]
            self.title = self.title or deck
        for element in elements(self.text, start, number):
            if isinstance(element.value, dict | list) and element.key not in ("note_models", "deck_configurations"):
                self._walk(element.value, element.start, element.number, deck)
            else:
                self.lines.append(element.line(f"{element.key or '-'}@{element.start}"))


def _is_card(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get(FIELDS), dict | list) or any(key_of(key) in ("q", "a", "cloze") for key in value)


def _members(text: str, start: int, number: int, names: Sequence[str] = ()) -> tuple[_Member, ...]:
    members: list[_Member] = []
    for element in elements(text, start, number):
        if element.key == FIELDS and isinstance(element.value, dict | list):
            fields = list(elements(text, element.start, element.number))
            field_names = (*names, *("q", "a")) if names or isinstance(element.value, list) else ()
            for index, inner in enumerate(fields):
                name = inner.key or (field_names[index] if index < len(field_names) else str(index + 1))
                value = inner.value.get("value") if isinstance(inner.value, dict) else inner.value
                members.append(_Member(key_of(name), name, value, inner.line(f"{name}@{inner.start}"), is_html=True))
        else:
            key = ANKI_KEYS.get(element.key) or key_of(element.key)
            members.append(_Member(key, element.key, element.value, element.line(f"{element.key}@{element.start}")))
    return tuple(members)


def _models(value: Any) -> dict[str, tuple[str, ...]]:
    """The names of the fields of each note type of CrowdAnki."""
    models = value.get("note_models") if isinstance(value, dict) else None
    return {
        str(model.get("crowdanki_uuid")): tuple(
            str(entry.get("name")) for entry in model["flds"] if isinstance(entry, dict)
        )
        for model in (models if isinstance(models, list) else ())
        if isinstance(model, dict) and isinstance(model.get("flds"), list)
    }


def _read_cards(path: Path, cards: Sequence[_Card], lines: Sequence[Line], title: str) -> ImportedText:
    collector = Collector(path, lines)
    unparsed_lines = [line for line in lines if not line.part]
    sentence = message(
        "this line is not a JSON object, such as {example}, and was left out", example='{"q": "…", "a": "…"}'
    )
    for line in unparsed_lines:
        collector.leave_out([line], sentence)
    collector.claim_structure(line for line in lines if line.part.partition("@")[0] in IGNORED_KEYS)
    for card in cards:
        _add_card(collector, card, title)
    return collector.result(title)


def _add_card(collector: Collector, card: _Card, title: str) -> None:
    if all(member.line.is_blank for member in card.members):
        sentence = message("there is no question here, so this was left out")
        collector.warn(card.members[0].line, "no-question", sentence)
        return
    values: dict[str, Any] = {}
    field_lines: dict[str, list[Line]] = {}
    collector.leave_out(member.line for member in card.members)
    for member in card.members:
        key, value = member.key, member.value
        if key and key not in values and _fits(key, value):
            values[key] = from_anki_html(collector, member.line, value) if member.is_html else value
            field_lines[key] = [member.line]
        elif member.name not in IGNORED_KEYS and value not in (None, "", [], False):
            sentence = message(
                "{key} has no place here, or another value than it takes, and was left out", key=repr(member.name)
            )
            collector.leave_out([member.line], sentence, "key-left-out")
    deck = deck_name(_value_text(values.pop("deck", "")) or card.deck) or title or collector.path.stem
    flags = {key for key in FLAGS if values.get(key) is True}
    record = Record(
        texts={key: text for key in KEYS if key in values and (text := _value_text(values[key]))},
        tags=tuple(tag for value in _text_list(values.get("tags")) for tag in tag_names(value)),
        wrong=tuple(_text_list(values.get("wrong"))),
        also=tuple(_text_list(values.get("also"))),
        flags=frozenset(flags | flags_of(_value_text(values.get("notetype", "")))),
    )
    add_record(collector, card.members[0].line, record, DeckName(deck), field_lines)


def _fits(key: str, value: object) -> bool:
    """Whether a value is of the type that the key takes."""
    if key in FLAGS:
        return isinstance(value, bool)
    if isinstance(value, list):
        return key in ("tags", "also", "wrong") and all(isinstance(member, str) for member in value)
    return isinstance(value, str)


def _value_text(value: object) -> str:
    return trimmed_value(SURROGATE.sub("\ufffd", value)) if isinstance(value, str) else ""


def _text_list(value: object) -> list[str]:
    return [_value_text(member) for member in (value if isinstance(value, list) else [value])] if value else []
