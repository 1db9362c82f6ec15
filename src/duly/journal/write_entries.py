"""A transaction that reads and writes the journal."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from duly.cards import CardId, NoteId
from duly.cards.note_snapshot import NoteSnapshot
from duly.journal.journal_rows import (
    ENTRY_COLUMNS,
    SCHEDULE_COLUMNS,
    Row,
    entry_of_row,
    entry_row,
    schedule_of_row,
    schedule_row,
)
from duly.journal.merge_entries import RowMergeReport, merge_rows, merge_seen_notes
from duly.journal.seen_notes import delete_seen_notes, write_seen_notes
from duly.scheduling.journal_entries import ALL_CARDS, Entry, EntryId, JournalEntry
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.undo_targets import JournalTail

SHORTEST_TAIL = 64
"""How many entries of each device are read first, because the end of the journal usually suffices."""

# The statements that every answer runs. Constant texts let the SQLite driver cache prepared statements.
_SELECT_SCHEDULE = f"select {SCHEDULE_COLUMNS} from schedules where note = ? and face = ?"
_LAST_NUMBER = "select coalesce(max(number), 0) from entries where device = ?"
_INSERT_ENTRY = f"insert into entries ({ENTRY_COLUMNS}) values (:{ENTRY_COLUMNS.replace(', ', ', :')})"
_REPLACE_SCHEDULE = (
    f"replace into schedules ({SCHEDULE_COLUMNS}) values ({', '.join('?' * len(SCHEDULE_COLUMNS.split()))})"
)

_SELECT_FOREIGN_UNDOS = """
select device, number, target_device, target_number from entries where kind = 'undo' and target_device <> device
"""

_EMPTY_ROW = dict.fromkeys(ENTRY_COLUMNS.split(", "))
"""The row of an entry before its values are filled in."""


class Transaction:
    """A transaction of `Journal.transaction`, which locks out other writers. Its entries are one undo step."""

    def __init__(self, connection: sqlite3.Connection, device: str) -> None:
        self._connection = connection
        self.device = device
        self._first_number: int | None = None

    def entries(self) -> Iterator[JournalEntry]:
        """All entries in the order in which they were written."""
        return all_entries(self._connection)

    def tails(self) -> Iterator[JournalTail]:
        """Longer and longer ends of the journal, until the last one is complete.

        Imported entries, which cannot be undone, are excluded.
        """
        query = f"select {ENTRY_COLUMNS} from entries where device = ? order by number desc limit ?"
        foreign_undos = self._connection.execute(_SELECT_FOREIGN_UNDOS).fetchall()
        devices = [device for device in _devices(self._connection) if not EntryId(device, 0).is_from_elsewhere]
        size, is_complete = SHORTEST_TAIL, False
        while not is_complete:
            rows = {device: self._connection.execute(query, (device, size)).fetchall() for device in devices}
            unread_devices = [device for device, last_rows in rows.items() if len(last_rows) == size]
            is_complete = not unread_devices
            entries = [entry_of_row(row) for last_rows in rows.values() for row in reversed(last_rows)]
            read_ids = {entry.id for entry in entries}
            targets = {EntryId(*row[2:]) for row in foreign_undos if EntryId(*row[:2]) not in read_ids}
            yield JournalTail(entries, unread_devices, targets)
            size *= 8

    def entries_of(self, cards: Iterable[CardId]) -> tuple[JournalEntry, ...]:
        """The entries about some cards, card by card."""
        return entries_of(self._connection, cards)

    def schedule(self, card: CardId) -> Schedule:
        """The current schedule of a card."""
        row = self._connection.execute(_SELECT_SCHEDULE, (card.note, card.face)).fetchone()
        return schedule_of_row(row)[1] if row else NEW

    def append(self, entry: Entry, schedule: Schedule) -> JournalEntry:
        """Writes an entry with the next number of this device, and the resulting schedule of its card."""
        journal_entry = JournalEntry(self.next_id(self.device), entry, self._first_number)
        self._first_number = self._first_number or journal_entry.id.number
        self.import_entry(journal_entry)
        self.save_schedule(entry.card, schedule)
        return journal_entry

    def next_id(self, device: str) -> EntryId:
        """The id of the next entry of a device."""
        (last,) = self._connection.execute(_LAST_NUMBER, (device,)).fetchone()
        return EntryId(device, last + 1)

    def import_entry(self, journal_entry: JournalEntry) -> None:
        """Writes an entry with its existing id; call `save_schedule` for its card afterwards."""
        self._connection.execute(_INSERT_ENTRY, _EMPTY_ROW | entry_row(journal_entry))

    def merge_rows(self, rows: Iterable[Row | None]) -> RowMergeReport:
        """Adds the rows of another journal; call `replace_schedules` afterwards. See `duly.journal.merge_entries`."""
        return merge_rows(self._connection, rows)

    def merge_seen_notes(self, database: Path) -> None:
        """Adds the seen notes of the journal in `database` that this one lacks."""
        merge_seen_notes(self._connection, database)

    def save_schedule(self, card: CardId, schedule: Schedule) -> None:
        """Saves the computed schedule of a card."""
        if schedule == NEW:
            self._connection.execute("delete from schedules where note = ? and face = ?", (card.note, card.face))
            return
        self._connection.execute(_REPLACE_SCHEDULE, schedule_row(card, schedule))

    def save_seen_notes(self, notes: Iterable[NoteSnapshot]) -> None:
        """Saves snapshots of notes, see `Journal.seen_notes`."""
        write_seen_notes(self._connection, notes)

    def forget_seen_notes(self, notes: Iterable[NoteId]) -> None:
        """Removes the snapshots of notes."""
        delete_seen_notes(self._connection, notes)

    def replace_schedules(self, schedules: Mapping[CardId, Schedule]) -> None:
        """Replaces all computed schedules."""
        self._connection.execute("delete from schedules")
        for card, schedule in schedules.items():
            self.save_schedule(card, schedule)


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
    """All entries. Their rows are fetched at once: an unfinished query would keep an old snapshot of the database."""
    rows = connection.execute(f"select {ENTRY_COLUMNS} from entries order by position").fetchall()
    return iter([entry_of_row(row) for row in rows])


def entries_of(connection: sqlite3.Connection, cards: Iterable[CardId]) -> tuple[JournalEntry, ...]:
    """The entries about some cards, card by card, each in the order of writing; before them those about all cards."""
    query = f"select {ENTRY_COLUMNS} from entries where note = ? and face = ? order by position"
    return tuple(
        entry_of_row(row) for card in (ALL_CARDS, *cards) for row in connection.execute(query, (card.note, card.face))
    )
