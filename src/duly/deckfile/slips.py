"""Slips of the hand in a line of a deck file: full-width signs where YAML wants half-width ones, a missing space."""

import re
from functools import cache

from duly.cards.names import NAMES
from duly.deckfile.fields import FILE_FIELDS, NOTE_FIELDS
from duly.deckfile.report import Report
from duly.message import Message, message

Slip = tuple[int, Message]
"""The index at which it stands, and what to do."""

COMMA = re.compile("[，、]")
_SPACES = "\u3000\u00a0"
DASHES = "－—–−"
_LEAD = re.compile(rf"[ {_SPACES}{DASHES}-]*")


@cache
def _key() -> re.Pattern[str]:
    """Finds what may be meant as a key, with the sign after its colon; made for who needs it, as it takes a while."""
    names = "|".join(
        re.escape(name)
        for field in (*NOTE_FIELDS, *FILE_FIELDS)
        for name in (field.key, *NAMES.get(field.key, ()), *field.instead_of)
    )
    return re.compile(rf"(?:{names})[ {_SPACES}]*(?P<colon>[:：])(?P<after>.?)", re.IGNORECASE)


def slip(text: str, start: int) -> Slip | None:
    """The first slip between `start` and the end of its line, where a key, a dash or a comment should begin."""
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    key = _key().match(text, at)
    for index in range(start, at):
        sign = text[index]
        if sign in _SPACES:
            return _space(index, sign)
        if sign in DASHES and key:
            return index, dash(sign)
    if key and text.startswith("-", at - 1) and at > start:
        return at - 1, message("a space is missing after this dash")
    if text.startswith("＃", at):
        return at, message("＃ is a full-width sign; a comment begins with the half-width #")
    return _colon(key) if key else None


def reported(start: int, report: Report) -> bool:
    """Whether there is a slip between `start` and the end of its line; it is reported then."""
    found = slip(report.source.text, start)
    if found:
        report.error(found[0], "slip", found[1])
    return found is not None


def comma(sign: str) -> Message:
    """What is said of a full-width comma in brackets."""
    return message(
        "{sign} parts nothing in brackets; write the half-width comma, or put quotes around a text with {sign}",
        sign=sign,
    )


def dash(sign: str) -> Message:
    """What is said of a dash that is not the one on the keyboard."""
    return message("{sign} is no dash to YAML; write - and a space", sign=sign)


def _colon(key: re.Match[str]) -> Slip | None:
    if key["colon"] == "：":
        return key.start("colon"), message("： is a full-width colon; write the half-width one and a space")
    if key["after"] and key["after"] in _SPACES:
        return _space(key.start("after"), key["after"])
    if key["after"].strip():
        return key.start("colon"), message("a space is missing after this colon")
    return None


def _space(at: int, sign: str) -> Slip:
    return at, message("the space here ({code}) is none to YAML; put plain spaces instead", code=f"U+{ord(sign):04X}")
