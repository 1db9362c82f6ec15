"""The door: notes become a package that Anki imports again and again without losing anything."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from duly.anki import ledger
from duly.anki.archive import write_apkg
from duly.anki.gone import TYPES, elsewhere, removed, told
from duly.anki.incoming.values import RawType
from duly.anki.ledger import Content, Entry, Ledger, stamped
from duly.anki.making import Made, Maker
from duly.anki.media import Media
from duly.anki.notes import AnkiNote, digest
from duly.anki.notetypes import NoteType, styles
from duly.anki.package import Dated, collection_bytes, deck_count
from duly.anki.progress_out import NOTHING, Learned
from duly.anki.rendered import Rendered
from duly.cache import opened
from duly.cards import Note, NoteId
from duly.collector import held_off
from duly.errors import DulyError
from duly.message import Message, message
from duly.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in the package, and what became of its notes since they were exported last.

    `gone` are the notes this package held before and holds no more: Anki keeps them, for a package cannot delete.
    `shipped` are notes gone now or earlier that are in it once more, tagged to be deleted; `shipped_before` were so in
    an earlier package, and are not in this one.
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
    shipped: tuple[NoteId, ...]
    shipped_before: tuple[NoteId, ...]
    emptied: int
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A note as it was exported last, if it was, and as it is exported now."""

    old: Entry | None
    new: Entry

    @property
    def is_update(self) -> bool:
        return self.old is not None and self.old.stamp.digest != self.new.stamp.digest

    @property
    def emptied(self) -> int:
        return len(set(self.old.ords) - set(self.new.ords)) if self.old else 0


@held_off()
def export(
    notes: Sequence[Note],
    target: Path,
    memory: Path,
    now: datetime,
    *,
    within: Sequence[Path] = (),
    whole: bool = True,
    learned: Learned = NOTHING,
    force: bool = False,
    gone: bool = False,
    watch: Watch = unwatched,
    cache: Path | None = None,
) -> Exported:
    """Writes the notes, whose ids are all different, as the package `target`, in their order.

    `memory` is the file that remembers what was exported when; `now` dates what is new in it. Media are taken only from
    the folders `within`. `whole` says that `notes` are all there are; where some were not read, none counts as gone.
    `force` dates all notes and note types anew, so that Anki takes every one. `gone` puts the notes that are gone into
    the package once more, tagged to be deleted (with `force`, also those that were so in an earlier one).
    `learned` goes along with the cards it is about. `watch` sees the notes and the media pass. `cache` is the cache of
    what was rendered before.
    Raises `DulyError`, with package and memory as they were, if there are no notes or a file cannot be read or written.
    """
    nothing = DulyError(message("there is no card to export"))
    if not notes and not gone:
        raise nothing
    media = Media(within)
    with opened(cache) as kept:
        rendered = Rendered(notes, kept)
        maker = Maker(media, rendered.values)
        answers = [maker.make(note) for note in watch(notes, message("Making notes for Anki"))]
        rendered.keep()
    made = [answer.note for answer in answers]
    guids = frozenset(note.guid for note in made)
    if len(guids) < len(made):
        raise ValueError("two notes with one id would be two notes in Anki for ever")
    place = Path(os.path.realpath(target))
    second = int(now.timestamp())
    with ledger.opened(memory) as book:
        changes = [_remembered(answer, book, second, anew=force) for answer in answers]
        held = book.held(place)
        lost = held - guids if whole else frozenset()
        book.keep_output(place, guids - held, lost)
        moved = elsewhere(book, place, book.gone(place) if gone else lost)
        leaving = book.gone(place) - moved.keys() if gone and whole else ()
        out = removed(book, leaving, second, maker.types, again=force)
        rows = [Dated(note, change.new.stamp.mod) for note, change in zip(made, changes, strict=True)] + [*out.shipped]
        if not rows:
            raise nothing
        kinds = {row.made.type.id: row.made.type for row in rows}
        types = {kind: _type_mod(kind, book, second, anew=force) for kind in kinds.values()}
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
        gone=_ids(lost - moved.keys()),
        shipped=_ids(row.made.guid for row in out.shipped),
        shipped_before=_ids(out.before),
        emptied=sum(change.emptied for change in changes),
        messages=(*media.absent, *maker.messages, *_conflicts(notes, made, changes), *told(moved), *out.messages),
    )


def _remembered(made: Made, book: Ledger, now: int, *, anew: bool) -> _Change:
    note = made.note
    old = book.note(note.guid)
    stamp = stamped(old.stamp if old else made.stamp, note.digest, now, anew=anew)
    if old and old.note_type != note.type.id:  # what Anki keeps is the note of the other type
        new = replace(old, stamp=stamp)
    else:
        new = Entry(stamp, note.type.id, note.ords, Content(note.deck, note.fields, note.tags))
    if new != old:
        book.keep_note(note.guid, new)
    return _Change(old, new)


def _type_mod(kind: NoteType | RawType, book: Ledger, now: int, *, anew: bool) -> int:
    if isinstance(kind, RawType):  # it is the learner's, and is brought only where it is not
        return kind.mod
    look = digest([(template.front, template.back) for template in kind.templates], styles())
    return book.stamped_type(kind.id, look, now, anew=anew).mod


def _ids(guids: Iterable[str]) -> tuple[NoteId, ...]:
    return tuple(map(NoteId, sorted(guids)))


def _conflicts(notes: Sequence[Note], made: Sequence[AnkiNote], changes: Sequence[_Change]) -> tuple[Message, ...]:
    return tuple(
        message(
            "{place}: Anki cannot turn a question into a cloze, or back, and where it has {id!r} already it leaves it"
            " as it was; give the card a new id",
            place=note.place,
            id=note.id,
        )
        for note, anki, change in zip(notes, made, changes, strict=True)
        if change.new.note_type != anki.type.id and change.new.note_type in TYPES
    )
