"""Decides the date of each note of an export, and which notes are new, changed or moved since the last one.

A note keeps its date until its author changes it or a file that it shows. What the author wrote is compared, not the
rendered HTML, which may differ between versions of duly. The dates beside the decks (see `dates_beside_decks`) count on
every machine; the ledger is that of this machine.

The rendered note depends only on what its author wrote and on the running code. So if the ledger has a row that was
made from the same input, that row is used, and nothing is rendered. Exceptions are notes with media, whose names depend
on the contents of the files, and notes that came from Anki, which depend on their origin.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from duly.anki.history.date_file import Dated
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import Ledger, LedgerEntry, newest
from duly.anki.history.ledger_queries import NOTES_A_QUERY
from duly.anki.notes.anki_note import Stamp, card_face
from duly.anki.notes.content_hash import content_hash, written_content
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.note_types import TYPES, NoteType
from duly.anki.raw_rows import RawType
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import CardId, DeckName, Face, Note, NoteId
from duly.code_version import code_stamp, library_stamp

ROOMS_THAT_RENDER = ("anki", "markup", "cards")
"""The folders with the code that renders notes."""


@dataclass(slots=True)
class ChangeTracker:
    """Dates notes by the dates beside the decks and the ledger, and tracks which have changed.

    `now` is in seconds since 1970; `anew` gives unchanged notes a new date, too. `added` and `changed` are guids.
    `emptied` counts cards that notes no longer have. `moved` has the former deck of each note whose deck changed, by
    guid. `refused` are notes that Anki has as another of our note types, `strayed` notes that came from Anki and whose
    origin is lost.
    """

    book: Ledger
    dates: Dates
    builder: NoteBuilder
    now: int
    anew: bool = False
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    emptied: int = 0
    moved: dict[str, DeckName] = field(default_factory=dict)
    refused: list[Note] = field(default_factory=list)
    strayed: list[Note] = field(default_factory=list)
    kinds: dict[int, NoteType | RawType] = field(default_factory=dict)
    """The note types of the notes, by id."""
    asked: dict[str, tuple[CardId, ...]] = field(default_factory=dict)
    """The ids here of the cards of those notes whose guid and type do not determine them."""
    _code: blake2b = field(default_factory=lambda: blake2b(_code().encode(), digest_size=16))

    def rows(self, notes: Iterable[Note]) -> Iterator[NoteRow]:
        """The row of each note. Raises `DulyError` if something that a note needs cannot be read."""
        ahead = iter(notes)
        while some := list(islice(ahead, NOTES_A_QUERY)):
            known = self.book.notes([note.id for note in some])
            fresh: list[LedgerEntry] = []
            for note in some:
                source, old = self._source(note), known.get(note.id)
                if old and old.source == source and not self.anew and not self.builder.came_back(note):
                    self.kinds.setdefault(old.row.type, TYPES[old.row.type])
                    yield self._unchanged(note, old, fresh)
                else:
                    yield self._made(note, old, source, fresh)
            self.book.keep_notes(fresh)

    def cards(self, row: NoteRow) -> tuple[CardId, ...]:
        """The ids here of a note's cards, in the order of its `ords`; the face is "" for a card that duly never
        asks.
        """
        if row.guid in self.asked:
            return self.asked[row.guid]
        kind, numbers = self.kinds[row.type], map(int, row.ords.split())
        faces = [card_face(kind, number) if kind.is_cloze or number < 2 else Face("") for number in numbers]
        return tuple(CardId(NoteId(row.guid), face) for face in faces)

    def _unchanged(self, note: Note, old: LedgerEntry, fresh: list[LedgerEntry]) -> NoteRow:
        """The row of a note that was rendered from the same input before; only its date may change."""
        dated, content = self.dates.of(note), content_hash(note)
        if dated is None or dated.mod < old.row.mod:
            mod = old.row.mod
        else:
            mod = self._mod(dated.mod, is_same=dated.digest == content)
            if mod > dated.mod:
                self.changed.add(note.id)
        self.dates.keep(note, Dated(content, mod))
        if mod == old.row.mod:
            return old.row
        fresh.append(old._replace(row=old.row._replace(mod=mod)))
        return fresh[-1].row

    def _mod(self, before: int | None, *, is_same: bool) -> int:
        """The date of a note that dated from `before`, None for a new note; a later one if the note changed."""
        if before is None:
            return self.now
        return before if is_same and not self.anew else max(self.now, before + 1)

    def _made(self, note: Note, old: LedgerEntry | None, source: bytes | None, fresh: list[LedgerEntry]) -> NoteRow:
        """Renders a note; the row. Entries for the ledger are added to `fresh`."""
        media_asked = len(self.builder.media.asked)
        built = self.builder.make(note)
        made = built.note
        if made.guid != note.id:
            old = self.book.notes([made.guid]).get(made.guid)
        self.kinds[made.type.id] = made.type
        if made.asked:
            self.asked[made.guid] = made.asked
        shown = self.builder.media.asked[media_asked:]
        if isinstance(made.type, RawType) or shown:
            source = None
        content, dated = content_hash(note, shown, made), self.dates.of(note)
        before = newest(
            Stamp(dated.digest.encode(), dated.mod) if dated else None, old.stamp if old else None, built.stamp
        )
        is_same = before is not None and before.digest in (made.digest, content.encode())
        mod = self._mod(before.mod if before else None, is_same=is_same)
        row = note_row(made, mod)
        self.dates.keep(note, Dated(content, mod))
        if old is None and dated is None:
            self.added.add(row.guid)
        elif before is not None and not is_same:
            self.changed.add(row.guid)
        if old and old.row.type != row.type:  # Anki keeps the note with the other type, so the ledger does, too
            if old.row.type in TYPES:
                self.refused.append(note)
            elif not self.builder.came_back(note):
                self.strayed.append(note)
            self.book.keep_stamp(made.guid, Stamp(made.digest, mod))
        elif old != (new := LedgerEntry(row, source=source)):
            fresh.append(new)
            if old:
                self.emptied += len(set(old.row.ords.split()) - set(row.ords.split()))
                if old.row.deck not in ("", row.deck):
                    self.moved[row.guid] = old.row.deck
        return row

    def _source(self, note: Note) -> bytes:
        """The hash of all that a note is rendered from, except media and its origin in Anki."""
        hashed = self._code.copy()
        hashed.update(written_content(note))
        hashed.update(note.deck.encode(errors="surrogatepass"))
        return hashed.digest()


def _code() -> str:
    """The version of the code that renders notes, ours and that of libraries."""
    return code_stamp(*ROOMS_THAT_RENDER) + library_stamp("comrak", "nh3", "pygments")
