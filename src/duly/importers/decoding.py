"""Decodes texts: UTF-8, UTF-16 and GB18030 are detected, other encodings must be named."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from duly.errors import reason
from duly.importers.text_lines import LINE_END
from duly.message import Message, message
from duly.problem import Place, Problem

LARGEST = 10_000_000
"""The maximum size in bytes, above which the notes of a file would not fit a deck file."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BOM = "\ufeff"
INVISIBLE = re.compile(r"\ufeff|(?:^|(?<=[\r\n]))[\u200b\u2060]+")
"""Byte order marks anywhere in concatenated files, and invisible characters of web pages at line starts (U+200B)."""

DOUBLE_BYTE = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
COMMON_DOUBLE_BYTE = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
r"""Two-byte characters of GB18030 (``\xba\xba`` is ``汉``), and the common ones among them. In Western or Japanese text
of other encodings, most pairs are not common."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, without byte order marks and invisible characters at line starts, and its encoding."""

    text: str
    encoding: str


def read_text(file: Path, encoding: str = "") -> DecodedText | Problem:
    """The text of `file`, in `encoding` if one is given; or the problem of reading it."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        return Problem(Place(file), "unreadable", message("this file cannot be read: {error}", error=reason(error)))
    if len(data) > LARGEST:
        sentence = message("this file is larger than {limit} MB; split it into several", limit=LARGEST // 1_000_000)
        return Problem(Place(file), "too-large", sentence)
    return decode_text(file, data, encoding or guess_encoding(data))


def decode_text(file: Path, data: bytes, encoding: str) -> DecodedText | Problem:
    """The bytes as text, or a problem at the first invalid byte."""
    try:
        return DecodedText(INVISIBLE.sub("", data.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        return _invalid_byte_problem(file, data, error)
    except UnicodeError:
        return Problem(Place(file), "not-text", _encoding_advice(data[:1], encoding))


def guess_encoding(data: bytes) -> str:
    """The probable encoding: by a byte order mark, zero bytes (UTF-16), validity as UTF-8, common pairs of GB18030."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if _decodes(data, "utf-8") and data.count(0) * 10 <= len(data):
        return "utf-8"
    if 0 in data and len(data) % 2 == 0:
        utf_16 = "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
        return utf_16 if _decodes(data, utf_16) else "utf-8"
    pairs = DOUBLE_BYTE.findall(data)
    common_count = sum(bool(COMMON_DOUBLE_BYTE.fullmatch(pair)) for pair in pairs)
    return "gb18030" if common_count * 5 > len(pairs) * 4 and _decodes(data, "gb18030") else "utf-8"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _invalid_byte_problem(file: Path, data: bytes, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start].decode(error.encoding, errors="replace").removeprefix(BOM)
    lines = LINE_END.split(before)
    after = LINE_END.split(data[error.start : error.start + 200].decode(error.encoding, errors="replace"))[0]
    place = Place(file, len(lines), len(lines[-1]) + 1)
    return Problem(
        place, "not-text", _encoding_advice(data[error.start :][:1], error.encoding), excerpt=lines[-1] + after
    )


def _encoding_advice(byte: bytes, encoding: str) -> Message:
    return message(
        "byte {byte} is not {encoding}; name the encoding of this file with --encoding, or save it as UTF-8",
        byte=f"0x{byte.hex()}",
        encoding=encoding.upper(),
    )
