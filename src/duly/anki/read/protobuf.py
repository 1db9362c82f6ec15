"""Reads protocol buffers, as far as Anki's packages need: numbered fields that are integers or bytes."""

import struct
from collections.abc import Iterator

from duly.anki.read.damage import malformed

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
LONGEST_VARINT = 10


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message in order, as number and value. Raises `DamageError` if the message is invalid."""
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, position = _varint(data, position)
            yield number, value
            continue
        if kind == BYTES:
            size, position = _varint(data, position)
        elif kind in (FIXED64, FIXED32):
            size = 8 if kind == FIXED64 else 4
        else:
            raise malformed()
        if position + size > len(data):
            raise malformed()
        yield number, data[position : position + size]
        position += size


def fields_by_number(data: bytes) -> dict[int, int | bytes]:
    """The fields of a message by number; of several with the same number the last one counts."""
    return dict(fields(data))


def number(value: int | bytes) -> int:
    """The value of a signed 64-bit integer field."""
    if isinstance(value, bytes):
        raise malformed()
    return value - (1 << 64) if value >> 63 else value


def text(value: int | bytes) -> str:
    """The value of a text field."""
    try:
        return content(value).decode()
    except UnicodeDecodeError as error:
        raise malformed() from error


def content(value: int | bytes) -> bytes:
    """The value of a bytes field, or of a nested message."""
    if isinstance(value, int):
        raise malformed()
    return value


def floats(value: int | bytes) -> tuple[float, ...]:
    """The values of a packed field of floats, or of a single float, rounded to six decimals."""
    data = content(value)
    if len(data) % 4:
        raise malformed()
    return tuple(round(number, 6) for (number,) in struct.iter_unpack("<f", data))


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for count, byte in enumerate(data[position : position + LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * count)
        if not byte & 0x80:
            return value & ((1 << 64) - 1), position + count + 1
    raise malformed()
