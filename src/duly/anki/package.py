"""The collection inside a package, built with genanki.

genanki makes the database, its decks and its note types. The rows of notes and cards, and the collection's settings,
we write ourselves: genanki would stamp each of them with the time of export, guess a cloze's cards from a pattern, give
all new cards the same position, and leave out what the scheduler must know.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import genanki

from duly.anki.archive import database_bytes
from duly.anki.deck_names import spellings
from duly.anki.ids import deck_ids, moments
from duly.anki.incoming.config import as_json
from duly.anki.incoming.values import RawType
from duly.anki.notes import AnkiNote, asked
from duly.anki.notetypes import SPARE, NoteType, styles
from duly.anki.progress_out import FIRST_DUE, UNSYNCED, Learned, card_columns, review_rows
from duly.cards import DeckName
from duly.collector import held_off

CREATED = int(datetime.combine(FIRST_DUE, time(12), UTC).timestamp())
"""When this collection was created, in seconds since 1970: noon of the day from which it counts due days."""

SETTINGS = {"schedVer": 2, "creationOffset": 0, "rollover": 4}
"""How Anki is to read that count: the scheduler's version, UTC, and the hour at which a day begins."""

DEFAULT_DECK = ("default", 1)
"""The deck that every collection has, in lower case, and its id."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A note, and the second since 1970 from which its content dates."""

    made: AnkiNote
    mod: int


@held_off()
def collection_bytes(notes: Sequence[Dated], types: Mapping[NoteType | RawType, int], learned: Learned) -> bytes:
    """The database ``collection.anki2``: these notes, note types with their `mod`, and what was learned of the cards.

    Cards that are new come in the order of the notes.
    """
    names = spellings(note.made.deck for note in notes)
    ids = {name: number for number, name in _numbered_decks(names)}
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        decks = [genanki.Deck(number, name) for name, number in ids.items()]
        for note_type in types:
            if isinstance(note_type, NoteType):
                decks[0].add_model(_model(note_type))
        genanki.Package(decks).write_to_db(cursor, 0, iter(()))
        _settle(cursor, types)
        _write_rows(cursor, notes, {name: ids[spelling] for name, spelling in names.items()}, learned)
        connection.commit()
        return database_bytes(connection)


def deck_count(notes: Sequence[AnkiNote]) -> int:
    """How many decks Anki will make of those of the notes."""
    return len(set(spellings(made.deck for made in notes).values()))


def _numbered_decks(names: Mapping[DeckName, DeckName]) -> list[tuple[int, DeckName]]:
    spelled = {name.casefold(): name for name in names.values()}
    return [(number, spelled[key]) for key, number in (deck_ids(sorted(spelled)) | _default(spelled)).items()]


def _default(spelled: Mapping[str, DeckName]) -> dict[str, int]:
    name, number = DEFAULT_DECK
    return {name: number} if name in spelled else {}


def _model(note_type: NoteType) -> Any:
    model = genanki.Model(
        note_type.id,
        note_type.name,
        fields=[{"name": field.name, "id": field.id, "collapsed": field.name in SPARE} for field in note_type.fields],
        templates=[
            {"name": template.name, "id": template.id, "qfmt": template.front, "afmt": template.back}
            for template in note_type.templates
        ],
        css=styles(),
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
    model._req = []  # genanki would work it out, and fails on filters; Anki works it out for itself
    return model


def _settle(cursor: sqlite3.Cursor, types: Mapping[NoteType | RawType, int]) -> None:
    """Adds the note types that came from Anki, dates them all by their content, and tells the scheduler's settings."""
    models, settings = map(json.loads, cursor.execute("select models, conf from col").fetchone())
    models |= {str(kind.id): as_json(kind) for kind in types if isinstance(kind, RawType)}
    dated = {
        str(kind.id): models[str(kind.id)] | {"id": kind.id, "did": None, "mod": mod} for kind, mod in types.items()
    }
    cursor.execute(
        "update col set crt = ?, models = ?, conf = ?",
        (CREATED, json.dumps(dated, ensure_ascii=False), json.dumps(settings | SETTINGS)),
    )


def _write_rows(
    cursor: sqlite3.Cursor, notes: Sequence[Dated], decks: Mapping[DeckName, int], learned: Learned
) -> None:
    note_ids = moments(note.made.guid for note in notes)
    card_ids = moments(f"{note.made.guid}/{number}" for note in notes for number in note.made.ords)
    cursor.executemany(
        "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')",  # csum: Anki works it out as it imports
        sorted(  # in the order in which SQLite stores them, so that it only ever appends
            (
                note_ids[made.guid],
                made.guid,
                made.type.id,
                note.mod,
                UNSYNCED,
                f" {' '.join(made.tags)} ",
                "\x1f".join(made.fields),
                made.fields[0],
            )
            for note in notes
            for made in (note.made,)
        ),
    )
    keyed_ids = iter(card_ids.values())  # in the order of the cards, whose keys are all different
    cards = [
        (next(keyed_ids), card, number, position, note)
        for position, note in enumerate(notes, 1)
        for number, card in zip(note.made.ords, asked(note.made), strict=True)
    ]
    cursor.executemany(
        "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, data,"
        " left, odue, odid, flags)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
        sorted(
            (
                card_id,
                note_ids[note.made.guid],
                decks[note.made.deck],
                number,
                note.mod,
                UNSYNCED,
                *card_columns(learned, card, position),
            )
            for card_id, card, number, position, note in cards
        ),
    )
    cursor.executemany(
        "insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row for card_id, card, *_ in cards for row in review_rows(learned, card, card_id)),
    )
