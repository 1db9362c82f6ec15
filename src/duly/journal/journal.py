"""The journal: the one truth about learning. Entries are appended; schedules are kept beside them, computed."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from duly.cards import CardId, Face, NoteId
from duly.journal.database import connect, explained
from duly.journal.rows import SCHEDULE_COLUMNS, logged_of, row_of, schedule_of
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Entry, EntryId, Logged, Review
from duly.scheduling.replay import effective
from duly.scheduling.schedule import NEW, Schedule


class Journal:
    """A journal that is open. Several processes may have it open at once. Every method raises `DulyError`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self.file = file

    @classmethod
    def open(cls, file: Path, *, create: bool = True) -> Self:
        """Opens the journal at `file`, making it if need be. With `create` off, one that is missing is empty."""
        return cls(connect(file, create=create), file)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def entries(self) -> Iterator[Logged]:
        """All entries in the order in which they came."""
        with explained(self.file):
            for row in self._connection.execute("select * from entries order by position"):
                yield logged_of(row)

    def entries_of(self, cards: Iterable[CardId]) -> tuple[Logged, ...]:
        """The entries about some cards, card by card."""
        with explained(self.file):
            return tuple(one for card in cards for one in _entries_of(self._connection, card))

    def answered_on(self, day: StudyDay) -> tuple[Logged, ...]:
        """The answers that counted to a study day and were not undone, in order."""
        with explained(self.file):
            rows = self._connection.execute(
                "select distinct note, face from entries where kind = 'review' and day = ?", (day,)
            ).fetchall()
        cards = [CardId(NoteId(row["note"]), Face(row["face"])) for row in rows]
        answers = (one for one in effective(self.entries_of(cards)) if isinstance(one.entry, Review))
        return tuple(one for one in answers if one.entry.moment.day == day)

    def last_day(self) -> StudyDay | None:
        """The latest study day an entry counted to; None in an empty journal."""
        with explained(self.file):
            found: StudyDay | None = self._connection.execute("select max(day) from entries").fetchone()[0]
            return found

    def schedules(self) -> dict[CardId, Schedule]:
        """Where every card stands that is no longer new."""
        with explained(self.file):
            return {
                CardId(NoteId(row["note"]), Face(row["face"])): schedule_of(row)
                for row in self._connection.execute("select * from schedules")
            }

    def rebuild(self, schedules: Mapping[CardId, Schedule]) -> None:
        """Throws the computed schedules away and takes these in their stead."""
        with self.writing() as page:
            self._connection.execute("delete from schedules")
            for card, schedule in schedules.items():
                page.reschedule(card, schedule)

    @contextmanager
    def writing(self) -> Iterator["Page"]:
        """One transaction: what is written in the block is saved for good at its end, or not at all."""
        with explained(self.file):
            self._connection.execute("begin immediate")
            try:
                yield Page(self._connection)
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise


class Page:
    """A journal in the middle of one transaction: nobody else writes meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entries(self) -> Iterator[Logged]:
        """All entries in the order in which they came."""
        for row in self._connection.execute("select * from entries order by position"):
            yield logged_of(row)

    def entries_of(self, card: CardId) -> tuple[Logged, ...]:
        """The entries about a card, in the order in which they came."""
        return tuple(_entries_of(self._connection, card))

    def schedule(self, card: CardId) -> Schedule:
        """Where a card stands now, whoever wrote last."""
        row = self._connection.execute(
            "select * from schedules where note = ? and face = ?", (card.note, card.face)
        ).fetchone()
        return schedule_of(row) if row else NEW

    def append(self, entry: Entry, schedule: Schedule) -> Logged:
        """Writes an entry, and where it leaves its card."""
        device = self._device()
        number = self._connection.execute(
            "select coalesce(max(number), 0) + 1 from entries where device = ?", (device,)
        ).fetchone()[0]
        row = {"device": device, "number": number, **row_of(entry)}
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        self._connection.execute(f"insert into entries ({names}) values ({marks})", row)
        self.reschedule(entry.card, schedule)
        return Logged(EntryId(device, number), entry)

    def reschedule(self, card: CardId, schedule: Schedule) -> None:
        """Takes a schedule as the one that the card's entries come to."""
        names = ", ".join(("note", "face", *SCHEDULE_COLUMNS))
        marks = ", ".join("?" * (2 + len(SCHEDULE_COLUMNS)))
        values = (card.note, card.face, *(getattr(schedule, name) for name in SCHEDULE_COLUMNS))
        self._connection.execute(f"insert or replace into schedules ({names}) values ({marks})", values)

    def _device(self) -> str:
        found = self._connection.execute("select id from device").fetchone()
        if found:
            device: str = found["id"]
            return device
        device = secrets.token_hex(8)
        self._connection.execute("insert into device (id) values (?)", (device,))
        return device


def _entries_of(connection: sqlite3.Connection, card: CardId) -> Iterator[Logged]:
    rows = connection.execute(
        "select * from entries where note = ? and face = ? order by position", (card.note, card.face)
    )
    return (logged_of(row) for row in rows)
