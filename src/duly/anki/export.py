"""The door: notes become a package that Anki imports again and again without losing anything."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from duly.anki import ledger
from duly.anki.archive import write_apkg
from duly.anki.ledger import Entry, Ledger, stamped
from duly.anki.media import Media
from duly.anki.notes import AnkiNote, anki_note, digest
from duly.anki.notetypes import NoteType, styles
from duly.anki.package import Dated, collection_bytes, deck_count
from duly.anki.progress import NOTHING, Learned
from duly.cards import Note, NoteId
from duly.errors import DulyError
from duly.message import Message, message
from duly.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in the package, and what became of its notes since they were exported last.

    `gone` are the notes this package held before and holds no more: Anki keeps them, for a package cannot delete.
    `emptied` counts the cards that notes have no more: Anki keeps them too, and shows nothing on them.
    """

    notes: int
    cards: int
    decks: int
    media: int
    added: int
    changed: int
    unchanged: int
    gone: tuple[NoteId, ...]
    emptied: int
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A note as it was exported last, if it was, and as it is exported now."""

    old: Entry | None
    new: Entry

    @property
    def is_update(self) -> bool:
        return self.old is not None and self.old.stamp != self.new.stamp

    @property
    def emptied(self) -> int:
        return len(set(self.old.ords) - set(self.new.ords)) if self.old else 0


def export(
    notes: Sequence[Note],
    target: Path,
    memory: Path,
    now: datetime,
    *,
    within: Sequence[Path] = (),
    whole: bool = True,
    learned: Learned = NOTHING,
    watch: Watch = unwatched,
) -> Exported:
    """Writes the notes, whose ids are all different, as the package `target`, in their order.

    `memory` is the file that remembers what was exported when; `now` dates what is new in it. Media are taken only from
    the folders `within`. `whole` says that `notes` are all there are; where some were not read, none counts as gone.
    `learned` goes along with the cards it is about. `watch` sees the notes and the media pass.
    Raises `DulyError`, with package and memory as they were, if there are no notes or a file cannot be read or written.
    """
    if not notes:
        raise DulyError(message("there is no card to export"))
    media = Media(within)
    made = [anki_note(note, partial(media.name, note)) for note in watch(notes, message("Making notes for Anki"))]
    guids = frozenset(note.guid for note in made)
    if len(guids) < len(made):
        raise ValueError("two notes with one id would be two notes in Anki for ever")
    place = Path(os.path.realpath(target))
    second = int(now.timestamp())
    with ledger.opened(memory) as book:
        changes = [_remembered(note, book, second) for note in made]
        types = {kind: _type_mod(kind, book, second) for kind in dict.fromkeys(note.type for note in made)}
        gone = book.output(place) - guids if whole else frozenset()
        book.keep_output(place, guids, gone)
        rows = [Dated(note, change.new.stamp.mod) for note, change in zip(made, changes, strict=True)]
        write_apkg(target, collection_bytes(rows, types, learned), media.files, watch)
    added = sum(change.old is None for change in changes)
    changed = sum(change.is_update for change in changes)
    return Exported(
        notes=len(made),
        cards=sum(len(note.ords) for note in made),
        decks=deck_count(made),
        media=len(media.files),
        added=added,
        changed=changed,
        unchanged=len(made) - added - changed,
        gone=tuple(NoteId(guid) for guid in sorted(gone)),
        emptied=sum(change.emptied for change in changes),
        messages=(*media.absent, *_conflicts(notes, made, changes)),
    )


def _remembered(note: AnkiNote, book: Ledger, now: int) -> _Change:
    old = book.note(note.guid)
    stamp = stamped(old.stamp if old else None, note.digest, now)
    new = Entry(stamp, old.note_type if old else note.type.id, note.ords)
    book.keep_note(note.guid, new)
    return _Change(old, new)


def _type_mod(kind: NoteType, book: Ledger, now: int) -> int:
    look = digest([(template.front, template.back) for template in kind.templates], styles())
    return book.stamped_type(kind.id, look, now).mod


def _conflicts(notes: Sequence[Note], made: Sequence[AnkiNote], changes: Sequence[_Change]) -> tuple[Message, ...]:
    return tuple(
        message(
            "{place}: Anki cannot turn a question into a cloze, or back, and where it has {id!r} already it leaves it"
            " as it was; give the card a new id",
            place=note.place,
            id=note.id,
        )
        for note, anki, change in zip(notes, made, changes, strict=True)
        if change.new.note_type != anki.type.id
    )
