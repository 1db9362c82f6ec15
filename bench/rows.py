"""The rows of the table: the work that users of duly wait for."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from shutil import rmtree

import yaml
from tests.tui.terminal import DULY

from bench import corpus, genanki_loop, sync, terminal
from bench.trial import Trial, python
from duly.cards import CardId, Face, NoteId
from duly.deckfile.load import load
from duly.journal import Journal
from duly.scheduling.day import StudyDay, study_day
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import DEFAULTS
from duly.study.collection import Collection
from duly.study.decks import read_decks
from duly.study.queue import queue

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """`prepare` sets the trial up in a folder, for `size` notes (cards, entries), or 0 if the size does not matter.

    `goal` is the largest ratio that is good enough, and `why` the reason if it is missed.
    """

    name: str
    work: str
    reference: str
    goal: float
    size: int
    prepare: Callable[[Path, int], Trial]
    runs: int = 5
    why: str = "the reason was not looked into."


def due(folder: Path, notes: int) -> Trial:
    home = folder / "home"
    return Trial(python(home, "-c", DULY, "due", str(corpus.decks(folder, notes))), python(home, "-c", "pass"))


def help_(folder: Path, _size: int) -> Trial:
    return Trial(python(folder / "home", "-c", DULY, "--help"), python(folder / "home", "-c", "import click"))


def read(folder: Path, notes: int) -> Trial:
    decks = corpus.decks(folder, notes)

    def bare() -> object:
        return [yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) for file in corpus.files(decks)]

    return Trial(lambda: load([decks]).notes, bare)


def read_unchanged(folder: Path, notes: int) -> Trial:
    decks, cache, empty_cache = corpus.decks(folder, notes), folder / "cache.db", folder / "none.db"
    return Trial(
        lambda: load([decks], cache).notes, lambda: load([decks], empty_cache).notes, lambda: empty_cache.unlink(True)
    )


def export(folder: Path, notes: int) -> Trial:
    decks, home = str(corpus.decks(folder, notes)), folder / "home"
    genanki = python(home, genanki_loop.__file__, decks, str(folder / "genanki.apkg"))
    duly = python(home, "-c", DULY, "export", decks, "-o", str(folder / "duly.apkg"))
    return Trial(duly, genanki, lambda: rmtree(home, ignore_errors=True))


def export_again(folder: Path, notes: int) -> Trial:
    decks, home = corpus.decks(folder, notes), folder / "home"
    edited_file = corpus.files(decks)[0]
    command = python(home, "-c", DULY, "export", str(decks), "-o", str(folder / "duly.apkg"))

    def first_export() -> object:
        rmtree(home, ignore_errors=True)
        return command()

    def edit() -> None:
        with edited_file.open("a", encoding="utf-8") as file:
            file.write(f"\n- q: edit {file.tell()}\n  a: edited\n")

    return Trial(command, first_export, edit)


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


def build_queue(folder: Path, notes: int) -> Trial:
    cards, dice, today = read_decks([corpus.decks(folder, notes)]).cards, Random(corpus.SEED), study_day(NOW)
    due_days = {card.id: StudyDay(today + dice.randint(-5, 60)) for card in cards}
    schedules = {card: Schedule(day, StudyDay(today - 20), 20, memory=Sm2Memory(3)) for card, day in due_days.items()}
    with Journal.open(folder / "queue.db") as journal:
        journal.replace_schedules(schedules)
    bare = sqlite3.connect(folder / "queue.db")
    query = "select note, face, due, last, drill, suspended, buried_until from schedules order by note, face"
    return Trial(lambda: queue(cards, schedules, today), lambda: bare.execute(query).fetchall(), end=bare.close)


def replay_journal(folder: Path, entries: int) -> Trial:
    """Ten answers to each card."""
    journal = Journal.open(folder / "replay.db")
    corpus.answer(
        journal, [CardId(NoteId(f"note-{number}"), Face("front")) for number in range(entries // 10)], range(entries)
    )
    reviews = [logged.entry for logged in journal.entries() if isinstance(logged.entry, Review)]

    def fold() -> object:
        schedules: dict[CardId, Schedule] = {}
        for review in reviews:
            before = schedules.get(review.card, NEW)
            after = find_scheduler(review.scheduler).answer(before, review.grade, review.moment.day)
            schedules[review.card] = after.schedule
        return schedules

    return Trial(lambda: replay(journal.entries(), find_scheduler), fold, end=journal.close)


LIMIT_REASON = "it is at the limit."
COUNT_REASON = "besides loading, 10,000 notes are read from the cache, compared with the last time and counted by deck."
PAINT_REASON = "a card, its grades and the keys are painted in a dozen styles, where the bare app paints one text."
CHECK_REASON = "every text is checked for what YAML drops without a word, and knows its place."
WRITE_REASON = "besides the entry, its indexes and the schedule of the card are written, in one transaction."
RENDER_REASON = (
    "it checks what it reads, colours code and remembers each note, which the loop does not; no part stands out."
)
COMPARE_REASON = (
    "10,000 notes are read, rendered and compared with all of the collection; the bare client compares nothing."
)
QUIZ_WORDS = "`duly quiz` to the first row of the decks, warm", "a bare Textual app to its first text"
GENANKI_WORDS = "a plain genanki loop with markdown-it-py"
CLIENT_WORDS = "a bare client's own sync"
ROWS = (
    Row("quiz", *QUIZ_WORDS, 1.8, 79, terminal.start),
    Row("quiz-many", *QUIZ_WORDS, 2.8, 10_000, terminal.start, why=COUNT_REASON),
    Row(
        "key",
        "key to painted answer",
        "a bare Textual app that swaps a text",
        2,
        0,
        terminal.press,
        terminal.PRESSES - 1,
        PAINT_REASON,
    ),
    Row("due", "`duly due`, warm", "`python -c pass`", 4, 10_000, due, 15),
    Row("help", "`duly --help`", '`python -c "import click"`', 1.4, 0, help_, 15, LIMIT_REASON),
    Row("read", "read notes, with places", "PyYAML `CSafeLoader`", 1.3, 10_000, read, why=CHECK_REASON),
    Row(
        "unchanged", "read them again, nothing changed", "the first read", 0.1, 10_000, read_unchanged, why=LIMIT_REASON
    ),
    Row("export", "`duly export`", GENANKI_WORDS, 0.8, 10_000, export, 3, RENDER_REASON),
    Row("again", "`duly export` after one edit", "the first export", 0.5, 10_000, export_again, 3),
    Row("answer", "one answer, durable", "a bare SQLite commit of a row", 1.5, 10_000, answer, 200, WRITE_REASON),
    Row("queue", "today's queue", "one SELECT of the same schedules", 3, 100_000, build_queue),
    Row("replay", "replay of a journal", "a bare fold over the entries in memory", 4, 500_000, replay_journal, 2),
    Row("sync", "`duly sync`, nothing to do", CLIENT_WORDS, 2, 10_000, sync.nothing_to_do, 3, COMPARE_REASON),
    Row("sync-answers", "`duly sync`, 500 new answers", CLIENT_WORDS, 4, 100_000, sync.new_answers, 3, COMPARE_REASON),
)
