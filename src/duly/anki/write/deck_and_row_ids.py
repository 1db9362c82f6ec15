"""Deck names as Anki spells them, and ids derived from names and guids, the same in every package."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR

_REMOVED_CHARACTERS = {ord('"'): None} | dict.fromkeys((*range(32), 127))
"""Characters that Anki removes from a name."""


def spellings(names: Iterable[DeckName]) -> dict[DeckName, DeckName]:
    """Anki's spelling of each name: of several names that differ only in case, at any level, the first counts."""
    first_spellings: dict[str, str] = {}
    spelling_by_name: dict[DeckName, DeckName] = {}
    for name in names:
        if name not in spelling_by_name:
            path = ""
            for level in name.split(SEPARATOR):
                prefix = f"{path}{SEPARATOR}" if path else ""
                path = first_spellings.setdefault((prefix + _level(level)).casefold(), prefix + _level(level))
            spelling_by_name[name] = DeckName(path)
    return spelling_by_name


def _level(name: str) -> str:
    return unicodedata.normalize("NFC", name).translate(_REMOVED_CHARACTERS).strip() or "blank"


LOWEST = 2**30
"""The lowest id of a deck. Ids are below twice this number, a range that every Anki client accepts."""

EARLIEST = 1_136_073_600_000
LATEST = 1_577_836_800_000
"""Ids of notes and cards are like times from 2006 to 2019 in milliseconds: never 0, never in the future."""


def deck_ids(names: Sequence[str]) -> dict[str, int]:
    """A distinct id for each deck name."""
    return dict(zip(names, _ids(names, LOWEST, 2 * LOWEST), strict=True))


def timestamp_ids(keys: Iterable[str]) -> Iterator[int]:
    """An id like a time in milliseconds since 1970 for each key of a note or card; keys must be distinct."""
    return _ids(keys, EARLIEST, LATEST)


def _ids(keys: Iterable[str], lowest: int, upper_limit: int) -> Iterator[int]:
    span = upper_limit - lowest
    used_ids: set[int] = set()
    for key in keys:
        number = lowest + int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % span
        while number in used_ids:
            number = lowest + (number - lowest + 1) % span
        used_ids.add(number)
        yield number
