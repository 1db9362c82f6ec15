"""Deck names as Anki spells them, and numbers derived from names and guids, the same in every package."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR

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


LOWEST = 2**30
"""Ids of decks lie from here to twice as far, where every Anki client takes them."""

EARLIEST = 1_136_073_600_000
LATEST = 1_577_836_800_000
"""Ids of notes and cards look like milliseconds of the years 2006 to 2019: never 0, never in the future."""


def deck_ids(names: Sequence[str]) -> dict[str, int]:
    """An id for each deck name. Where two would get the same one, the next free one is taken."""
    return dict(zip(names, _ids(names, LOWEST, 2 * LOWEST), strict=True))


def timestamp_ids(keys: Iterable[str]) -> Iterator[int]:
    """For each key of a note or a card, which are all different, an id like a moment: milliseconds since 1970."""
    return _ids(keys, EARLIEST, LATEST)


def _ids(keys: Iterable[str], lowest: int, beyond: int) -> Iterator[int]:
    span = beyond - lowest
    used: set[int] = set()
    for key in keys:
        number = lowest + int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % span
        while number in used:
            number = lowest + (number - lowest + 1) % span
        used.add(number)
        yield number
