"""The rows of the table: what a person who learns with duly waits for."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from shutil import rmtree

import yaml

from bench import corpus, genanki_loop, sync, terminal
from bench.trial import Row, Step, Trial
from duly.cards import CardId, Face, NoteId
from duly.deckfile.load import load
from duly.journal import Journal
from duly.journal.rows import ENTRY_COLUMNS, entry_row
from duly.scheduling.day import StudyDay, study_day
from duly.scheduling.entries import EntryId, JournalEntry, Moment, Review
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import DEFAULTS
from duly.study.collection import Collection
from duly.study.decks import read_decks
from duly.study.queue import queue

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = study_day(NOW)
DAY = 86_400_000  # milliseconds


def due(folder: Path, notes: int) -> Trial:
    return Trial(_duly(folder, "due", str(corpus.decks(folder, notes))), _python(folder, "-c", "pass"))


def help_(folder: Path, _size: int) -> Trial:
    return Trial(_duly(folder, "--help"), _python(folder, "-c", "import click"))


def read(folder: Path, notes: int) -> Trial:
    decks = corpus.decks(folder, notes)
    loader = yaml.CSafeLoader

    def reference() -> object:
        return [yaml.load(file.read_text(encoding="utf-8"), Loader=loader) for file in corpus.files(decks)]

    return Trial(lambda: load([decks]).notes, reference)


def unchanged(folder: Path, notes: int) -> Trial:
    decks, first, again = corpus.decks(folder, notes), folder / "first.db", folder / "again.db"

    def read_first() -> object:
        first.unlink(missing_ok=True)
        return load([decks], first).notes

    load([decks], again)
    return Trial(lambda: load([decks], again).notes, read_first)


def export(folder: Path, notes: int) -> Trial:
    decks, home = corpus.decks(folder, notes), folder / "home"
    loop = _python(folder, genanki_loop.__file__, str(decks), str(folder / "genanki.apkg"))
    return Trial(
        _duly(home, "export", str(decks), "-o", str(folder / "duly.apkg")),
        loop,
        lambda: rmtree(home, ignore_errors=True),
    )


def export_again(folder: Path, notes: int) -> Trial:
    decks, homes = corpus.decks(folder, notes), (folder / "first", folder / "again")
    edited = corpus.files(decks)[0]
    original, edits = edited.read_text(encoding="utf-8"), iter(range(1000))
    first, again = (_duly(home, "export", str(decks), "-o", str(folder / f"{home.name}.apkg")) for home in homes)

    def export_first() -> object:
        rmtree(homes[0], ignore_errors=True)
        return first()

    def edit() -> None:
        edited.write_text(f"{original}\n- q: edited\n  a: edit {next(edits)}\n", encoding="utf-8")

    again()
    return Trial(again, export_first, edit)


def answer(folder: Path, cards: int) -> Trial:
    journal, bare = Journal.open(folder / "answer.db"), sqlite3.connect(folder / "bare.db", isolation_level=None)
    decks = read_decks([corpus.decks(folder, cards)])
    session = Collection(decks, journal, replace(DEFAULTS, new_per_day=9999), lambda: NOW).session()
    bare.execute("pragma journal_mode = wal")
    bare.execute("pragma synchronous = full")
    bare.execute("create table entries (note text, face text, at integer, grade integer)")

    def end() -> None:
        journal.close()
        bare.close()

    insert = "insert into entries values ('note', 'front', 1, 4)"
    return Trial(lambda: session.grade(Grade.GOOD, 3000), lambda: bare.execute(insert), session.reveal, end)


def line_up(folder: Path, notes: int) -> Trial:
    cards = read_decks([corpus.decks(folder, notes)]).cards
    dice = Random(corpus.SEED)
    schedules = {
        card.id: Schedule(StudyDay(TODAY + dice.randint(-5, 60)), StudyDay(TODAY - 20), 20, memory=Sm2Memory(3))
        for card in cards
    }
    with Journal.open(folder / "queue.db") as journal:
        journal.rebuild(schedules)
    connection = sqlite3.connect(folder / "queue.db")
    query = "select note, face, due, last, drill, suspended, buried_until from schedules order by note, face"
    return Trial(
        lambda: queue(cards, schedules, TODAY), lambda: connection.execute(query).fetchall(), end=connection.close
    )


def replaying(folder: Path, entries: int) -> Trial:
    logged, file = tuple(_answers(entries)), folder / "replay.db"
    Journal.open(file).close()
    columns = ENTRY_COLUMNS.split(", ")
    with closing(sqlite3.connect(file)) as connection, connection:  # past the journal, which would compute schedules
        connection.executemany(
            f"insert into entries ({ENTRY_COLUMNS}) values ({', '.join('?' * len(columns))})",
            ([row.get(column) for column in columns] for row in map(entry_row, logged)),
        )

    def work() -> object:
        with Journal.open(file, create=False) as journal:
            return replay(journal.entries(), find_scheduler)

    def fold() -> object:
        schedules: dict[CardId, Schedule] = {}
        for record in logged:
            review = record.entry
            assert isinstance(review, Review)
            before, day = schedules.get(review.card, NEW), review.moment.day
            schedules[review.card] = find_scheduler(review.scheduler).answer(before, review.grade, day).schedule
        return schedules

    return Trial(work, fold)


def _answers(number: int) -> Iterator[JournalEntry]:
    """Answers to a tenth as many cards, ten to each, on ten days."""
    dice, cards = Random(corpus.SEED), [CardId(NoteId(f"note-{at}"), Face("front")) for at in range(number // 10 or 1)]
    for at in range(number):
        day = 20_000 + 10 * (at // len(cards))
        grade = dice.choices(tuple(Grade), (1, 1, 3, 5, 20, 5))[0]
        moment = Moment(day * DAY + at, StudyDay(day), 480)
        yield JournalEntry(EntryId("bench", at + 1), Review(cards[at % len(cards)], moment, grade, "sm2-paper", 4000))


def _duly(home: Path, *words: str) -> Step:
    return _python(home, "-c", terminal.DULY, *words)


def _python(home: Path, *words: str) -> Step:
    """A process with its modules compiled, as they are once they are installed."""
    environment = {**os.environ, "DULY_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""}
    environment["PYTHONPYCACHEPREFIX"] = str(home.parent / "pyc")
    return lambda: subprocess.run((sys.executable, *words), env=environment, stdout=subprocess.DEVNULL, check=True)


IMPORTS = "loading duly's own modules takes about as long as the bare app as a whole."
COUNTS = "besides loading, 10,000 notes are read from the cache, compared with the last time and counted by deck."
PAINTING = "a card, its grades and the keys are painted in a dozen styles, where the bare app paints one text."
CHECKS = "every text is checked for what YAML drops without a word, and knows its place."
SHARES = "it checks what it reads, colours code and remembers each note, which the loop does not; no part stands out."
BARE_SYNC = "a bare client's own sync"
COMPARING = "10,000 notes are read, rendered and compared with all of the collection; the bare client compares nothing."
QUIZ = "`duly quiz` to the first row of the decks, warm"
FIRST_TEXT = "a bare Textual app to its first text"
ROWS = (
    Row("quiz", QUIZ, FIRST_TEXT, 1.8, 79, terminal.start, why=IMPORTS),
    Row("quiz-many", QUIZ, FIRST_TEXT, 2.8, 10_000, terminal.start, why=COUNTS),
    Row(
        "key",
        "key to painted answer",
        "a bare Textual app that swaps a text",
        2,
        0,
        terminal.press,
        terminal.PRESSES,
        PAINTING,
    ),
    Row("due", "`duly due`, warm", "`python -c pass`", 4, 10_000, due, 15),
    Row("help", "`duly --help`", '`python -c "import click"`', 1.4, 0, help_, 15),
    Row("read", "read notes, with places", "PyYAML `CSafeLoader`", 1.3, 10_000, read, why=CHECKS),
    Row(
        "unchanged",
        "read them again, nothing changed",
        "the first read",
        0.1,
        10_000,
        unchanged,
        why="it is at the limit.",
    ),
    Row("export", "`duly export`", "a plain genanki loop with markdown-it-py", 0.8, 10_000, export, 3, SHARES),
    Row("again", "`duly export` after one edit", "the first export", 0.5, 10_000, export_again, 3),
    Row("answer", "one answer, durable", "a bare SQLite commit of a row", 1.5, 10_000, answer, 200),
    Row("queue", "today's queue", "one SELECT of the same schedules", 3, 100_000, line_up),
    Row("sync", "`duly sync`, nothing to do", BARE_SYNC, 2, 10_000, sync.nothing_to_do, 3, COMPARING),
    Row("sync-answers", "`duly sync`, 500 new answers", BARE_SYNC, 4, 100_000, sync.new_answers, 3, COMPARING),
    Row("replay", "replay of a journal", "a bare fold over the entries in memory", 4, 500_000, replaying, 2),
)
