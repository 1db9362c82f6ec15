"""Every note of an export as a note for Anki: one of our types, or the one that it came with."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from duly.anki import origins
from duly.anki.incoming.values import RawType
from duly.anki.ledger import Stamp
from duly.anki.media import Media
from duly.anki.notes import AnkiNote, anki_note
from duly.anki.origins import Origin, Origins
from duly.anki.returning import returned
from duly.cards import Note
from duly.message import Message, message


@dataclass(frozen=True, slots=True)
class Made:
    """A note for Anki, and the stamp it had there if it is as it was when it came from there."""

    note: AnkiNote
    stamp: Stamp | None = None


@dataclass(slots=True)
class Maker:
    """Makes notes for Anki, and collects what is to be said of them."""

    media: Media
    messages: list[Message] = field(default_factory=list)
    types: dict[int, RawType] = field(default_factory=dict)
    """The note types that came from Anki and are known."""
    _known: dict[Path, Origins] = field(default_factory=dict)
    """What is known of where notes came from, by the folder of their files."""

    def make(self, note: Note) -> Made:
        """The note for Anki. Raises `DulyError` if what is known of where notes came from cannot be read."""
        found = self._origins(note)
        origin = found.notes.get(note.id)
        if origin is None or origin.type not in found.types:
            return Made(anki_note(note, partial(self.media.name, note)))
        back = returned(note, origin, found.types[origin.type], partial(self.media.name, note))
        if back is None:
            self.messages.append(_refusal(note, found.types[origin.type]))
            return Made(anki_note(note, partial(self.media.name, note)))
        self.messages += back.messages
        return Made(back.made, _stamp(origin))

    def _origins(self, note: Note) -> Origins:
        if note.place is None:
            return Origins()
        folder = note.place.file.parent
        if folder not in self._known:
            home = next((each for each in _upwards(folder) if (each / origins.FILE).is_file()), None)
            self._known[folder] = self._read(home) if home else Origins()
        return self._known[folder]

    def _read(self, home: Path) -> Origins:
        if home not in self._known:
            found = self._known[home] = origins.read(home)
            self.types |= found.types
            root = os.path.realpath(home)
            self.media.known |= {Path(os.path.realpath(Path(root, path))): named for path, named in found.media.items()}
        return self._known[home]


def _upwards(folder: Path) -> Iterator[Path]:
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 - links are to be followed only by whoever reads
    return iter((absolute, *absolute.parents))


def _stamp(origin: Origin) -> Stamp | None:
    try:
        return Stamp(bytes.fromhex(origin.digest), origin.mod) if origin.digest else None
    except ValueError:
        return None


def _refusal(note: Note, kind: RawType) -> Message:
    return message(
        "{place}: the note type {type}, as which {id!r} came from Anki, asks in another way; where Anki has the note"
        " already it leaves it as it was; give the card a new id",
        place=note.place,
        type=kind.name,
        id=note.id,
    )
