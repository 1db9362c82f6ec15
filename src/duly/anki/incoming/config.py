"""Note types, fields and templates as Anki keeps them since 2021, spelled as its JSON spells them.

A message of protocol buffers numbers its fields; the tables here give each number the key that JSON has for the same
thing, and the value that stands for a field that is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from duly.anki.incoming import protobuf


@dataclass(frozen=True, slots=True)
class Key:
    """A key of Anki's JSON, and the value it has by default, whose type is the one it always has."""

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
ABSENT_IF_ZERO = ("id", "tag", "originalStockKind", "originalId")
"""What JSON has no number for when there is none."""


def from_message(data: bytes, keys: Mapping[int, Key]) -> dict[str, bool | int | str]:
    """A message as JSON has it. What it holds beyond `keys` is what an add-on or a newer Anki has put there."""
    found = protobuf.last(data)
    return _kept({key.name: _value(found.get(number), key) for number, key in keys.items()})


def from_json(table: Mapping[str, object], keys: Mapping[int, Key]) -> dict[str, bool | int | str]:
    """The known keys of an object of Anki's JSON; where a value is of another type, the default stands for it."""
    found: dict[str, bool | int | str] = {}
    for key in keys.values():
        value = table.get(key.name)
        found[key.name] = value if isinstance(value, type(key.default)) else key.default
    return _kept(found)


def _value(value: int | bytes | None, key: Key) -> bool | int | str:
    if value is None:
        return key.default
    if isinstance(key.default, str):
        return protobuf.text(value)
    return type(key.default)(protobuf.number(value))


def _kept(found: dict[str, bool | int | str]) -> dict[str, bool | int | str]:
    return {name: value for name, value in found.items() if value or name not in ABSENT_IF_ZERO}
