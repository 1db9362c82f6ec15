"""The options of note types, fields and templates, by their keys in Anki's JSON, for every schema.

Since 2021 Anki stores them as protobuf messages with numbered fields; the tables here map each number to the key of the
same option in JSON, with the default for an omitted field.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from duly.anki.raw_rows import RawType
from duly.anki.read import protobuf


@dataclass(frozen=True, slots=True)
class Key:
    """A key of Anki's JSON and its default, whose type is that of all its values."""

    name: str
    default: bool | int | str


TYPE = {
    1: Key("type", 0),
    2: Key("sortf", 0),
    3: Key("css", ""),
    5: Key("latexPre", ""),
    6: Key("latexPost", ""),
    7: Key("latexsvg", default=False),
    9: Key("originalStockKind", 0),
    10: Key("originalId", 0),
}
FIELD = {
    1: Key("sticky", default=False),
    2: Key("rtl", default=False),
    3: Key("font", ""),
    4: Key("size", 0),
    5: Key("description", ""),
    6: Key("plainText", default=False),
    7: Key("collapsed", default=False),
    8: Key("excludeFromSearch", default=False),
    9: Key("id", 0),
    10: Key("tag", 0),
    11: Key("preventDeletion", default=False),
}
TEMPLATE = {
    1: Key("qfmt", ""),
    2: Key("afmt", ""),
    3: Key("bqfmt", ""),
    4: Key("bafmt", ""),
    6: Key("bfont", ""),
    7: Key("bsize", 0),
    8: Key("id", 0),
}
OPTIONAL = ("id", "tag", "originalStockKind", "originalId")
"""Keys that may be missing: that is not the same as 0."""


def from_message(data: bytes, keys: Mapping[int, Key]) -> dict[str, bool | int | str]:
    """A protobuf message as JSON. Fields that are not in `keys`, from add-ons or a newer Anki, are ignored."""
    values = protobuf.fields_by_number(data)
    return {
        key.name: _value(values.get(number), key)
        for number, key in keys.items()
        if number in values or key.name not in OPTIONAL
    }


def from_json(table: Mapping[str, object], keys: Mapping[int, Key]) -> dict[str, bool | int | str]:
    """The known keys of an object of Anki's JSON; a value of another type is replaced by the default."""
    values: dict[str, bool | int | str] = {}
    for key in keys.values():
        value = table.get(key.name)
        if isinstance(value, type(key.default)):
            values[key.name] = value
        elif key.name not in OPTIONAL:
            values[key.name] = key.default
    return values


def as_json(note_type: RawType) -> dict[str, object]:
    """A note type as Anki's JSON, without its date."""
    return {
        **note_type.config,
        "id": note_type.id,
        "name": note_type.name,
        "type": int(note_type.is_cloze),
        "usn": -1,
        "css": note_type.css,
        "flds": [{**field.config, "name": field.name, "ord": index} for index, field in enumerate(note_type.fields)],
        "tmpls": [
            {
                **template.config,
                "name": template.name,
                "ord": index,
                "qfmt": template.front,
                "afmt": template.back,
                "did": None,
            }
            for index, template in enumerate(note_type.templates)
        ],
        "req": [],
    }


def _value(value: int | bytes | None, key: Key) -> bool | int | str:
    if value is None:
        return key.default
    if isinstance(key.default, str):
        return protobuf.text(value)
    return type(key.default)(protobuf.number(value))
