"""The hash of a note's content: of what its author wrote and the media it shows, not of the rendered HTML."""

from collections.abc import Iterable
from hashlib import blake2b

from duly.anki.notes.anki_note import AnkiNote, digest
from duly.anki.notes.note_types import note_type
from duly.anki.raw_rows import RawType
from duly.cards import Note, Occlusion

RENDERING = 1
"""A version of the rendering: raising it gives every note a new date, so that learners get the new rendering."""
_BETWEEN = "\x1e"


def written_content(note: Note) -> bytes:
    """All that the author wrote of a note, except its deck."""
    regions = note.kind.regions if isinstance(note.kind, Occlusion) else ()
    faces = (card.face for card in note.more)
    parts = (note.id, type(note.kind).__name__, note.source, note.language, *note.texts, *note.tags, *faces, *regions)
    joined = _BETWEEN.join(parts)
    if joined.count(_BETWEEN) >= len(parts):
        return digest(len(note.texts), parts)
    return f"{len(note.texts)} {joined}".encode(errors="surrogatepass")


def content_hash(note: Note, files: Iterable[str] = (), made: AnkiNote | None = None) -> str:
    """The hash in hexadecimal digits. `files` are the names in Anki of the media that the note shows.

    `made` is needed for a note with an imported note type, whose id and fields are hashed, too.
    """
    kind = made.type if made else note_type(note.kind)
    shape = (
        [kind.id, made.guid, *(field.name for field in kind.fields)] if made and isinstance(kind, RawType) else kind.id
    )
    hashed = blake2b(written_content(note), digest_size=12)
    hashed.update(digest(RENDERING, shape, list(files)))
    return hashed.hexdigest()
