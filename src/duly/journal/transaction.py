"""A transaction of the journal, in which it is read and written."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from duly.cards import CardId, NoteId
from duly.cards.snapshot import NoteSnapshot
from duly.journal.journal_rows import (
    ENTRY_COLUMNS,
    SCHEDULE_COLUMNS,
    Row,
    entry_of_row,
    entry_row,
    schedule_of_row,
    schedule_row,
)
from duly.journal.merge_rows import RowMergeReport, merge_rows, merge_seen_notes
from duly.journal.seen_notes import forget_seen, write_seen
from duly.scheduling.entries import ALL_CARDS, Entry, EntryId, JournalEntry
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.undo import JournalTail

SHORTEST_TAIL = 64
"""How many entries are read at first, where the end of the journal is likely to be enough."""

# What every answer runs. The texts are always the same, so SQLite's driver has the statements ready.
_STANDING = f"select {SCHEDULE_COLUMNS} from schedules where note = ? and face = ?"
_LAST_NUMBER = "select coalesce(max(number), 0) from entries where device = ?"
_ENTER = f"insert into entries ({ENTRY_COLUMNS}) values (:{ENTRY_COLUMNS.replace(', ', ', :')})"
_RESCHEDULE = f"replace into schedules ({SCHEDULE_COLUMNS}) values ({', '.join('?' * len(SCHEDULE_COLUMNS.split()))})"

_CROSSING = """
select device, number, target_device, target_number from entries where kind = 'undo' and target_device <> device
"""

_EMPTY = dict.fromkeys(ENTRY_COLUMNS.split(", "))
"""The row of an entry before its values are filled in."""


class Transaction:
    """What `Journal.writing` gives: nobody else writes meanwhile. All that is appended to one is one step of undo."""

    def __init__(self, connection: sqlite3.Connection, device: str) -> None:
        self._connection = connection
        self.device = device
        self._first: int | None = None

    def entries(self) -> Iterator[JournalEntry]:
        """All entries in the order in which they came."""
        return all_entries(self._connection)

    def tails(self) -> Iterator[JournalTail]:
        """The end of the journal, more of it each time, until it is whole.

        Entries from elsewhere, which no undo takes back, are left out.
        """
        query = f"select {ENTRY_COLUMNS} from entries where device = ? order by number desc limit ?"
        crossing = self._connection.execute(_CROSSING).fetchall()
        devices = [device for device in _devices(self._connection) if not EntryId(device, 0).is_from_elsewhere]
        size, is_whole = SHORTEST_TAIL, False
        while not is_whole:
            rows = {device: self._connection.execute(query, (device, size)).fetchall() for device in devices}
            unread = [device for device, last in rows.items() if len(last) == size]
            is_whole = not unread
            entries = [entry_of_row(row) for last in rows.values() for row in reversed(last)]
            read = {entry.id for entry in entries}
            targets = {EntryId(*row[2:]) for row in crossing if EntryId(*row[:2]) not in read}
            yield JournalTail(entries, unread, targets)
            size *= 8

    def entries_of(self, cards: Iterable[CardId]) -> tuple[JournalEntry, ...]:
        """The entries about some cards, card by card."""
        return entries_of(self._connection, cards)

    def schedule(self, card: CardId) -> Schedule:
        """Where a card stands now, whoever wrote last."""
        row = self._connection.execute(_STANDING, (card.note, card.face)).fetchone()
        return schedule_of_row(row)[1] if row else NEW

    def append(self, entry: Entry, schedule: Schedule) -> JournalEntry:
        """Writes an entry, under the next number of this device, and where it leaves its card."""
        logged = JournalEntry(self.next_id(self.device), entry, self._first)
        self._first = self._first or logged.id.number
        self.import_entry(logged)
        self.reschedule(entry.card, schedule)
        return logged

    def next_id(self, device: str) -> EntryId:
        """The id of the next entry that is written in the name of a device."""
        (last,) = self._connection.execute(_LAST_NUMBER, (device,)).fetchone()
        return EntryId(device, last + 1)

    def import_entry(self, logged: JournalEntry) -> None:
        """Writes an entry under the id it has already; call `reschedule` for its card afterwards."""
        self._connection.execute(_ENTER, _EMPTY | entry_row(logged))

    def merge_rows(self, rows: Iterable[Row | None]) -> RowMergeReport:
        """Adds what a file of another journal has; call `rebuild` afterwards. See `duly.journal.merge_rows`."""
        return merge_rows(self._connection, rows)

    def merge_seen_notes(self, database: Path) -> None:
        """Remembers the notes that the journal in `database` remembers and this one does not."""
        merge_seen_notes(self._connection, database)

    def reschedule(self, card: CardId, schedule: Schedule) -> None:
        """Takes a schedule as the one that the card's entries come to."""
        if schedule == NEW:
            self._connection.execute("delete from schedules where note = ? and face = ?", (card.note, card.face))
            return
        self._connection.execute(_RESCHEDULE, schedule_row(card, schedule))

    def see(self, notes: Iterable[NoteSnapshot]) -> None:
        """Remembers notes as they are now."""
        write_seen(self._connection, notes)

    def forget(self, notes: Iterable[NoteId]) -> None:
        """Remembers these notes no longer."""
        forget_seen(self._connection, notes)

    def rebuild(self, schedules: Mapping[CardId, Schedule]) -> None:
        """Throws the computed schedules away and takes these in their stead."""
        self._connection.execute("delete from schedules")
        for card, schedule in schedules.items():
            self.reschedule(card, schedule)


def _devices(connection: sqlite3.Connection) -> list[str]:
    """The devices that wrote entries, found in the index from one to the next."""
    rows = connection.execute(
        """
        with recursive devices (id) as (
            select min(device) from entries
            union all
            select (select min(device) from entries where device > devices.id) from devices where devices.id is not null
        )
        select id from devices where id is not null
        """
    )
    return [device for (device,) in rows]


def all_entries(connection: sqlite3.Connection) -> Iterator[JournalEntry]:
    """All entries. Their rows are fetched at once: a reading broken off would hold this connection in the past."""
    rows = connection.execute(f"select {ENTRY_COLUMNS} from entries order by position").fetchall()
    return iter([entry_of_row(row) for row in rows])


def entries_of(connection: sqlite3.Connection, cards: Iterable[CardId]) -> tuple[JournalEntry, ...]:
    """The entries about some cards, card by card, each in the order in which they came; first those about all cards."""
    query = f"select {ENTRY_COLUMNS} from entries where note = ? and face = ? order by position"
    return tuple(
        entry_of_row(row) for card in (ALL_CARDS, *cards) for row in connection.execute(query, (card.note, card.face))
    )
