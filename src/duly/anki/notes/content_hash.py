"""The hash of a note's content: of its author's text and the names of its media, not of the rendered HTML."""

from collections.abc import Iterable
from hashlib import blake2b

from duly.anki.notes.anki_note import AnkiNote, digest
from duly.anki.notes.note_types import note_type_for
from duly.anki.raw_rows import RawType
from duly.cards import Note, Occlusion

RENDERING = 1
"""A version of the rendering: raising it gives every note a new date, so that learners get the new rendering."""
_SEPARATOR = "\x1e"


def written_content(note: Note) -> bytes:
    """Everything that the author wrote in a note, except its deck, as bytes to be hashed."""
    regions = note.kind.regions if isinstance(note.kind, Occlusion) else ()
    faces = (card.face for card in note.further_cards)
    parts = (note.id, type(note.kind).__name__, note.source, note.language, *note.texts, *note.tags, *faces, *regions)
    text = _SEPARATOR.join(parts)
    if text.count(_SEPARATOR) >= len(parts):
        return digest(len(note.texts), parts)
    return f"{len(note.texts)} {text}".encode(errors="surrogatepass")


def content_hash(note: Note, files: Iterable[str] = (), anki_note: AnkiNote | None = None) -> str:
    """The hash in hexadecimal digits. `files` are the names in Anki of the media that the note shows.

    `anki_note` is needed for a note with an imported note type, whose id and fields are hashed, too.
    """
    note_type = anki_note.type if anki_note else note_type_for(note.kind)
    shape = (
        [note_type.id, anki_note.guid, *(field.name for field in note_type.fields)]
        if anki_note and isinstance(note_type, RawType)
        else note_type.id
    )
    hasher = blake2b(written_content(note), digest_size=12)
    hasher.update(digest(RENDERING, shape, list(files)))
    return hasher.hexdigest()
