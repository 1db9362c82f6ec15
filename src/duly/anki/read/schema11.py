"""Schema 11, which every export for older clients has: note types, decks and settings are JSON in the table ``col``."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from duly.anki.raw_rows import RawDeck, RawField, RawPreset, RawTemplate, RawType
from duly.anki.read import type_config
from duly.anki.read.collection_database import first_row, integer, rows
from duly.anki.read.damage import malformed

PARAMETERS = ("fsrsParams6", "fsrsParams5", "fsrsWeights")
"""The keys of FSRS parameters in a preset, newest first; the first that is not empty counts."""


def note_types(connection: sqlite3.Connection) -> Iterator[RawType]:
    """The note types in ``col.models``."""
    for table in _tables(connection, "models"):
        options = type_config.from_json(table, type_config.TYPE)
        yield RawType(
            id=integer(_number(table.get("id"))),
            name=_text(table, "name"),
            mod=integer(table.get("mod", 0)),
            is_cloze=options.pop("type") == 1,
            css=str(options.pop("css")),
            fields=tuple(_field(entry) for entry in _entries_in_order(table, "flds")),
            templates=tuple(_template(entry) for entry in _entries_in_order(table, "tmpls")),
            config=options,
        )


def decks(connection: sqlite3.Connection) -> Iterator[RawDeck]:
    """The decks in ``col.decks``."""
    for table in _tables(connection, "decks"):
        is_filtered = bool(table.get("dyn"))
        preset = None if is_filtered else integer(_number(table.get("conf", 1)))
        yield RawDeck(integer(_number(table.get("id"))), _text(table, "name"), is_filtered, preset)


def presets(connection: sqlite3.Connection) -> Iterator[RawPreset]:
    """The presets in ``col.dconf``."""
    for table in _tables(connection, "dconf"):
        parameters = next((value for name in PARAMETERS if (value := table.get(name))), [])
        values = [*(parameters if isinstance(parameters, list) else [None]), table.get("desiredRetention", 0.9)]
        *numbers, retention = map(_float, values)
        yield RawPreset(integer(_number(table.get("id"))), _text(table, "name"), tuple(numbers), retention)


def settings(connection: sqlite3.Connection) -> Mapping[str, object]:
    """The settings in ``col.conf``."""
    return _as_object(_column(connection, "conf"))


def read_json(text: str | bytes) -> Any:
    """Parses JSON. Raises `DamageError` if it is invalid."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise malformed() from error


def _column(connection: sqlite3.Connection, name: str) -> Any:
    (text,) = first_row(rows(connection, f"select {name} from col", "t"))
    return read_json(text)


def _tables(connection: sqlite3.Connection, column: str) -> Iterator[Mapping[str, object]]:
    return map(_as_object, _as_object(_column(connection, column)).values())


def _field(table: Mapping[str, object]) -> RawField:
    return RawField(_text(table, "name"), type_config.from_json(table, type_config.FIELD))


def _template(table: Mapping[str, object]) -> RawTemplate:
    options = type_config.from_json(table, type_config.TEMPLATE)
    return RawTemplate(_text(table, "name"), str(options.pop("qfmt")), str(options.pop("afmt")), options)


def _entries_in_order(table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    entries = table.get(key)
    if not isinstance(entries, list):
        raise malformed()
    return sorted(map(_as_object, entries), key=lambda entry: integer(entry.get("ord", 0)))


def _as_object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise malformed()
    return value


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise malformed()
    return value


def _number(value: object) -> object:
    """An id, which some clients wrote as a string of digits."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20 else value


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise malformed()
    return float(value)
