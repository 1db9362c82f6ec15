"""JSON Lines: an object on each line, with the keys of a deck file or what else they may be called."""

import json
import re
from pathlib import Path
from typing import Any

from duly.cards import DeckName
from duly.cards.names import KEYS, key_of
from duly.importers.harvest import Harvest
from duly.importers.importer import Imported
from duly.importers.lines import LINE_END, Line, Mark
from duly.importers.names import deck as deck_name
from duly.importers.names import tags
from duly.importers.records import Record, cleaned, take
from duly.message import message

ENDINGS = (".jsonl", ".ndjson", ".jl")
HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, which JSON can spell but no text can hold."""

FLAGS = ("reverse", "typed")


def accepts(path: Path, text: str) -> bool:
    """Whether the name says so, or the first line that is not blank is an object with a key known here."""
    if path.suffix.lower() in ENDINGS:
        return True
    first = next((line for line in LINE_END.split(text) if line.strip()), "")
    found = _object(first) if first.lstrip().startswith("{") else None
    return found is not None and any(key_of(key) for key in found)


def read(path: Path, text: str) -> Imported:
    """The notes of the lines, in order. A line that is no object, and every key without a place, is reported."""
    harvest = Harvest(path)
    for number, row in enumerate(LINE_END.split(text), 1):
        if row.strip():
            _take(harvest, Line(number, row, Mark.TEXT, row))
    return harvest.imported()


def _object(row: str) -> dict[str, Any] | None:
    """The object that a line is, its numbers as they are written; None if it is none."""
    try:
        found = json.loads(row, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _take(harvest: Harvest, line: Line) -> None:
    found = _object(line.text)
    if found is None:
        said = message(
            "this line is no JSON object, such as {example}, and was left out", example='{"q": "…", "a": "…"}'
        )
        harvest.leave_out([line], said)
        return
    values: dict[str, Any] = {}
    for name, value in found.items():
        if (key := key_of(name)) and key not in values and _fits(key, value):
            values[key] = value
        elif value not in (None, "", [], False):
            said = message("{key} has no place here, or another value than it takes, and was left out", key=repr(name))
            harvest.warn(line, "key-left-out", said)
    deck = deck_name(_text(values.pop("deck", ""))) or harvest.path.stem
    record = Record(
        texts={key: text for key in KEYS if key in values and (text := _text(values[key]))},
        tags=tuple(tag for one in _list(values.get("tags")) for tag in tags(one)),
        wrong=tuple(_list(values.get("wrong"))),
        flags=frozenset(key for key in FLAGS if values.get(key) is True),
    )
    take(harvest, line, record, DeckName(deck))


def _fits(key: str, value: object) -> bool:
    """Whether a value is of the type that the key takes."""
    if key in FLAGS:
        return isinstance(value, bool)
    if isinstance(value, list):
        return key in ("tags", "wrong") and all(isinstance(member, str) for member in value)
    return isinstance(value, str)


def _text(value: object) -> str:
    return cleaned(HALVES.sub("\ufffd", value)) if isinstance(value, str) else ""


def _list(value: object) -> list[str]:
    return [_text(member) for member in (value if isinstance(value, list) else [value])] if value else []
