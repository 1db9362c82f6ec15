"""Decides the date of each note of an export, and which notes are new, changed or moved since the last one.

A note keeps its date until its author changes its text or a media file in it. The author's text is compared, not the
rendered HTML, which may differ between versions of duly. The dates beside the decks (see `dates_beside_decks`) are
shared by all machines; the ledger belongs to this machine.

The rendered note depends only on what its author wrote and on the running code. So if the ledger has a row that was
made from the same input, that row is used, and nothing is rendered. Exceptions are notes with media, whose names depend
on the contents of the files, and notes that came from Anki, which depend on their origin.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from duly.anki.history.date_file import NoteDate
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger, LedgerEntry, newest_stamp
from duly.anki.history.ledger_queries import NOTES_A_QUERY
from duly.anki.notes.anki_note import Stamp, card_face
from duly.anki.notes.content_hash import content_hash, written_content
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.note_types import TYPES_BY_ID, NoteType
from duly.anki.raw_rows import RawType
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import CardId, DeckName, Face, Note, NoteId
from duly.code_version import code_stamp, library_stamp

RENDERER_FOLDERS = ("anki", "markup", "cards")
"""The folders with the code that renders notes."""


@dataclass(slots=True)
class ChangeTracker:
    """Dates notes by the dates beside the decks and the ledger, and tracks which have changed.

    `now` is in seconds since 1970; `force` gives unchanged notes a new date, too. `empty_cards` counts cards that notes
    no longer have. `former_decks` has the former deck of each note whose deck changed, by guid. `refused_notes` are
    notes that Anki has as another of our note types; `notes_without_origin` came from Anki, but their origin is lost.
    """

    ledger: Ledger
    dates: Dates
    builder: NoteBuilder
    now: int
    force: bool = False
    added_guids: set[str] = field(default_factory=set)
    changed_guids: set[str] = field(default_factory=set)
    empty_cards: int = 0
    former_decks: dict[str, DeckName] = field(default_factory=dict)
    refused_notes: list[Note] = field(default_factory=list)
    notes_without_origin: list[Note] = field(default_factory=list)
    note_types: dict[int, NoteType | RawType] = field(default_factory=dict)
    """The note types of the notes, by id."""
    card_ids: dict[str, tuple[CardId, ...]] = field(default_factory=dict)
    """Duly's ids of the cards of those notes whose guid and type do not determine them, by guid."""
    _code: blake2b = field(default_factory=lambda: blake2b(_code().encode(), digest_size=16))

    def rows(self, notes: Iterable[Note]) -> Iterator[NoteRow]:
        """The row of each note. Raises `DulyError` if a file that a note needs cannot be read."""
        remaining_notes = iter(notes)
        while batch := list(islice(remaining_notes, NOTES_A_QUERY)):
            entries = self.ledger.notes([note.id for note in batch])
            new_entries: list[LedgerEntry] = []
            for note in batch:
                source, old_entry = self._source(note), entries.get(note.id)
                if old_entry and old_entry.source == source and not self.force and not self.builder.has_origin(note):
                    self.note_types.setdefault(old_entry.row.type, TYPES_BY_ID[old_entry.row.type])
                    yield self._reuse(note, old_entry, new_entries)
                else:
                    yield self._render(note, old_entry, source, new_entries)
            self.ledger.keep_notes(new_entries)

    def card_ids_of(self, row: NoteRow) -> tuple[CardId, ...]:
        """Duly's ids of a note's cards, in the order of its `ords`; the face is "" for a card that duly never asks."""
        if row.guid in self.card_ids:
            return self.card_ids[row.guid]
        note_type, numbers = self.note_types[row.type], map(int, row.ords.split())
        faces = [card_face(note_type, number) if note_type.is_cloze or number < 2 else Face("") for number in numbers]
        return tuple(CardId(NoteId(row.guid), face) for face in faces)

    def _reuse(self, note: Note, old_entry: LedgerEntry, new_entries: list[LedgerEntry]) -> NoteRow:
        """The row of a note that was rendered from the same input before; only its date may change."""
        note_date, content = self.dates.date_of(note), content_hash(note)
        if note_date is None or note_date.mod < old_entry.row.mod:
            mod = old_entry.row.mod
        else:
            mod = self._mod(note_date.mod, is_same=note_date.digest == content)
            if mod > note_date.mod:
                self.changed_guids.add(note.id)
        self.dates.set_date(note, NoteDate(content, mod))
        if mod == old_entry.row.mod:
            return old_entry.row
        new_entries.append(old_entry._replace(row=old_entry.row._replace(mod=mod)))
        return new_entries[-1].row

    def _mod(self, mod: int | None, *, is_same: bool) -> int:
        """The new date of a note with the date `mod`, None for a new note; later than `mod` if the note changed."""
        if mod is None:
            return self.now
        return mod if is_same and not self.force else max(self.now, mod + 1)

    def _render(
        self, note: Note, old_entry: LedgerEntry | None, source: bytes | None, new_entries: list[LedgerEntry]
    ) -> NoteRow:
        """Renders a note, and returns its row. Adds an entry for the ledger to `new_entries`."""
        first_name = len(self.builder.media.returned_names)
        built_note = self.builder.build(note)
        anki_note = built_note.note
        if anki_note.guid != note.id:
            old_entry = self.ledger.notes([anki_note.guid]).get(anki_note.guid)
        self.note_types[anki_note.type.id] = anki_note.type
        if anki_note.card_ids:
            self.card_ids[anki_note.guid] = anki_note.card_ids
        media_names = self.builder.media.returned_names[first_name:]
        if isinstance(anki_note.type, RawType) or media_names:
            source = None
        content, note_date = content_hash(note, media_names, anki_note), self.dates.date_of(note)
        latest_stamp = newest_stamp(
            Stamp(note_date.digest.encode(), note_date.mod) if note_date else None,
            old_entry.stamp if old_entry else None,
            built_note.stamp,
        )
        is_same = latest_stamp is not None and latest_stamp.digest in (anki_note.digest, content.encode())
        mod = self._mod(latest_stamp.mod if latest_stamp else None, is_same=is_same)
        row = note_row(anki_note, mod)
        self.dates.set_date(note, NoteDate(content, mod))
        if old_entry is None and note_date is None:
            self.added_guids.add(row.guid)
        elif latest_stamp is not None and not is_same:
            self.changed_guids.add(row.guid)
        if old_entry and old_entry.row.type != row.type:
            # Anki keeps the note with the other type, so the ledger does, too.
            if old_entry.row.type in TYPES_BY_ID:
                self.refused_notes.append(note)
            elif not self.builder.has_origin(note):
                self.notes_without_origin.append(note)
            self.ledger.keep_stamp(anki_note.guid, Stamp(anki_note.digest, mod))
        elif old_entry != (entry := LedgerEntry(row, source=source)):
            new_entries.append(entry)
            if old_entry:
                self.empty_cards += len(set(old_entry.row.ords.split()) - set(row.ords.split()))
                if old_entry.row.deck not in ("", row.deck):
                    self.former_decks[row.guid] = old_entry.row.deck
        return row

    def _source(self, note: Note) -> bytes:
        """The hash of everything a note is rendered from, except media and its origin in Anki."""
        source_hash = self._code.copy()
        source_hash.update(written_content(note))
        source_hash.update(note.deck.encode(errors="surrogatepass"))
        return source_hash.digest()


def _code() -> str:
    """The version of the code that renders notes, including libraries."""
    return code_stamp(*RENDERER_FOLDERS) + library_stamp("comrak", "nh3", "pygments")
