"""Schemas 15 to 18, in use since 2021: note types, decks and settings are tables whose details are protocol buffers."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from duly.anki.raw_rows import RawDeck, RawField, RawPreset, RawTemplate, RawType
from duly.anki.read import protobuf, type_config
from duly.anki.read.collection_database import rows
from duly.anki.read.schema11 import read_json

LEVEL_END = "\x1f"
"""The separator of the levels of a deck's name in its table."""
NORMAL, FILTERED = 1, 2
"""The fields of the message ``kind`` of a normal and of a filtered deck."""
PARAMETERS, RETENTION = (6, 5, 3), 37
"""The fields of a preset with FSRS parameters, newest first (the first that is not empty counts), and retention."""


def note_types(connection: sqlite3.Connection) -> Iterator[RawType]:
    """The note types in ``notetypes``, ``fields`` and ``templates``."""
    fields: dict[int, list[RawField]] = defaultdict(list)
    for type_id, name, data in rows(connection, "select ntid, name, config from fields order by ntid, ord", "itb"):
        fields[type_id].append(RawField(name, type_config.from_message(data, type_config.FIELD)))
    templates: dict[int, list[RawTemplate]] = defaultdict(list)
    for type_id, name, data in rows(connection, "select ntid, name, config from templates order by ntid, ord", "itb"):
        options = type_config.from_message(data, type_config.TEMPLATE)
        templates[type_id].append(RawTemplate(name, str(options.pop("qfmt")), str(options.pop("afmt")), options))
    for number, name, mod, data in rows(connection, "select id, name, mtime_secs, config from notetypes", "itib"):
        options = type_config.from_message(data, type_config.TYPE)
        yield RawType(
            id=number,
            name=name,
            mod=mod,
            is_cloze=options.pop("type") == 1,
            css=str(options.pop("css")),
            fields=tuple(fields[number]),
            templates=tuple(templates[number]),
            config=options,
        )


def decks(connection: sqlite3.Connection) -> Iterator[RawDeck]:
    """The decks in ``decks``."""
    for number, name, kind in rows(connection, "select id, name, kind from decks", "itb"):
        kind_fields = protobuf.fields_by_number(kind)
        is_filtered = FILTERED in kind_fields
        preset = (
            None
            if is_filtered
            else protobuf.number(protobuf.fields_by_number(protobuf.content(kind_fields.get(NORMAL, b""))).get(1, 1))
        )
        yield RawDeck(number, name.replace(LEVEL_END, "::"), is_filtered, preset)


def presets(connection: sqlite3.Connection) -> Iterator[RawPreset]:
    """The presets in ``deck_config``."""
    for number, name, data in rows(connection, "select id, name, config from deck_config", "itb"):
        preset_fields = protobuf.fields_by_number(data)
        parameters = next(
            (value for field in PARAMETERS if (value := protobuf.floats(preset_fields.get(field, b"")))), ()
        )
        (retention,) = protobuf.floats(preset_fields[RETENTION]) if RETENTION in preset_fields else (0.9,)
        yield RawPreset(number, name, parameters, retention)


def settings(connection: sqlite3.Connection) -> Mapping[str, object]:
    """The settings in ``config`` about how the collection counts days."""
    keys = ("creationOffset", "rollover", "schedVer", "fsrs")
    query = f"select key, val from config where key in ({', '.join(map(repr, keys))})"
    return {key: read_json(value) for key, value in rows(connection, query, "tb")}
