"""Exporting to Anki: end to end, the package alone, and again after an edit."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import genanki
import yaml
from markdown_it import MarkdownIt

from bench import corpus
from bench.harness import Row, Trial
from duly.anki.export import export
from duly.anki.notes import anki_note
from duly.anki.package import write_package
from duly.anki.progress_out import NOTHING, Progress
from duly.anki.rows import note_row
from duly.deckfile.load import load

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def end_to_end(folder: Path, notes: int) -> Trial:
    decks = corpus.decks(folder, notes)
    ledger, target = folder / "ledger.db", folder / "end.apkg"

    def work() -> object:
        return export(load([decks]).notes, target, ledger, NOW, paths=[decks])

    return Trial(work, lambda: _genanki_loop(decks, folder / "genanki.apkg"), lambda: ledger.unlink(missing_ok=True))


def package_alone(folder: Path, notes: int) -> Trial:
    decks, target = corpus.decks(folder, notes), folder / "alone.apkg"
    made, second = [anki_note(note, str) for note in load([decks]).notes], int(NOW.timestamp())
    rows, types = [note_row(note, second) for note in made], dict.fromkeys((note.type for note in made), second)

    def work() -> object:
        write_package(target, rows, types, Progress(NOTHING), scratch=folder / "alone.part", media={})
        return target

    work()
    with zipfile.ZipFile(target) as package:
        database = folder / "alone.anki2"
        database.write_bytes(package.read("collection.anki2"))
    with closing(sqlite3.connect(database)) as connection:
        schema = [sql for (sql,) in connection.execute("select sql from sqlite_master where sql is not null")]
        stored = {table: connection.execute(f"select * from {table}").fetchall() for table in ("col", "notes", "cards")}
    return Trial(work, lambda: _bare_package(schema, stored, folder / "bare.apkg"))


def again(folder: Path, notes: int) -> Trial:
    """The reference is the first export, with everything still to be remembered."""
    decks = corpus.write(folder / f"edited-{notes}", notes)
    memories = {"first": folder / "first", "again": folder / "again"}
    edited = corpus.files(decks)[0]
    edits = iter(range(1_000_000))

    def exported(memory: Path) -> object:
        memory.mkdir(exist_ok=True)
        notes = load([decks], memory / "cache.db").notes
        return export(notes, memory / "o.apkg", memory / "ledger.db", NOW, paths=[decks])

    def first() -> object:
        for file in memories["first"].glob("*"):
            file.unlink()
        return exported(memories["first"])

    def edit() -> object:
        text = edited.read_text(encoding="utf-8").partition("\n- q: edited")[0]
        return edited.write_text(f"{text}\n- q: edited\n  a: edit {next(edits)}\n  id: edited\n", encoding="utf-8")

    exported(memories["again"])
    return Trial(lambda: exported(memories["again"]), first, edit)


def _genanki_loop(decks: Path, target: Path) -> None:
    """What one would write first: a genanki note for each YAML entry, its texts through markdown-it-py."""
    markdown = MarkdownIt().enable("table").render
    deck = genanki.Deck(2_059_400_110, "bench")
    for file in corpus.files(decks):
        for card in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["cards"]:
            tags = [str(tag) for tag in card.get("tags", ())]
            if "cloze" in card:
                fields = [markdown(str(card["cloze"])), markdown(str(card.get("extra", "")))]
                deck.add_note(genanki.Note(genanki.CLOZE_MODEL, fields, tags=tags))
            else:
                fields = [markdown(str(card["q"])), markdown(str(card["a"]))]
                deck.add_note(genanki.Note(genanki.BASIC_MODEL, fields, tags=tags))
    genanki.Package(deck).write_to_file(target)


def _bare_package(schema: list[str], stored: dict[str, list[Any]], target: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for sql in _without_internal(schema):
            connection.execute(sql)
        for table, rows in stored.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({marks})", rows)
        connection.commit()
        image = connection.serialize()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", image)
        package.writestr("media", "{}")


def _without_internal(schema: list[str]) -> Iterator[str]:
    return (sql for sql in schema if "sqlite_" not in sql)


SIZES = (1_000, 10_000, 100_000)
ROWS = (
    Row("export", "export end to end, YAML to .apkg", "plain genanki loop with markdown-it-py", 0.25, SIZES,
        end_to_end, 3,
        why="rendering takes two fifths of the time, a quarter of that in Pygments, and reading a fifth; the rest goes"
            " to SQLite, which the plain loop uses just as much, and to the ledger that lets an import update notes in"
            " place. A quarter of the loop's time is out of reach for one process."),
    Row("package", "writing the package alone", "bare sqlite3 bulk insert and zip of the same rows", 1.4, SIZES,
        package_alone, 3, why="the reference has its rows ready, with ids and in their order."),
    Row("again", "second export after one edit", "first export", 0.2, SIZES, again, 3,
        why="nothing is parsed or rendered again, but the notes are made and compared with what the ledger has, and all"
            " rows are written and deflated once more, so that the package is the same, byte for byte, as one made"
            " from scratch."),
)  # fmt: skip
