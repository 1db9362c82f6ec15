"""Numbers for what Anki keeps by number: derived from names and guids, so that they are the same in every package."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

LOWEST = 2**30
"""Ids of decks lie from here to twice as far, where every Anki client takes them."""

EARLIEST = 1_136_073_600_000
LATEST = 1_577_836_800_000
"""Ids of notes and cards look like milliseconds of the years 2006 to 2019: never 0, never in the future."""


def deck_ids(names: Sequence[str]) -> dict[str, int]:
    """An id for each deck name. Where two would get the same one, the next free one is taken."""
    return dict(zip(names, _ids(names, LOWEST, 2 * LOWEST), strict=True))


def moments(keys: Iterable[str]) -> Iterator[int]:
    """For each key of a note or a card, which are all different, an id like a moment: milliseconds since 1970."""
    return _ids(keys, EARLIEST, LATEST)


def _ids(keys: Iterable[str], lowest: int, beyond: int) -> Iterator[int]:
    span = beyond - lowest
    taken: set[int] = set()
    for key in keys:
        number = lowest + int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % span
        while number in taken:
            number = lowest + (number - lowest + 1) % span
        taken.add(number)
        yield number
