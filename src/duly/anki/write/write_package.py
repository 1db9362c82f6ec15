"""Writes the collection of a package, built with genanki.

genanki creates the database, its decks and its note types. The rows of notes and cards, and the collection's settings,
are written here: genanki would date all of them at the time of export, guess a cloze's cards from a pattern, give all
new cards the same position, and omit settings of the scheduler.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import genanki

from duly.anki.notes.note_types import SPARE, Field, NoteType, styles
from duly.anki.notes.occlusion_fields import ROLES
from duly.anki.progress.to_anki import FIRST_DUE, PackageProgress
from duly.anki.raw_rows import RawType
from duly.anki.read.type_config import as_json
from duly.anki.write.deck_and_row_ids import deck_ids, spellings
from duly.anki.write.package_rows import NoteRow, write_rows
from duly.anki.write.zip_package import normalise_header, write_apkg
from duly.cards import DeckName
from duly.errors import not_writable
from duly.gc_pause import pause_gc
from duly.work_progress import Watch, silent_watch

CREATED = int(datetime.combine(FIRST_DUE, time(12), UTC).timestamp())
"""When this collection was created, in seconds since 1970: noon of the day from which it counts due days."""

SETTINGS = {"schedVer": 2, "creationOffset": 0, "rollover": 4}
"""How Anki counts days: the version of the scheduler, UTC, and the hour at which a day begins."""

UNSAFE = ("pragma journal_mode = off", "pragma synchronous = off", "pragma cache_size = -16000")
"""For a file that is discarded if anything fails: no rollback journal, no flush to the disk."""

DEFAULT_DECK = ("default", 1)
"""The deck that every collection has: its name in lower case, and its id."""


def write_package(
    target: Path,
    notes: Sequence[NoteRow],
    types: Mapping[NoteType | RawType, int],
    progress: PackageProgress,
    *,
    scratch: Path,
    media: Mapping[str, Path],
    watch: Watch = silent_watch,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Writes the package: its collection, as `write_collection` does, and its media, as `write_apkg` does.

    The collection is built on the disk, as the file `scratch`, not in memory; a file left there by a killed process is
    replaced. Raises `DulyError`, and leaves `target` unchanged, if anything cannot be read or written.
    """
    with _temporary_file(scratch):
        write_collection(scratch, notes, types, progress)
        with scratch.open("rb") as stream:
            write_apkg(target, stream, media, watch, ready)


@contextmanager
def _temporary_file(file: Path) -> Iterator[None]:
    """Removes `file` before and after the block. Turns errors about it into `DulyError`."""
    try:
        file.unlink(missing_ok=True)
        try:
            yield
        finally:
            file.unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        raise not_writable(file, error) from error


@pause_gc()
def write_collection(
    file: Path, notes: Sequence[NoteRow], types: Mapping[NoteType | RawType, int], progress: PackageProgress
) -> None:
    """Writes the database ``collection.anki2`` to `file`, which must not exist.

    It has these notes, these note types with their `mod`, and the progress of the cards; new cards are in the order of
    the notes. Raises `OSError` or `sqlite3.OperationalError` if it cannot be written.
    """
    names = spellings(note.deck for note in notes)
    ids = {name: number for number, name in _numbered_decks(names)}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for setting in UNSAFE:
            connection.execute(setting)
        cursor = connection.cursor()
        first_deck, *other_decks = [genanki.Deck(number, name) for name, number in ids.items()]
        for note_type in types:
            if isinstance(note_type, NoteType):
                first_deck.add_model(_model(note_type))
        genanki.Package([first_deck]).write_to_db(cursor, 0, iter(()))
        cursor.execute("begin")
        _add_decks(cursor, other_decks)
        _write_settings(cursor, types)
        with _indexed_last(cursor):
            write_rows(cursor, notes, {name: ids[spelling] for name, spelling in names.items()}, progress)
        cursor.execute("commit")
    normalise_header(file)


def deck_count(decks: Iterable[DeckName]) -> int:
    """How many decks Anki will create for these names, which may repeat."""
    return len(set(spellings(decks).values()))


def _numbered_decks(names: Mapping[DeckName, DeckName]) -> list[tuple[int, DeckName]]:
    spelling_by_key = {name.casefold(): name for name in names.values()}
    return [
        (number, spelling_by_key[key])
        for key, number in (deck_ids(sorted(spelling_by_key)) | _default(spelling_by_key)).items()
    ]


def _default(spelling_by_key: Mapping[str, DeckName]) -> dict[str, int]:
    name, number = DEFAULT_DECK
    return {name: number} if name in spelling_by_key else {}


def _model(note_type: NoteType) -> Any:
    model = genanki.Model(
        note_type.id,
        note_type.name,
        fields=[_field(field) for field in note_type.fields],
        templates=[
            {"name": template.name, "id": template.id, "qfmt": template.front, "afmt": template.back}
            for template in note_type.templates
        ],
        css=styles(note_type),
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
    model._req = []  # genanki fails to compute it for filters; Anki computes it itself
    return model


def _field(field: Field) -> dict[str, object]:
    table: dict[str, object] = {"name": field.name, "id": field.id, "collapsed": field.name in SPARE}
    return table if field.tag is None else table | {"tag": field.tag, "preventDeletion": field.name != ROLES[-1]}


def _add_decks(cursor: sqlite3.Cursor, decks: Sequence[genanki.Deck]) -> None:
    """Adds all decks at once: genanki would read all earlier ones for each of them."""
    (existing_decks,) = cursor.execute("select decks from col").fetchone()
    entries = json.loads(existing_decks) | {str(deck.deck_id): deck.to_json() for deck in decks}
    cursor.execute("update col set decks = ?", (json.dumps(entries, ensure_ascii=False),))


@contextmanager
def _indexed_last(cursor: sqlite3.Cursor) -> Iterator[None]:
    """Creates the indexes after all rows are written: that is faster, and the file is a tenth smaller."""
    indexes = cursor.execute("select name, sql from sqlite_master where type = 'index' and sql is not null").fetchall()
    for name, _ in indexes:
        cursor.execute(f"drop index {name}")
    yield
    for _, sql in indexes:
        cursor.execute(sql)


def _write_settings(cursor: sqlite3.Cursor, types: Mapping[NoteType | RawType, int]) -> None:
    """Adds imported note types, sets the dates of all types, and writes the settings of the scheduler."""
    models, settings = map(json.loads, cursor.execute("select models, conf from col").fetchone())
    models |= {str(note_type.id): as_json(note_type) for note_type in types if isinstance(note_type, RawType)}
    for note_type in types:
        if isinstance(note_type, NoteType) and note_type.stock_kind:
            models[str(note_type.id)]["originalStockKind"] = note_type.stock_kind
    dated_models = {
        str(note_type.id): models[str(note_type.id)] | {"id": note_type.id, "did": None, "mod": mod}
        for note_type, mod in types.items()
    }
    cursor.execute(
        "update col set crt = ?, models = ?, conf = ?",
        (CREATED, json.dumps(dated_models, ensure_ascii=False), json.dumps(settings | SETTINGS)),
    )
