"""The rows of a package's collection: its notes, their cards, and the answers to these.

Notes and cards go in by their ids, so that SQLite only ever appends to their tables. It is ids alone that are sorted,
and each row is made as it goes in: all rows at once would take as much memory as the notes.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from duly.anki.ids import moments
from duly.anki.notes import AnkiNote
from duly.anki.progress_out import UNSYNCED, CardColumns, Progress, card_columns, new_card, review_rows
from duly.cards import DeckName

NOTE = (
    "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)"
    f" values (?, ?, ?, ?, {UNSYNCED}, ?, ?, ?, 0, 0, '')"  # csum: Anki works it out as it imports
)
CARD = (
    "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, data,"
    f" left, odue, odid, flags) values (?, ?, ?, ?, ?, {UNSYNCED}, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)"
)
REVIEW = "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"

BETWEEN = "\x1f"

Row = tuple[int | str, ...]


class NoteRow(NamedTuple):
    """A note as tables have it; a tuple, for it comes from the ledger and goes into the package as it is.

    `fields` are parted by U+001F, `tags` and `ords` by spaces; `mod` is the second since 1970 from which it dates.
    """

    guid: str
    type: int
    mod: int
    deck: DeckName
    fields: str
    tags: str
    ords: str


def note_row(note: AnkiNote, mod: int) -> NoteRow:
    """The row of a note that dates from `mod`."""
    ords = " ".join(map(str, note.ords))
    return NoteRow(note.guid, note.type.id, mod, note.deck, BETWEEN.join(note.fields), " ".join(note.tags), ords)


def write_rows(
    cursor: sqlite3.Cursor, notes: Sequence[NoteRow], decks: Mapping[DeckName, int], progress: Progress
) -> None:
    """Writes every row of the notes, whose decks have these ids. New cards come in the order of the notes."""
    note_ids = list(moments(note.guid for note in notes))
    cursor.executemany(NOTE, _note_rows(notes, note_ids))
    ords = [(at, number) for at, note in enumerate(notes) for number in note.ords.split()]
    card_ids = list(moments(f"{notes[at].guid}/{number}" for at, number in ords))
    learned, cards = progress.learned, progress.cards

    def columns(place: int, at: int) -> CardColumns:
        return card_columns(learned, cards[place], at + 1) if cards else new_card(at + 1)

    def card_rows() -> Iterator[Row]:
        for card_id, place in _sorted(card_ids):
            at, number = ords[place]
            note = notes[at]
            yield card_id, note_ids[at], decks[note.deck], int(number), note.mod, *columns(place, at)

    cursor.executemany(CARD, card_rows())
    if cards:
        answered = zip(cards, card_ids, strict=True)
        cursor.executemany(REVIEW, (row for card, card_id in answered for row in review_rows(learned, card, card_id)))


def _note_rows(notes: Sequence[NoteRow], ids: Sequence[int]) -> Iterator[Row]:
    for note_id, at in _sorted(ids):
        guid, kind, mod, _, fields, tags, _ = notes[at]
        yield note_id, guid, kind, mod, f" {tags} ", fields, fields.partition(BETWEEN)[0]


def _sorted(ids: Sequence[int]) -> list[tuple[int, int]]:
    """The ids by their size, each with its place among them."""
    return sorted(zip(ids, range(len(ids)), strict=True))
