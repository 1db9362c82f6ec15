"""The rows of a package's collection: its notes, their cards, and the answers.

Notes and cards are inserted in the order of their ids, so that SQLite only appends to their tables. The rows are
generated one by one: all of them at once would take as much memory as the notes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from duly.anki.notes.anki_note import AnkiNote
from duly.anki.notes.note_types import NoteType
from duly.anki.progress.to_anki import UNSYNCED, CardColumns, PackageProgress, card_columns, new_card, review_rows
from duly.anki.raw_rows import FIELD_SEPARATOR, RawType
from duly.anki.write.deck_and_row_ids import timestamp_ids
from duly.cards import DeckName

NOTES = (
    "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)",
    f"(?, ?, ?, ?, {UNSYNCED}, ?, ?, ?, 0, 0, '')",  # csum: Anki computes it at import
)
CARDS = (
    "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, data,"
    " left, odue, odid, flags)",
    f"(?, ?, ?, ?, ?, {UNSYNCED}, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
)
REVIEWS = (
    "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
)

CardRow = tuple[int, int, int, int, int, *CardColumns]


class NoteRow(NamedTuple):
    """A note as a row of the ledger and of the package.

    `fields` are separated by U+001F, `tags` and `ords` by spaces; `mod` is its date in seconds since 1970.
    """

    guid: str
    type: int
    mod: int
    deck: DeckName
    fields: str
    tags: str
    ords: str


def note_row(note: AnkiNote, mod: int) -> NoteRow:
    """The row of a note with the date `mod`."""
    ords = " ".join(map(str, note.ords))
    return NoteRow(
        note.guid, note.type.id, mod, note.deck, FIELD_SEPARATOR.join(note.fields), " ".join(note.tags), ords
    )


def anki_note_of(row: NoteRow, note_type: NoteType | RawType) -> AnkiNote:
    """The note in a row, whose type is `note_type`."""
    ords = tuple(map(int, row.ords.split()))
    return AnkiNote(
        row.guid, row.deck, note_type, tuple(row.fields.split(FIELD_SEPARATOR)), tuple(row.tags.split()), ords
    )


def write_rows(
    cursor: sqlite3.Cursor, notes: Sequence[NoteRow], decks: Mapping[DeckName, int], progress: PackageProgress
) -> None:
    """Writes the rows of notes, cards and answers; `decks` are the ids of decks. New cards keep the notes' order."""
    note_ids = list(timestamp_ids(note.guid for note in notes))
    insert_rows(cursor, *NOTES, _note_rows(notes, note_ids))
    card_ids = list(timestamp_ids(f"{note.guid}/{number}" for note in notes for number in note.ords.split()))
    insert_rows(cursor, *CARDS, _card_rows(notes, note_ids, card_ids, decks, progress))
    if progress.cards:
        card_id_pairs = zip(progress.cards, card_ids, strict=True)
        reviews = (
            row for card, card_id in card_id_pairs for row in review_rows(progress.review_histories, card, card_id)
        )
        insert_rows(cursor, *REVIEWS, reviews)


def _note_rows(notes: Sequence[NoteRow], ids: Sequence[int]) -> Iterator[tuple[int | str, ...]]:
    for index in _in_order(ids):
        guid, type_id, mod, _, fields, tags, _ = notes[index]
        yield ids[index], guid, type_id, mod, f" {tags} ", fields, fields.partition(FIELD_SEPARATOR)[0]


def _card_rows(
    notes: Sequence[NoteRow],
    note_ids: Sequence[int],
    card_ids: Sequence[int],
    decks: Mapping[DeckName, int],
    progress: PackageProgress,
) -> Iterator[CardRow]:
    numbers = [int(number) for note in notes for number in note.ords.split()]
    positions = [position for position, note in enumerate(notes, 1) for _ in note.ords.split()]
    for index in _in_order(card_ids):
        position = positions[index]
        note = notes[position - 1]
        columns = (
            card_columns(progress.review_histories, progress.cards[index], position)
            if progress.cards
            else new_card(position)
        )
        yield card_ids[index], note_ids[position - 1], decks[note.deck], numbers[index], note.mod, *columns


def _in_order(ids: Sequence[int]) -> list[int]:
    """The indexes of the ids, lowest id first."""
    return sorted(range(len(ids)), key=ids.__getitem__)


ROWS_A_STATEMENT = 30
"""The rows per statement; more are not faster, and SQLite allows at most 999 values."""


def insert_rows(
    connection: sqlite3.Connection | sqlite3.Cursor, into: str, row: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Inserts the rows in order: `into` is the statement before its values, `row` the placeholders of one row."""
    remaining_rows = iter(rows)
    while batch := list(islice(remaining_rows, ROWS_A_STATEMENT)):
        connection.execute(f"{into} values {', '.join([row] * len(batch))}", list(chain.from_iterable(batch)))
