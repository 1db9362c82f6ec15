"""The fields of notes as HTML, rendered once: kept in the cache, file by file, while the notes are the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby

from duly.anki.fields import field_values
from duly.cache import Cache
from duly.cards import Note, NoteId
from duly.code import code_of
from duly.place import legible

KIND = "fields"

Values = Mapping[str, str]
"""What stands in the fields of a note that are not empty, by their names."""


class Rendered:
    """Gives the fields of notes. What shows media is rendered every time: their names hang on what is in the files."""

    def __init__(self, notes: Sequence[Note], kept: Cache) -> None:
        self._kept = kept
        self._known: dict[NoteId, Values] = {}
        self._fresh: list[tuple[str, bytes, list[Note]]] = []
        if kept.is_open:
            self._look(notes)

    def values(self, note: Note, media: Callable[[str], str]) -> Values:
        """The fields of a note. `media` names the file at a path in Anki."""
        known = self._known.get(note.id)
        if known is None:
            known = field_values(note, media)
            if self._fresh and not _shows_media(note):
                self._known[note.id] = known
        return known

    def keep(self) -> None:
        """Keeps what was rendered."""
        for name, digest, notes in self._fresh:
            values = [self._known.get(note.id) for note in notes]
            self._kept.keep(KIND, {name: (digest, json.dumps(values, ensure_ascii=False).encode())})

    def _look(self, notes: Sequence[Note]) -> None:
        files: dict[str, list[Note]] = {}
        for file, group in groupby(notes, key=lambda note: note.place and note.place.file):
            files.setdefault(legible(file.absolute()) if file else "", []).extend(group)
        digests = {name: _digest(group) for name, group in files.items()}
        found = self._kept.found(KIND, digests)
        for name, members in files.items():
            values = _read(found.get(name), len(members))
            if values is None:
                self._fresh.append((name, digests[name], members))
            else:
                self._known |= {note.id: one for note, one in zip(members, values, strict=True) if one is not None}


def _digest(notes: Sequence[Note]) -> bytes:
    """The hash of all that decides what stands in the fields of the notes of a file."""
    hashed = blake2b(code_of("anki", "markup", "cards").encode(), digest_size=16)
    for note in notes:
        parts = (note.id, type(note.kind).__name__, *note.texts, note.source, note.language)
        hashed.update("\x1e".join((str(len(parts)), *parts, "")).encode(errors="surrogatepass"))
    return hashed.digest()


def _shows_media(note: Note) -> bool:
    text = "\n".join(note.texts)
    return "![" in text or "<" in text


def _read(value: bytes | None, count: int) -> list[Values | None] | None:
    """What was kept of a file with so many notes; None if this is anything else."""
    try:
        read = json.loads(value or b"")
        for values in read:
            if values is not None:
                "".join((*values.keys(), *values.values()))  # refuses all but texts
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return read if isinstance(read, list) and len(read) == count else None
