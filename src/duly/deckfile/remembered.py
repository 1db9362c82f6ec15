"""The notes of deck files as they were read last time: they hold for as long as files and reader are what they were."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cache import Cache
from duly.code import code_of
from duly.deckfile.find import DeckFile
from duly.deckfile.source import contents
from duly.place import legible
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.cards import Note

FILE, COLLECTION = "deck file", "collection"
"""What the cache holds: the notes of a file without problems; for a collection without any, the media it shows."""

ROOMS_THAT_READ = ("cards", "deckfile")
"""The folders with the code that makes notes of a file."""

Shown = tuple[str, str]
"""The path of an image or sound, and where it leads once links are followed."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A deck file, its bytes or why there are none, their digest, and what is remembered of just these bytes."""

    deck_file: DeckFile
    data: bytes | Problem
    digest: bytes
    known: bytes | None

    @property
    def file(self) -> Path:
        return self.deck_file.file


def look(found: Iterable[DeckFile], kept: Cache) -> tuple[Looked, ...]:
    """Reads the files, and finds what is remembered of them."""
    read = [(deck_file, contents(deck_file.file)) for deck_file in found]
    digests = [_digest(deck_file, data) for deck_file, data in read]
    names = [legible(deck_file.file.absolute()) for deck_file, _ in read]
    known = kept.found(FILE, dict(zip(names, digests, strict=True)))
    return tuple(
        Looked(deck_file, data, digest, known.get(name))
        for (deck_file, data), digest, name in zip(read, digests, names, strict=True)
    )


def notes(looked: Looked) -> "tuple[Note, ...]":
    """The notes remembered of a file. Raises `ValueError` if it is no notes that are remembered."""
    from duly.deckfile import notes_json  # where nothing has changed, and no note is asked for, no note is loaded

    return notes_json.read(looked.known or b"", looked.file)


def shown(collection: Sequence[Looked], kept: Cache) -> tuple[Shown, ...] | None:
    """The media of this very collection, if it had no problem last time, and they are all there still."""
    name, digest = _whole(collection)
    try:
        media = tuple((path, real) for path, real in json.loads(kept.found(COLLECTION, {name: digest}).get(name, b"")))
        return media if all(_is_there(path, real) for path, real in media) else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def remember_notes(read: "Iterable[tuple[Looked, Sequence[Note]]]", kept: Cache) -> None:
    """Keeps the notes of files that have no problem."""
    from duly.deckfile import notes_json

    if kept.is_open:
        kept.keep(FILE, {legible(one.file.absolute()): (one.digest, notes_json.written(notes)) for one, notes in read})


def remember_sound(collection: Sequence[Looked], media: Iterable[Shown], kept: Cache) -> None:
    """Keeps that a collection has no problem, as long as all media it shows are there."""
    if kept.is_open:
        name, digest = _whole(collection)
        kept.keep(COLLECTION, {name: (digest, json.dumps(sorted(set(media))).encode())})


def _digest(deck_file: DeckFile, data: bytes | Problem) -> bytes:
    """The hash of all that decides how a file is read: its bytes, the deck's name by its path, and our own code."""
    deck = deck_file.deck
    hashed = blake2b(f"{code_of(*ROOMS_THAT_READ)} {len(deck)} {deck}".encode(errors="surrogateescape"), digest_size=16)
    hashed.update(data if isinstance(data, bytes) else b"")
    return hashed.digest()


def _is_there(path: str, real: str) -> bool:
    """Whether an image or sound at `path` still leads to the file `real`, and that is there."""
    file = Path(real)
    return os.path.realpath(path) == real and file.is_file() and file.stat().st_size > 0


def _whole(collection: Sequence[Looked]) -> tuple[str, bytes]:
    """A name for a collection, and the hash of all that decides what is found when its files are seen together."""
    hashed = blake2b(digest_size=16)
    for one in collection:
        hashed.update(f"{one.deck_file.root.absolute()}\n{one.file.absolute()}\n".encode(errors="surrogateescape"))
    name = hashed.hexdigest()
    for root in {one.deck_file.root for one in collection}:
        hashed.update(os.path.realpath(root).encode(errors="surrogateescape"))
    for one in collection:
        hashed.update(one.digest)
    return name, hashed.digest()
