"""Every note of an export as the row of its last change, and what became of the notes since they were exported last.

A note keeps its date as long as its author has not changed it, and nothing that it shows: not what is made of it, which
may be otherwise with another version of what renders it, but what it says is compared. The dates that stand beside the
decks (see `dates_beside_decks`) count on every machine; the ledger is the memory of this one.

A note is a function of what its author wrote and of the code that runs. So where the ledger has the row of a note that
was made from the same, that is the row, and nothing is rendered. Not so for a note that asked for the names of media,
which hang on what is in the files, nor for one that came from Anki, which is made with what is known of it there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from duly.anki.history.date_file import Dated
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_history import NOTES_A_QUERY
from duly.anki.history.ledger import Ledger, LedgerEntry, newest
from duly.anki.notes.anki_note import Stamp, card_face
from duly.anki.notes.content_hash import content_hash, written_content
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.note_types import TYPES, NoteType
from duly.anki.raw_rows import RawType
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import CardId, DeckName, Face, Note, NoteId
from duly.code_version import code_of, installed

ROOMS_THAT_RENDER = ("anki", "markup", "cards")
"""The folders with the code that makes rows of notes."""


@dataclass(slots=True)
class ChangeTracker:
    """Dates notes by what stands beside the decks and by the ledger, and counts what became of them.

    `now` is in seconds since 1970; `anew` tells to date also those that are the same as before. `added` and `changed`
    are guids. `emptied` counts the cards that notes have no more. `moved` has the deck, before this export, of each
    note that has another now, by its guid. `refused` are notes that Anki has as the other one of our note types,
    `strayed` those that came from Anki and of which it is not known any more as what.
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
    """The note types of the notes, by their ids."""
    asked: dict[str, tuple[CardId, ...]] = field(default_factory=dict)
    """The cards, as duly knows them, of notes of which guid and type do not tell."""
    _code: blake2b = field(default_factory=lambda: blake2b(_code().encode(), digest_size=16))

    def rows(self, notes: Iterable[Note]) -> Iterator[NoteRow]:
        """The row of each note. Raises `DulyError` if something that a note is made of cannot be read."""
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
        """The cards of a note as duly knows them, in the order of its `ords`; the face "" is one it never asks."""
        if row.guid in self.asked:
            return self.asked[row.guid]
        kind, numbers = self.kinds[row.type], map(int, row.ords.split())
        faces = [card_face(kind, number) if kind.is_cloze or number < 2 else Face("") for number in numbers]
        return tuple(CardId(NoteId(row.guid), face) for face in faces)

    def _unchanged(self, note: Note, old: LedgerEntry, fresh: list[LedgerEntry]) -> NoteRow:
        """The row of a note that was made from the same on this machine; only its date may be another one."""
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
        """The date of a note that dates from `before`, None if it is new; later, if it is not the same."""
        if before is None:
            return self.now
        return before if is_same and not self.anew else max(self.now, before + 1)

    def _made(self, note: Note, old: LedgerEntry | None, source: bytes | None, fresh: list[LedgerEntry]) -> NoteRow:
        """The row of a note that is made anew; `fresh` are those to be remembered."""
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
        if old and old.row.type != row.type:  # Anki keeps the note of the other type, so that is what is remembered
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
        """The hash of all that a note is made from, but for media and what leads it back to Anki."""
        hashed = self._code.copy()
        hashed.update(written_content(note))
        hashed.update(note.deck.encode(errors="surrogatepass"))
        return hashed.digest()


def _code() -> str:
    """The code that makes notes for Anki, ours and what renders for us."""
    return code_of(*ROOMS_THAT_RENDER) + installed("comrak", "nh3", "pygments")
