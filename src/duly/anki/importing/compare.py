"""Compares known notes with Anki's: what was edited in Anki, here, or on both sides."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from duly.anki.history.date_file import NoteDate
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger, LedgerEntry
from duly.anki.importing import own_notes
from duly.anki.importing.field_texts import FieldTexts
from duly.anki.importing.foreign_note import NO_ORDS, foreign_note
from duly.anki.importing.three_way_diff import Edits, three_way_diff
from duly.anki.notes.anki_note import Stamp
from duly.anki.notes.content_hash import content_hash
from duly.anki.notes.field_mapping import asks_more, map_fields
from duly.anki.notes.note_builder import BuiltNote, NoteBuilder
from duly.anki.notes.origins import Origin
from duly.anki.notes.restore_original_type import restore_original_type
from duly.anki.raw_rows import FIELD_SEPARATOR, RawNote, RawType
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import FurtherCard, Note, NoteId
from duly.cards.media_references import references
from duly.cards.note_keys import KeyValue, changed_values, key_values

COMPUTED_FIELDS = ("Typed", "Options")
"""The fields of our note types that are computed from others."""

STATE_TAGS = ("leech", "marked")
"""Tags that Anki sets for the state of a note. Imports remove them, so their absence is not an edit."""

MediaPath = Callable[[str], str | None]
"""Maps the name of a media file in Anki to its path in a text, or to None if there is no such file."""


@dataclass(frozen=True, slots=True)
class AnkiVersion:
    """A note in Anki: its row, its type, the numbers of its cards, and its tags in duly's spelling."""

    raw_note: RawNote
    note_type: RawType
    ords: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note that differs in Anki. `theirs` is the note as Anki has it; `changes` are the new values for the deck file.

    `origin` is its origin after these changes, None for a note of duly's own types. `is_latest`: its date in Anki is
    later than any date known here, so that Anki would ignore an export of it.
    """

    note: Note
    anki_version: AnkiVersion
    edits: Edits
    changes: Mapping[str, KeyValue]
    theirs: Note
    origin: Origin | None = None
    is_latest: bool = False

    @property
    def is_overtaken(self) -> bool:
        """Whether it was edited only here, and Anki would ignore an export of it."""
        return (
            self.is_latest and bool(self.edits.only_here) and not (self.edits.only_in_anki or self.edits.on_both_sides)
        )


@dataclass(frozen=True, slots=True)
class NoteComparer:
    """Compares Anki's notes with `known_notes`, those of the deck files.

    `file_tags` returns the tags that a note's file gives to all its notes. With `update`, notes get what was edited
    in Anki; with `force`, also what was edited on both sides.
    """

    known_notes: Mapping[NoteId, Note]
    builder: NoteBuilder
    ledger: Ledger | None
    file_tags: Callable[[Note], Collection[str]]
    update: bool = False
    force: bool = False

    def compare(self, note: Note, anki_version: AnkiVersion, media_path: MediaPath) -> EditedNote | None:
        """How the note differs in Anki; None if it does not, or if it has another note type here.

        A note that no longer has a question in Anki is returned without edits. `media_path` is called only for changes
        to be made here. Raises `DulyError` if something cannot be read.
        """
        raw_note, note_type = anki_version.raw_note, anki_version.note_type
        built_note = self.builder.build(note)
        anki_note = built_note.note
        if anki_note.type.id != raw_note.type or len(raw_note.fields) != len(note_type.fields):
            return None
        local_tags = {_nfc(tag) for tag in note.tags}
        tags = tuple(
            tag
            for tag in note.tags
            if _is_state_tag(tag) or _nfc(tag) in anki_version.tags or tag in self.file_tags(note)
        )
        added_tags = (tag for tag in anki_version.tags if not _is_state_tag(tag) and tag not in local_tags)
        tagged_note = note._replace(tags=(*tags, *added_tags))
        has_more_cards = self.update and self._asks_more(note, anki_version)
        if anki_note.fields == raw_note.fields and {*tagged_note.tags} == {*note.tags} and not has_more_cards:
            return None
        ords_by_face = self._ords_by_face(note)
        our_pair = _read_note(note, note_type, anki_note.fields, anki_note.ords, ords_by_face)
        their_pair = _read_note(tagged_note, note_type, raw_note.fields, anki_version.ords, ords_by_face)
        if our_pair is None or their_pair is None:
            return EditedNote(note, anki_version, Edits({}, {}), {}, note) if our_pair else None
        ours, theirs = our_pair[0], their_pair[0]
        if not changed_values(ours, theirs):
            return self._reimport(note, anki_version, media_path) if has_more_cards else None
        history = self._history(built_note)
        is_latest = all(date < raw_note.mod for date in history.dates)
        edits = self._edits(anki_version, built_note, history, ours, theirs)
        keys_to_update = [*edits.only_in_anki, *(edits.on_both_sides if self.force else ())]
        # Edits made here do not fit the new cards.
        is_blocked = has_more_cards and (edits.only_here or edits.on_both_sides)
        if not self.update or not keys_to_update or is_blocked or (edits.on_both_sides and not self.force):
            return EditedNote(note, anki_version, edits, {}, *their_pair, is_latest=is_latest)
        note_and_origin = self._read_with_media(note, tagged_note, anki_version, media_path) or their_pair
        values = key_values(note_and_origin[0])
        changes = {key: values.get(key, "") for key in keys_to_update}
        if has_more_cards:
            changes = changed_values(note, note_and_origin[0])
        if "more" in changes:
            changes["more"] = _with_own_cards(note, note_and_origin[0], ords_by_face)
        return EditedNote(note, anki_version, edits, changes, *note_and_origin, is_latest=is_latest)

    def _asks_more(self, note: Note, anki_version: AnkiVersion) -> bool:
        """Whether this version of duly would import more cards of the note than an earlier version did."""
        origin = self.builder.origin(note)
        note_type = anki_version.note_type
        if origin is None or note_type.is_cloze:
            return False
        fields = {field.name: html for field, html in zip(note_type.fields, anki_version.raw_note.fields, strict=True)}
        mapping = map_fields(note_type, FieldTexts(fields, str).values, anki_version.ords)
        return mapping is not None and asks_more(mapping, origin)

    def _reimport(self, note: Note, anki_version: AnkiVersion, media_path: MediaPath) -> EditedNote | None:
        """A note that did not change in Anki, imported again in the way of this version of duly."""
        note_and_origin = self._read_with_media(note, note, anki_version, media_path)
        changes = changed_values(note, note_and_origin[0]) if note_and_origin else {}
        if note_and_origin is None or not changes:
            return None
        return EditedNote(note, anki_version, Edits(changes, {}), changes, *note_and_origin)

    def _read_with_media(
        self, note: Note, tagged_note: Note, anki_version: AnkiVersion, media_path: MediaPath
    ) -> tuple[Note, Origin | None] | None:
        """The note with Anki's values, and with the paths of its media in the deck file."""
        known_paths = self._media_paths(note)
        return _read_note(
            tagged_note,
            anki_version.note_type,
            anki_version.raw_note.fields,
            anki_version.ords,
            self._ords_by_face(note),
            media_path=lambda name: known_paths.get(name) or media_path(name),
        )

    def _ords_by_face(self, note: Note) -> Mapping[str, int]:
        """The numbers in Anki of the note's further cards, by face."""
        origin = self.builder.origin(note)
        return origin.further_ords if origin else NO_ORDS

    def _history(self, built_note: BuiltNote) -> "_History":
        guid = built_note.note.guid
        entry = self.ledger.notes([guid]).get(guid) if self.ledger else None
        stamps = tuple(stamp for stamp in (entry.stamp if entry else None, built_note.stamp) if stamp)
        return _History(stamps, tuple(self.ledger.versions(guid)) if self.ledger else ())

    def _edits(
        self, anki_version: AnkiVersion, built_note: BuiltNote, history: "_History", ours: Note, theirs: Note
    ) -> Edits:
        """The side on which each difference was edited: Anki, unless the history of the note says otherwise."""
        changes, mod = changed_values(ours, theirs), anki_version.raw_note.mod
        ords_by_face = self._ords_by_face(ours)
        if mod in history.dates:  # Anki has a version that is known here
            return Edits({}, {}, tuple(changes))
        is_untouched = all(stamp.digest == built_note.note.digest for stamp in history.stamps)
        versions = [
            note
            for row in history.rows
            if row.mod < mod and (note := _read_row(ours, anki_version.note_type, row, ords_by_face))
        ]
        if versions and (is_untouched or history.dates == {row.mod for row in history.rows}):
            return three_way_diff(ours, theirs, versions)
        is_edited_in_anki = is_untouched and all(date < mod for date in history.dates)
        return Edits(changes, {}) if is_edited_in_anki else Edits({}, changes)

    def _media_paths(self, note: Note) -> dict[str, str]:
        """The paths of the note's media, by their names in Anki."""
        paths = (reference.path for text in note.texts for reference in references(text) if not reference.is_remote)
        return {self.builder.media.name(note, path): path for path in paths}


@dataclass(frozen=True, slots=True)
class _History:
    """The history of a note: the stamps of its latest versions, and all versions that Anki may have had."""

    stamps: tuple[Stamp, ...]
    rows: tuple[NoteRow, ...]

    @property
    def dates(self) -> set[int]:
        return {stamp.mod for stamp in self.stamps} | {row.mod for row in self.rows}


def update_origin(
    edited_note: EditedNote, note: Note, ledger: Ledger, dates: Dates, builder: NoteBuilder
) -> Origin | None:
    """Saves Anki's version of `note`, which now equals it except for edits made only here; returns its new origin.

    The next export dates the note as Anki does, so that Anki leaves it unchanged, unless it was edited only here, or a
    computed field differs in Anki. The date stays later than that of any earlier export that may yet be imported.
    """
    first_name = len(builder.media.returned_names)
    anki_note, anki_version = builder.build(note).note, edited_note.anki_version
    is_same = not edited_note.edits.only_here
    content = content_hash(note, builder.media.returned_names[first_name:], anki_note)
    row = note_row(
        anki_note._replace(
            fields=anki_version.raw_note.fields, tags=anki_version.raw_note.tags, ords=anki_version.ords
        ),
        anki_version.raw_note.mod,
    )
    old_entry = ledger.notes([row.guid]).get(row.guid)
    origin, digest = edited_note.origin, anki_note.digest
    if origin is not None:
        media = partial(builder.media.name, note)
        restored_note = restore_original_type(
            note if is_same else edited_note.theirs, origin, anki_version.note_type, media
        )
        digest = restored_note.note.digest if restored_note else b""
        origin = replace(origin, digest=digest.hex())
    else:
        for field, ours, theirs in zip(
            anki_version.note_type.fields, anki_note.fields, anki_version.raw_note.fields, strict=True
        ):
            is_same = is_same and (field.name not in COMPUTED_FIELDS or ours == theirs)
    dated_row = row._replace(mod=old_entry.row.mod + 1) if old_entry and old_entry.row.mod > row.mod else row
    if not dates.is_root_undated(note):
        dates.set_date(note, NoteDate(content if is_same else "", dated_row.mod))
    if origin is None or old_entry is not None:
        ledger.keep_notes([LedgerEntry(dated_row, digest=digest if is_same or origin else b"")])
    ledger.keep_anki_versions([row])
    return origin


def _read_note(
    note: Note,
    note_type: RawType,
    fields: Sequence[str],
    ords: Sequence[int],
    ords_by_face: Mapping[str, int],
    *,
    media_path: MediaPath = str,
) -> tuple[Note, Origin | None] | None:
    """`note` with the values of an Anki note, and its origin; None if it has no question."""
    values = {field.name: _nfc(html) for field, html in zip(note_type.fields, fields, strict=True)}
    field_texts = FieldTexts(values, media_path)
    if not own_notes.is_duly_type(note_type):
        return foreign_note(note, note_type, ords, field_texts, ords_by_face)
    imported_note = own_notes.duly_note(note, field_texts)
    return (imported_note, None) if imported_note else None


def _with_own_cards(note: Note, theirs: Note, ords_by_face: Mapping[str, int]) -> tuple[FurtherCard, ...]:
    """The further cards of Anki's note, without those removed here, and then those that exist only here."""
    removed_faces = ords_by_face.keys() - {card.face for card in note.further_cards}
    local_cards = (card for card in note.further_cards if card.face not in ords_by_face)
    return (*(card for card in theirs.further_cards if card.face not in removed_faces), *local_cards)


def _nfc(text: str) -> str:
    """The text in NFC, as Anki stores it."""
    return unicodedata.normalize("NFC", text)


def _is_state_tag(tag: str) -> bool:
    return tag.casefold() in STATE_TAGS


def _read_row(note: Note, note_type: RawType, row: NoteRow, ords_by_face: Mapping[str, int]) -> Note | None:
    """An earlier version of the note; None if it had another type."""
    fields = row.fields.split(FIELD_SEPARATOR)
    if row.type != note_type.id or len(fields) != len(note_type.fields):
        return None
    states = tuple(tag for tag in note.tags if _is_state_tag(tag))
    spellings = {_nfc(tag): tag for tag in note.tags}
    other_tags = (spellings.get(tag, tag) for tag in row.tags.split() if not _is_state_tag(tag))
    tagged_note = note._replace(tags=(*states, *other_tags))
    note_and_origin = _read_note(
        tagged_note, note_type, fields, [int(number) for number in row.ords.split()], ords_by_face
    )
    return note_and_origin[0] if note_and_origin else None
