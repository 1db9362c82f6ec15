"""The rows of a package's collection: its notes, their cards, and the answers to these.

Notes and cards go in by their ids, so that SQLite only ever appends to their tables. It is ids alone that are sorted,
and each row is made as it goes in: all rows at once would take as much memory as the notes.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duly.anki.ids import moments
from duly.anki.notes import AnkiNote, asked
from duly.anki.progress_out import UNSYNCED, CardColumns, Learned, card_columns, new_card, review_rows
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

Row = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A note, and the second since 1970 from which its content dates."""

    made: AnkiNote
    mod: int


def write_rows(cursor: sqlite3.Cursor, notes: Sequence[Dated], decks: Mapping[DeckName, int], learned: Learned) -> None:
    """Writes every row of the notes, whose decks have these ids. New cards come in the order of the notes."""
    note_ids = list(moments(note.made.guid for note in notes))
    cursor.executemany(NOTE, _note_rows(notes, note_ids))
    numbers = [(at, number) for at, note in enumerate(notes) for number in note.made.ords]
    card_ids = list(moments(f"{notes[at].made.guid}/{number}" for at, number in numbers))
    cards = [card for note in notes for card in asked(note.made)] if learned.histories else []

    def columns(place: int, at: int) -> CardColumns:
        return card_columns(learned, cards[place], at + 1) if cards else new_card(at + 1)

    def card_rows() -> Iterator[Row]:
        for card_id, place in _sorted(card_ids):
            at, number = numbers[place]
            note = notes[at]
            yield card_id, note_ids[at], decks[note.made.deck], number, note.mod, *columns(place, at)

    cursor.executemany(CARD, card_rows())
    if cards:
        answered = zip(cards, card_ids, strict=True)
        cursor.executemany(REVIEW, (row for card, card_id in answered for row in review_rows(learned, card, card_id)))


def _note_rows(notes: Sequence[Dated], ids: Sequence[int]) -> Iterator[Row]:
    for number, at in _sorted(ids):
        made = notes[at].made
        flds = "\x1f".join(made.fields)
        yield number, made.guid, made.type.id, notes[at].mod, f" {' '.join(made.tags)} ", flds, made.fields[0]


def _sorted(ids: Sequence[int]) -> list[tuple[int, int]]:
    """The ids by their size, each with its place among them."""
    return sorted(zip(ids, range(len(ids)), strict=True))
