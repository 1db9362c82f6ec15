"""Compares known notes with Anki's: what was edited there, here, or on both sides."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from duly.anki.history.date_file import Dated
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger, LedgerEntry
from duly.anki.importing import duly_types
from duly.anki.importing.field_texts import FieldTexts
from duly.anki.importing.foreign_note import NO_FACES, foreign_note
from duly.anki.importing.three_way_diff import Edits, three_way_diff
from duly.anki.notes.anki_note import Stamp
from duly.anki.notes.content_hash import content_hash
from duly.anki.notes.field_mapping import asks_more, map_fields
from duly.anki.notes.note_builder import BuiltNote, NoteBuilder
from duly.anki.notes.original_type import restore_original_type
from duly.anki.notes.origins import Origin
from duly.anki.raw_rows import FIELD_SEPARATOR, RawNote, RawType
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import FurtherCard, Note, NoteId
from duly.cards.media_references import references
from duly.cards.note_keys import KeyValue, changed_values, key_values

FOLLOWING = ("Typed", "Options")
"""The fields of our note types that are computed from others."""

STATES = ("leech", "marked")
"""Tags that Anki sets for the state of a note. Imports remove them, so their absence is not an edit."""

MediaPath = Callable[[str], str | None]
"""Maps the name of a media file in Anki to its path in a text; None if there is no such file."""


@dataclass(frozen=True, slots=True)
class AnkiVersion:
    """A note in Anki: its row, its type, the numbers of its cards, and its tags as written here."""

    raw: RawNote
    kind: RawType
    ords: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note that differs in Anki; `changes` are the values that it is to get here.

    `origin` is its origin after these changes, None for a note of our own types. `is_latest`: its date in Anki is later
    than any known here, so that Anki would ignore an export of it.
    """

    note: Note
    there: AnkiVersion
    edits: Edits
    changes: Mapping[str, KeyValue]
    theirs: Note
    origin: Origin | None = None
    is_latest: bool = False

    @property
    def is_overtaken(self) -> bool:
        """Whether it was edited only here, and Anki would ignore an export of it."""
        return self.is_latest and bool(self.edits.here) and not (self.edits.there or self.edits.both)


@dataclass(frozen=True, slots=True)
class NoteComparer:
    """Compares notes with those `known` here. `shared` returns the tags that a note's file gives to all its notes.

    With `update`, notes get what was edited in Anki, with `force` also what was edited on both sides.
    """

    known: Mapping[NoteId, Note]
    builder: NoteBuilder
    book: Ledger | None
    shared: Callable[[Note], Collection[str]]
    update: bool = False
    force: bool = False

    def compare(self, note: Note, there: AnkiVersion, path: MediaPath) -> EditedNote | None:
        """How the note differs; None if it does not, or if it has another note type here.

        A note that has no question in Anki any more is returned without edits. `path` is called only for changes that
        are to be made here. Raises `DulyError` if something cannot be read.
        """
        raw, kind = there.raw, there.kind
        made = self.builder.make(note)
        built = made.note
        if built.type.id != raw.type or len(raw.fields) != len(kind.fields):
            return None
        mine = {_composed(tag) for tag in note.tags}
        tags = tuple(
            tag for tag in note.tags if _is_states(tag) or _composed(tag) in there.tags or tag in self.shared(note)
        )
        added = (tag for tag in there.tags if not _is_states(tag) and tag not in mine)
        tagged = note._replace(tags=(*tags, *added))
        is_old = self.update and self._asks_more(note, there)
        if built.fields == raw.fields and {*tagged.tags} == {*note.tags} and not is_old:
            return None
        known = self._faces(note)
        ours = _read(note, kind, built.fields, built.ords, known)
        theirs = _read(tagged, kind, raw.fields, there.ords, known)
        if ours is None or theirs is None:
            return EditedNote(note, there, Edits({}, {}), {}, note) if ours else None
        if not changed_values(ours[0], theirs[0]):
            return self._taken_anew(note, there, path) if is_old else None
        past = self._past(made)
        is_latest = all(date < raw.mod for date in past.dates)
        edits = self._edits(there, made, past, ours[0], theirs[0])
        wanted = [*edits.there, *(edits.both if self.force else ())]
        is_held = is_old and (edits.here or edits.both)  # edits made here do not fit the new cards
        if not self.update or not wanted or is_held or (edits.both and not self.force):
            return EditedNote(note, there, edits, {}, *theirs, is_latest=is_latest)
        read_back = self._read_back(note, tagged, there, path) or theirs
        before = key_values(read_back[0])
        changes = {key: before.get(key, "") for key in wanted}
        if is_old:
            changes = changed_values(note, read_back[0])
        if "more" in changes:
            changes["more"] = _with_own_cards(note, read_back[0], known)
        return EditedNote(note, there, edits, changes, *read_back, is_latest=is_latest)

    def _asks_more(self, note: Note, there: AnkiVersion) -> bool:
        """Whether an earlier version imported the note, with fewer cards than this one would."""
        origin = self.builder.origin(note)
        if origin is None or there.kind.is_cloze:
            return False
        values = FieldTexts(
            {field.name: html for field, html in zip(there.kind.fields, there.raw.fields, strict=True)}, str
        )
        mapping = map_fields(there.kind, values.values, there.ords)
        return mapping is not None and asks_more(mapping, origin)

    def _taken_anew(self, note: Note, there: AnkiVersion, path: MediaPath) -> EditedNote | None:
        """A note that did not change in Anki, imported again as this version does it."""
        read_back = self._read_back(note, note, there, path)
        changes = changed_values(note, read_back[0]) if read_back else {}
        return EditedNote(note, there, Edits(changes, {}), changes, *read_back) if read_back and changes else None

    def _read_back(
        self, note: Note, tagged: Note, there: AnkiVersion, path: MediaPath
    ) -> tuple[Note, Origin | None] | None:
        """The note with Anki's values, and with the paths of media here."""
        named = self._named(note)
        return _read(
            tagged,
            there.kind,
            there.raw.fields,
            there.ords,
            self._faces(note),
            path=lambda name: named.get(name) or path(name),
        )

    def _faces(self, note: Note) -> Mapping[str, int]:
        """The numbers in Anki of the note's further cards, by face."""
        origin = self.builder.origin(note)
        return origin.more if origin else NO_FACES

    def _past(self, made: BuiltNote) -> "_Past":
        guid = made.note.guid
        entry = self.book.notes([guid]).get(guid) if self.book else None
        stamps = tuple(stamp for stamp in (entry.stamp if entry else None, made.stamp) if stamp)
        return _Past(stamps, tuple(self.book.versions(guid)) if self.book else ())

    def _edits(self, there: AnkiVersion, made: BuiltNote, past: "_Past", ours: Note, theirs: Note) -> Edits:
        """On which side the differences were edited; in Anki, unless the history says otherwise."""
        edited, mod = changed_values(ours, theirs), there.raw.mod
        known = self._faces(ours)
        if mod in past.dates:  # Anki has a version that we know
            return Edits({}, {}, tuple(edited))
        is_untouched = all(stamp.digest == made.note.digest for stamp in past.stamps)
        versions = [note for row in past.rows if row.mod < mod and (note := _read_row(ours, there.kind, row, known))]
        if versions and (is_untouched or past.dates == {row.mod for row in past.rows}):
            return three_way_diff(ours, theirs, versions)
        is_there = is_untouched and all(date < mod for date in past.dates)
        return Edits(edited, {}) if is_there else Edits({}, edited)

    def _named(self, note: Note) -> dict[str, str]:
        """The paths of the note's media, by their names in Anki."""
        paths = (reference.path for text in note.texts for reference in references(text) if not reference.is_remote)
        return {self.builder.media.name(note, path): path for path in paths}


@dataclass(frozen=True, slots=True)
class _Past:
    """The history of a note: the stamps of its latest versions, and all versions that Anki may have had."""

    stamps: tuple[Stamp, ...]
    rows: tuple[NoteRow, ...]

    @property
    def dates(self) -> set[int]:
        return {stamp.mod for stamp in self.stamps} | {row.mod for row in self.rows}


def update_origin(edited: EditedNote, note: Note, book: Ledger, dates: Dates, builder: NoteBuilder) -> Origin | None:
    """Saves what Anki has of `note`, which now equals it except for what was edited only here; returns its new origin.

    The next export gives the note its date in Anki, so that Anki leaves it unchanged, unless something was edited only
    here, or a computed field differs in Anki. It stays later than any earlier export that may yet be imported.
    """
    asked = len(builder.media.asked)
    made, there, same = builder.make(note).note, edited.there, not edited.edits.here
    content = content_hash(note, builder.media.asked[asked:], made)
    row = note_row(made._replace(fields=there.raw.fields, tags=there.raw.tags, ords=there.ords), there.raw.mod)
    old = book.notes([row.guid]).get(row.guid)
    origin, digest = edited.origin, made.digest
    if origin is not None:
        media = partial(builder.media.name, note)
        back = restore_original_type(note if same else edited.theirs, origin, there.kind, media)
        digest = back.made.digest if back else b""
        origin = replace(origin, digest=digest.hex())
    else:
        for field, ours, theirs in zip(there.kind.fields, made.fields, there.raw.fields, strict=True):
            same = same and (field.name not in FOLLOWING or ours == theirs)
    dated = row._replace(mod=old.row.mod + 1) if old and old.row.mod > row.mod else row
    if not dates.has_none_near(note):
        dates.keep(note, Dated(content if same else "", dated.mod))
    if origin is None or old is not None:
        book.keep_notes([LedgerEntry(dated, digest=digest if same or origin else b"")])
    book.keep_seen([row])
    return origin


def _read(
    note: Note,
    kind: RawType,
    fields: Sequence[str],
    ords: Sequence[int],
    known: Mapping[str, int],
    *,
    path: MediaPath = str,
) -> tuple[Note, Origin | None] | None:
    """`note` with the values of an Anki note, and its origin; None if it has no question."""
    values = {field.name: _composed(html) for field, html in zip(kind.fields, fields, strict=True)}
    field_texts = FieldTexts(values, path)
    if not duly_types.is_duly_type(kind):
        return foreign_note(note, kind, ords, field_texts, known)
    own = duly_types.duly_note(note, field_texts)
    return (own, None) if own else None


def _with_own_cards(note: Note, theirs: Note, known: Mapping[str, int]) -> tuple[FurtherCard, ...]:
    """The further cards of Anki's note, without those removed here, and then those that exist only here."""
    removed = known.keys() - {card.face for card in note.more}
    own = (card for card in note.more if card.face not in known)
    return (*(card for card in theirs.more if card.face not in removed), *own)


def _composed(text: str) -> str:
    """The text in NFC, as Anki stores it."""
    return unicodedata.normalize("NFC", text)


def _is_states(tag: str) -> bool:
    return tag.casefold() in STATES


def _read_row(note: Note, kind: RawType, row: NoteRow, known: Mapping[str, int]) -> Note | None:
    """The note as it was in an earlier version; None if that was of another type."""
    fields = row.fields.split(FIELD_SEPARATOR)
    if row.type != kind.id or len(fields) != len(kind.fields):
        return None
    states = tuple(tag for tag in note.tags if _is_states(tag))
    spelled = {_composed(tag): tag for tag in note.tags}
    others = (spelled.get(tag, tag) for tag in row.tags.split() if not _is_states(tag))
    tagged = note._replace(tags=(*states, *others))
    read = _read(tagged, kind, fields, [int(number) for number in row.ords.split()], known)
    return read[0] if read else None
