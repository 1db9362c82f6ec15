"""Learning: replaying a journal, writing an answer down, and lining up today's cards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench import corpus
from bench.harness import Row, Trial
from duly.cards import CardId, Face, NoteId
from duly.journal import Journal
from duly.journal.rows import ENTRY_COLUMNS, entry_row
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import EntryId, Logged, Moment, Review
from duly.scheduling.grade import Grade
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.schedulers import named
from duly.scheduling.sm2 import PROFILES
from duly.settings import DEFAULTS
from duly.study.collection import Collection, read_decks
from duly.study.desk import Desk
from duly.study.queue import queue

FIRST_DAY = 20_000
DAY = 86_400_000
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = StudyDay((NOW.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days)


def replaying(folder: Path, entries: int) -> Trial:
    """The reference has the entries in memory, in order, and does nothing but ask the scheduler."""
    logged = tuple(_answers(entries))
    journal = _journal(folder / f"replay-{entries}.db", logged)

    def work() -> object:
        with Journal.open(journal, create=False) as opened:
            return replay(opened.entries(), named)

    def reference() -> object:
        schedules: dict[CardId, Schedule] = {}
        for one in logged:
            entry = one.entry
            assert isinstance(entry, Review)
            before = schedules.get(entry.card, NEW)
            schedules[entry.card] = PROFILES[entry.scheduler].answer(before, entry.grade, entry.moment.day).schedule
        return schedules

    assert work() == reference()
    return Trial(work, reference)


def answering(folder: Path, cards: int) -> Trial:
    """The reference commits one row to a table without an index."""
    journal = Journal.open(folder / "answer.db")
    collection = Collection(read_decks([corpus.decks(folder, cards)]), journal)
    session = Desk(collection, replace(DEFAULTS, new_per_day=9999), lambda: NOW).session()
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("pragma journal_mode = wal")
    bare.execute("pragma synchronous = full")
    bare.execute("create table if not exists entries (note text, face text, at integer, grade integer)")

    def reference() -> object:
        bare.execute("begin immediate")
        bare.execute("insert into entries values ('note', 'front', 1, 4)")
        return bare.execute("commit")

    def end() -> None:
        journal.close()
        bare.close()

    return Trial(lambda: session.grade(Grade.GOOD, 3000), reference, session.reveal, end)


def lining_up(folder: Path, notes: int) -> Trial:
    """The reference reads what the queue is made of: the schedules of the same cards."""
    cards = read_decks([corpus.decks(folder, notes)]).cards
    dice = Random(corpus.SEED)
    schedules = {
        card.id: Schedule(StudyDay(TODAY + dice.randint(-5, 60)), StudyDay(TODAY - 20), 20, memory=Sm2Memory(3))
        for card in cards
    }
    with Journal.open(folder / f"queue-{notes}.db") as journal:
        journal.rebuild(schedules)
    connection = sqlite3.connect(folder / f"queue-{notes}.db")

    def reference() -> object:
        query = "select note, face, due, last, drill, suspended, buried_until from schedules order by note, face"
        return connection.execute(query).fetchall()

    return Trial(lambda: queue(cards, schedules, TODAY), reference, end=connection.close)


def _answers(number: int) -> Iterator[Logged]:
    """Answers to a tenth as many cards, in order, on as many days as it takes to answer each ten times."""
    dice = Random(corpus.SEED)
    cards = [CardId(NoteId(f"note-{at}"), Face("front")) for at in range(max(1, number // 10))]
    for at in range(number):
        day = FIRST_DAY + 10 * (at // len(cards))
        grade = dice.choices(tuple(Grade), (1, 1, 3, 5, 20, 5))[0]
        moment = Moment(day * DAY + at, StudyDay(day), 480)
        yield Logged(EntryId("bench", at + 1), Review(cards[at % len(cards)], moment, grade, "sm2-paper", 4000))


def _journal(file: Path, logged: tuple[Logged, ...]) -> Path:
    """A journal with these entries, written past the room of the journal, which would compute schedules."""
    Journal.open(file).close()
    columns = ENTRY_COLUMNS.split(", ")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            f"insert into entries ({ENTRY_COLUMNS}) values ({', '.join('?' * len(columns))})",
            ([row.get(column) for column in columns] for row in map(entry_row, logged)),
        )
    return file


ROWS = (
    Row("replay", "replay of a journal, from SQLite", "bare fold over the same entries in memory", 4,
        (1_000, 10_000, 100_000, 500_000), replaying, 3),
    Row("answer", "one answer: entry and schedule, durable", "bare SQLite commit with `synchronous=FULL`", 1.5,
        (10_000,), answering, 200,
        why="besides the row of the answer, its number is looked up, two indexes grow, and the schedule is replaced:"
            " half a dozen pages go to the disk instead of one."),
    Row("queue", "today's queue", "one indexed SELECT of the same cards' schedules", 3,
        (1_000, 10_000, 100_000), lining_up, 5),
)  # fmt: skip
