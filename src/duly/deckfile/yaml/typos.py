"""Finds typos in a line of a deck file: full-width characters where YAML needs half-width ones, a missing space."""

import re
from functools import cache

from duly.cards.note_keys import NAMES
from duly.deckfile.key_table import FILE_FIELDS, NOTE_FIELDS
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import Message, message

Typo = tuple[int, Message]
"""The index of a typo, and what to do."""

FULL_WIDTH_COMMA = re.compile("[，、]")  # ``，`` in ``tags: [甲，乙]``
_SPACES = "\u3000\u00a0"
DASHES = "－—–−"
_INDENT = re.compile(rf"[ {_SPACES}{DASHES}-]*")  # the indent and ``－`` of ``  － q: What?``


@cache
def _key_pattern() -> re.Pattern[str]:
    """A pattern for the name of a key, its colon and the next character, as in ``q：What?``.

    Compiled on demand, because that is slow.
    """
    names = "|".join(
        re.escape(name)
        for field in (*NOTE_FIELDS, *FILE_FIELDS)
        for name in (field.key, *NAMES.get(field.key, ()), *field.aliases)
    )
    return re.compile(rf"(?:{names})[ {_SPACES}]*(?P<colon>[:：])(?P<after>.?)", re.IGNORECASE)


def find_typo(text: str, start: int) -> Typo | None:
    """The first typo between `start` and the end of its line, where a key, a dash or a comment should begin."""
    lead = _INDENT.match(text, start)
    key_start = lead.end() if lead else start
    key = _key_pattern().match(text, key_start)
    for index in range(start, key_start):
        sign = text[index]
        if sign in _SPACES:
            return _space_typo(index, sign)
        if sign in DASHES and key:
            return index, dash_message(sign)
    if key and text.startswith("-", key_start - 1) and key_start > start:
        return key_start - 1, message("a space is missing after this dash")
    if text.startswith("＃", key_start):
        return key_start, message("＃ is a full-width sign; a comment begins with the half-width #")
    return _colon_typo(key) if key else None


def report_typo(start: int, report: ProblemCollector) -> bool:
    """Reports a typo between `start` and the end of its line; whether there was one."""
    typo = find_typo(report.source.text, start)
    if typo:
        report.error(typo[0], "slip", typo[1])
    return typo is not None


def comma_message(sign: str) -> Message:
    """The message about a full-width comma in brackets."""
    return message(
        "{sign} parts nothing in brackets; write the half-width comma, or put quotes around a text with {sign}",
        sign=sign,
    )


def dash_message(sign: str) -> Message:
    """The message about a dash that is not the ASCII hyphen."""
    return message("{sign} is not recognised by YAML as a dash; write - and a space", sign=sign)


def _colon_typo(key: re.Match[str]) -> Typo | None:
    if key["colon"] == "：":
        return key.start("colon"), message("： is a full-width colon; write the half-width one and a space")
    if key["after"] and key["after"] in _SPACES:
        return _space_typo(key.start("after"), key["after"])
    if key["after"].strip():
        return key.start("colon"), message("a space is missing after this colon")
    return None


def _space_typo(index: int, sign: str) -> Typo:
    return index, message(
        "YAML does not recognise the space here ({code}); put plain spaces instead", code=f"U+{ord(sign):04X}"
    )
