"""The hash of what a note says: of what its author wrote and the files it shows, not of what is made of it."""

from collections.abc import Iterable
from hashlib import blake2b

from duly.anki.notes.anki_note import AnkiNote, digest
from duly.anki.notes.note_types import note_type
from duly.anki.raw_rows import RawType
from duly.cards import Note, Occlusion

RENDERING = 1
"""Counts the changes in how duly renders notes that learners should get: each dates every note anew."""
_BETWEEN = "\x1e"


def written_content(note: Note) -> bytes:
    """All that is written of a note, its deck left out: where it lies is nothing that it says."""
    regions = note.kind.regions if isinstance(note.kind, Occlusion) else ()
    faces = (card.face for card in note.more)
    parts = (note.id, type(note.kind).__name__, note.source, note.language, *note.texts, *note.tags, *faces, *regions)
    joined = _BETWEEN.join(parts)
    if joined.count(_BETWEEN) >= len(parts):
        return digest(len(note.texts), parts)
    return f"{len(note.texts)} {joined}".encode(errors="surrogatepass")


def content_hash(note: Note, files: Iterable[str] = (), made: AnkiNote | None = None) -> str:
    """The hash, as hexadecimal digits. `files` are the names in Anki of the files that the note shows.

    `made` is needed for a note that goes to Anki as a note type of its own, whose shape counts too.
    """
    kind = made.type if made else note_type(note.kind)
    shape = (
        [kind.id, made.guid, *(field.name for field in kind.fields)] if made and isinstance(kind, RawType) else kind.id
    )
    hashed = blake2b(written_content(note), digest_size=12)
    hashed.update(digest(RENDERING, shape, list(files)))
    return hashed.hexdigest()
