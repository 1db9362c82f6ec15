"""Deck names as Anki keeps them: one deck for all spellings that differ only in case."""

import unicodedata
from collections.abc import Iterable

from duly.cards import DeckName
from duly.cards.deck import SEPARATOR

_ALTERED = {ord('"'): None} | dict.fromkeys((*range(32), 127))
"""Characters that Anki takes out of a name."""


def spellings(names: Iterable[DeckName]) -> dict[DeckName, DeckName]:
    """For each name the one Anki will use: of several that differ in case only, at any level, the first one given."""
    first: dict[str, str] = {}
    chosen: dict[DeckName, DeckName] = {}
    for name in names:
        if name not in chosen:
            path = ""
            for level in name.split(SEPARATOR):
                within = f"{path}{SEPARATOR}" if path else ""
                path = first.setdefault((within + _level(level)).casefold(), within + _level(level))
            chosen[name] = DeckName(path)
    return chosen


def _level(name: str) -> str:
    return unicodedata.normalize("NFC", name).translate(_ALTERED).strip() or "blank"
