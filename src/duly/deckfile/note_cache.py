"""The cache of parsed deck files, valid as long as neither the files nor the parsing code change."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cache import Cache
from duly.code_version import code_stamp
from duly.deckfile.find import DeckFile
from duly.deckfile.yaml.source import read_bytes
from duly.problem import Problem, legible

if TYPE_CHECKING:
    from duly.cards import Note

FILE, COLLECTION = "deck file", "collection"
"""The kinds of cache entries: the notes of a file without problems; the media of a collection without problems."""

PARSER_FOLDERS = ("cards", "deckfile")
"""The folders with the code that parses files."""

MediaTarget = tuple[str, str]
"""The path of an image or sound, and its real path."""


@dataclass(frozen=True, slots=True)
class CachedFile:
    """A deck file: its bytes, or the problem of reading them; their digest; and the cached notes of these bytes."""

    deck_file: DeckFile
    data: bytes | Problem
    digest: bytes
    cached_json: bytes | None

    @property
    def file(self) -> Path:
        return self.deck_file.file


def look_up(deck_files: Iterable[DeckFile], cache: Cache) -> tuple[CachedFile, ...]:
    """Reads the files, and looks up their cached notes."""
    contents = [(deck_file, read_bytes(deck_file.file)) for deck_file in deck_files]
    digests = [_digest(deck_file, data) for deck_file, data in contents]
    names = [legible(deck_file.file.absolute()) for deck_file, _ in contents]
    cached_jsons = cache.find(FILE, dict(zip(names, digests, strict=True)))
    return tuple(
        CachedFile(deck_file, data, digest, cached_jsons.get(name))
        for (deck_file, data), digest, name in zip(contents, digests, names, strict=True)
    )


def cached_notes(file: CachedFile) -> "tuple[Note, ...]":
    """The cached notes of a file. Raises `ValueError` if the cache entry is invalid."""
    from duly.deckfile import notes_json  # loaded only when notes are needed

    return notes_json.notes_from_json(file.cached_json or b"", file.file)


def cached_media(collection: Sequence[CachedFile], cache: Cache) -> tuple[MediaTarget, ...] | None:
    """The cached media of this collection, if it had no problems and all media still exist; else None."""
    name, digest = _name_and_digest(collection)
    try:
        media = tuple((path, real) for path, real in json.loads(cache.find(COLLECTION, {name: digest}).get(name, b"")))
        return media if all(_still_leads_to(path, real) for path, real in media) else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def cache_notes(files: "Iterable[tuple[CachedFile, Sequence[Note]]]", cache: Cache) -> None:
    """Caches the notes of files without problems."""
    from duly.deckfile import notes_json

    if cache.is_open:
        cache.keep(
            FILE,
            {legible(file.file.absolute()): (file.digest, notes_json.notes_to_json(notes)) for file, notes in files},
        )


def cache_clean_collection(collection: Sequence[CachedFile], media: Iterable[MediaTarget], cache: Cache) -> None:
    """Records that a collection passed all checks, with its media: the record counts while these exist."""
    if cache.is_open:
        name, digest = _name_and_digest(collection)
        cache.keep(COLLECTION, {name: (digest, json.dumps(sorted(set(media))).encode())})


def _digest(deck_file: DeckFile, data: bytes | Problem) -> bytes:
    """The hash of all that determines the notes of a file: its bytes, the deck name of its path, and the code."""
    deck = deck_file.deck
    file_hash = blake2b(
        f"{code_stamp(*PARSER_FOLDERS)} {len(deck)} {deck}".encode(errors="surrogateescape"), digest_size=16
    )
    file_hash.update(data if isinstance(data, bytes) else b"")
    return file_hash.digest()


def _still_leads_to(path: str, real: str) -> bool:
    """Whether `path` still leads to the file `real`, and the file exists and is not empty."""
    file = Path(real)
    return os.path.realpath(path) == real and file.is_file() and file.stat().st_size > 0


def _name_and_digest(collection: Sequence[CachedFile]) -> tuple[str, bytes]:
    """A name for a collection, and the hash of all that determines the checks of the whole collection."""
    collection_hash = blake2b(digest_size=16)
    for file in collection:
        collection_hash.update(
            f"{file.deck_file.root.absolute()}\n{file.file.absolute()}\n".encode(errors="surrogateescape")
        )
    name = collection_hash.hexdigest()
    for root in {file.deck_file.root for file in collection}:
        collection_hash.update(os.path.realpath(root).encode(errors="surrogateescape"))
    for file in collection:
        collection_hash.update(file.digest)
    return name, collection_hash.digest()
