"""Notes that are here already and otherwise in Anki: what was edited there, what here, and what on both sides.

Both are read in one way, the note here as it would go to Anki and the one that is there: what HTML says in other words,
or Markdown cannot say, is no difference. What they were when they were last the same is known of notes that were
exported, by the ledger, and of those that came from Anki, by what leads them back.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from duly.anki.incoming import own
from duly.anki.incoming.rewriting import Rewriting
from duly.anki.incoming.values import RawNote, RawType
from duly.anki.ledger import Entry, Ledger, newest
from duly.anki.making import Made, Maker
from duly.anki.origins import Origin
from duly.anki.returning import returned
from duly.anki.rows import BETWEEN, NoteRow, note_row
from duly.cards import Note, NoteId
from duly.cards.media import references
from duly.cards.values import Value, changed, values

FOLLOWING = ("Typed", "Options")
"""The fields of our note types that follow from others, which Anki does not know."""

Media = Callable[[str], str | None]
"""The path that a text has for a file, by its name in Anki; None if there is none."""


@dataclass(frozen=True, slots=True)
class InAnki:
    """A note as Anki has it: its row, its type, the numbers of its cards, and its tags as we write them."""

    raw: RawNote
    kind: RawType
    ords: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """Values by key as Anki has them, empty ones for what is not there: edited there alone, or here too (or perhaps).

    `here` are the keys that were edited here alone.
    """

    there: Mapping[str, Value]
    both: Mapping[str, Value]
    here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A note here, and what it is in Anki; `changes` are the values that it is to get here.

    `origin` is what leads it back once it has them, None for a note of our own types.
    """

    note: Note
    there: InAnki
    edits: Edits
    changes: Mapping[str, Value]
    theirs: Note
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Comparing:
    """Compares notes with those `known` here. `shared` tells the tags that a note's file gives to all in it.

    With `update`, notes are to get what was edited in Anki, and with `force` also what was edited on both sides.
    """

    known: Mapping[NoteId, Note]
    maker: Maker
    book: Ledger | None
    shared: Callable[[Note], Collection[str]]
    update: bool = False
    force: bool = False

    def edited(self, note: Note, there: InAnki, path: Media) -> Edited | None:
        """How the note differs; None if it does not, or is of another type here, which nothing can compare.

        No edits are told of a note that has nothing to ask in Anki any more.

        `path` is asked only for what is to be taken over. Raises `DulyError` if something cannot be read.
        """
        raw, kind = there.raw, there.kind
        made = self.maker.make(note)
        one = made.note
        if one.type.id != raw.type or len(raw.fields) != len(kind.fields):
            return None
        kept = tuple(tag for tag in note.tags if tag in there.tags or tag in self.shared(note))
        tagged = note._replace(tags=(*kept, *(tag for tag in there.tags if tag not in kept)))
        if one.fields == raw.fields and {*tagged.tags} == {*note.tags}:
            return None
        ours = _read(note, kind, one.fields, one.ords)
        theirs = _read(tagged, kind, raw.fields, there.ords)
        if ours is None or theirs is None:
            return Edited(note, there, Edits({}, {}), {}, note) if ours else None
        if not changed(ours[0], theirs[0]):
            return None
        edits = self._edits(there, made, ours[0], theirs[0])
        wanted = [*edits.there, *(edits.both if self.force else ())]
        if not self.update or not wanted or (edits.both and not self.force):
            return Edited(note, there, edits, {}, *theirs)
        named = self._named(note)
        taken = _read(tagged, kind, raw.fields, there.ords, lambda name: named.get(name) or path(name)) or theirs
        said = values(taken[0])
        return Edited(note, there, edits, {key: said.get(key, "") for key in wanted}, *taken)

    def _edits(self, there: InAnki, made: Made, ours: Note, theirs: Note) -> Edits:
        """Where what differs between the two was edited; in Anki, where nothing is remembered that tells otherwise."""
        told, mod = changed(ours, theirs), there.raw.mod
        entry = self.book.notes([made.note.guid]).get(made.note.guid) if self.book else None
        last = newest(entry.stamp if entry else None, made.stamp)
        if last is None:
            return Edits(told, {})
        if mod == last.mod:
            return Edits({}, {}, tuple(told))
        if mod < last.mod:  # it may have been edited before what was exported since
            return Edits({}, told)
        base = _read_row(ours, there.kind, entry.row) if entry and entry.stamp == last else None
        if base is None:
            return Edits(told, {}) if last.digest == made.note.digest else Edits({}, told)
        here, other = changed(base, ours), changed(base, theirs)
        return Edits(
            {key: value for key, value in told.items() if key not in here},
            {key: value for key, value in told.items() if key in here and key in other},
            tuple(key for key in told if key in here and key not in other),
        )

    def _named(self, note: Note) -> dict[str, str]:
        """The paths that the note has for files, by their names in Anki."""
        paths = (found.path for text in note.texts for found in references(text) if not found.is_remote)
        return {self.maker.media.name(note, path): path for path in paths}


def settled(edited: Edited, note: Note, book: Ledger, maker: Maker) -> Origin | None:
    """Remembers that `note`, which is here what it is in Anki now, was last the same there; gives what leads it back.

    The next export gives it the date it has in Anki, so that Anki leaves it as it is, unless something of it was edited
    here alone, or a field follows from others that Anki does not know how to write.
    """
    made, there, same = maker.make(note).note, edited.there, not edited.edits.here
    if edited.origin is not None:
        media = partial(maker.media.name, note)
        back = returned(note if same else edited.theirs, edited.origin, there.kind, media)
        return replace(edited.origin, digest=back.made.digest.hex() if back else "")
    for field, ours, theirs in zip(there.kind.fields, made.fields, there.raw.fields, strict=True):
        same = same and (field.name not in FOLLOWING or ours == theirs)
    row = note_row(made._replace(fields=there.raw.fields, tags=there.raw.tags, ords=there.ords), there.raw.mod)
    book.keep_notes([Entry(row, digest=made.digest if same else b"")])
    return None


def _read(
    note: Note, kind: RawType, fields: Sequence[str], ords: Sequence[int], path: Media = str
) -> tuple[Note, Origin | None] | None:
    """`note` with what stands in the fields of a note of Anki, and what leads that back; None if nothing is asked."""
    rewriting = Rewriting({one.name: html for one, html in zip(kind.fields, fields, strict=True)}, path)
    if not own.is_own(kind):
        return rewriting.foreign(note, kind, ords)
    found = own.own_note(note, rewriting)
    return (found, None) if found else None


def _read_row(note: Note, kind: RawType, row: NoteRow) -> Note | None:
    """The note as it was exported last; None if that is not remembered, or was of another type."""
    fields = row.fields.split(BETWEEN)
    if row.type != kind.id or len(fields) != len(kind.fields):
        return None
    tagged = note._replace(tags=tuple(row.tags.split()))
    found = _read(tagged, kind, fields, [int(number) for number in row.ords.split()])
    return found[0] if found else None
