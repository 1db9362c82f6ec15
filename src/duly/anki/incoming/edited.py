"""Notes that are here already and otherwise in Anki: what was edited there, what here, and what on both sides.

Both are read in one way, the note here as it would go to Anki and the one that is there: what HTML says in other words,
or Markdown cannot say, is no difference. What they were when they were last the same is known by the ledger; of notes
that came from Anki to another machine what leads them back tells at least whether they are still that.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from duly.anki.incoming import own
from duly.anki.incoming.ancestors import Edits, compared
from duly.anki.incoming.rewriting import Rewriting
from duly.anki.incoming.values import RawNote, RawType
from duly.anki.ledger import Entry, Ledger, Stamp
from duly.anki.making import Made, Maker
from duly.anki.origins import Origin
from duly.anki.returning import returned
from duly.anki.rows import BETWEEN, NoteRow, note_row
from duly.cards import Note, NoteId
from duly.cards.media import references
from duly.cards.values import Value, changed, values

FOLLOWING = ("Typed", "Options")
"""The fields of our note types that follow from others, which Anki does not know."""

STATES = ("leech", "marked")
"""Tags by which Anki keeps the state of a note. An import takes them away, so that their lack is no edit either."""

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
class Edited:
    """A note here, and what it is in Anki; `changes` are the values that it is to get here.

    `origin` is what leads it back once it has them, None for a note of our own types. `is_latest` tells that Anki dates
    it later than anything known of it here, so that it would leave out what was exported.
    """

    note: Note
    there: InAnki
    edits: Edits
    changes: Mapping[str, Value]
    theirs: Note
    origin: Origin | None = None
    is_latest: bool = False

    @property
    def is_overtaken(self) -> bool:
        """Whether it was edited here alone, and would be left out by Anki as it is dated here."""
        return self.is_latest and bool(self.edits.here) and not (self.edits.there or self.edits.both)


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
        kept = tuple(tag for tag in note.tags if _is_states(tag) or tag in there.tags or tag in self.shared(note))
        added = (tag for tag in there.tags if not _is_states(tag) and tag not in kept)
        tagged = note._replace(tags=(*kept, *added))
        if one.fields == raw.fields and {*tagged.tags} == {*note.tags}:
            return None
        ours = _read(note, kind, one.fields, one.ords)
        theirs = _read(tagged, kind, raw.fields, there.ords)
        if ours is None or theirs is None:
            return Edited(note, there, Edits({}, {}), {}, note) if ours else None
        if not changed(ours[0], theirs[0]):
            return None
        past = self._past(made)
        is_latest = all(date < raw.mod for date in past.dates)
        edits = self._edits(there, made, past, ours[0], theirs[0])
        wanted = [*edits.there, *(edits.both if self.force else ())]
        if not self.update or not wanted or (edits.both and not self.force):
            return Edited(note, there, edits, {}, *theirs, is_latest=is_latest)
        named = self._named(note)
        taken = _read(tagged, kind, raw.fields, there.ords, lambda name: named.get(name) or path(name)) or theirs
        said = values(taken[0])
        return Edited(note, there, edits, {key: said.get(key, "") for key in wanted}, *taken, is_latest=is_latest)

    def _past(self, made: Made) -> "_Past":
        guid = made.note.guid
        entry = self.book.notes([guid]).get(guid) if self.book else None
        stamps = tuple(stamp for stamp in (entry.stamp if entry else None, made.stamp) if stamp)
        return _Past(stamps, tuple(self.book.versions(guid)) if self.book else ())

    def _edits(self, there: InAnki, made: Made, past: "_Past", ours: Note, theirs: Note) -> Edits:
        """Where what differs between the two was edited; in Anki, where nothing is remembered that tells otherwise."""
        told, mod = changed(ours, theirs), there.raw.mod
        if mod in past.dates:  # Anki has it as it was then
            return Edits({}, {}, tuple(told))
        is_untouched = all(stamp.digest == made.note.digest for stamp in past.stamps)
        versions = [note for row in past.rows if row.mod < mod and (note := _read_row(ours, there.kind, row))]
        if versions and (is_untouched or past.dates == {row.mod for row in past.rows}):
            return compared(ours, theirs, versions)
        is_there = is_untouched and all(date < mod for date in past.dates)
        return Edits(told, {}) if is_there else Edits({}, told)

    def _named(self, note: Note) -> dict[str, str]:
        """The paths that the note has for files, by their names in Anki."""
        paths = (found.path for text in note.texts for found in references(text) if not found.is_remote)
        return {self.maker.media.name(note, path): path for path in paths}


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of a note's past: hashes and dates of what it was last, and all that Anki may have had of it."""

    stamps: tuple[Stamp, ...]
    rows: tuple[NoteRow, ...]

    @property
    def dates(self) -> set[int]:
        return {stamp.mod for stamp in self.stamps} | {row.mod for row in self.rows}


def settled(edited: Edited, note: Note, book: Ledger, maker: Maker) -> Origin | None:
    """Remembers what Anki has of `note`, which is here as it is there now, but for what was edited here alone.

    Gives what leads it back. The next export gives it the date it has in Anki, so that Anki leaves it as it is, unless
    something was edited here alone, or a field follows from others that Anki does not know how to write. What was
    exported since, and may still be on its way, stays older than the next export.
    """
    made, there, same = maker.make(note).note, edited.there, not edited.edits.here
    row = note_row(made._replace(fields=there.raw.fields, tags=there.raw.tags, ords=there.ords), there.raw.mod)
    old = book.notes([row.guid]).get(row.guid)
    origin, digest = edited.origin, made.digest
    if origin is not None:
        media = partial(maker.media.name, note)
        back = returned(note if same else edited.theirs, origin, there.kind, media)
        digest = back.made.digest if back else b""
        origin = replace(origin, digest=digest.hex())
    else:
        for field, ours, theirs in zip(there.kind.fields, made.fields, there.raw.fields, strict=True):
            same = same and (field.name not in FOLLOWING or ours == theirs)
    if origin is None or old is not None:
        dated = row._replace(mod=old.row.mod + 1) if old and old.row.mod > row.mod else row
        book.keep_notes([Entry(dated, digest=digest if same or origin else b"")])
    book.keep_seen([row])
    return origin


def _read(
    note: Note, kind: RawType, fields: Sequence[str], ords: Sequence[int], path: Media = str
) -> tuple[Note, Origin | None] | None:
    """`note` with what stands in the fields of a note of Anki, and what leads that back; None if nothing is asked."""
    rewriting = Rewriting({one.name: html for one, html in zip(kind.fields, fields, strict=True)}, path)
    if not own.is_own(kind):
        return rewriting.foreign(note, kind, ords)
    found = own.own_note(note, rewriting)
    return (found, None) if found else None


def _is_states(tag: str) -> bool:
    return tag.casefold() in STATES


def _read_row(note: Note, kind: RawType, row: NoteRow) -> Note | None:
    """The note as it was exported last; None if that is not remembered, or was of another type."""
    fields = row.fields.split(BETWEEN)
    if row.type != kind.id or len(fields) != len(kind.fields):
        return None
    states = tuple(tag for tag in note.tags if _is_states(tag))
    tagged = note._replace(tags=(*states, *(tag for tag in row.tags.split() if not _is_states(tag))))
    found = _read(tagged, kind, fields, [int(number) for number in row.ords.split()])
    return found[0] if found else None
