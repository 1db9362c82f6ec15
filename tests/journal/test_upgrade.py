"""A journal that an older duly wrote is taken over whole."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.scheduling.histories import CAPITAL, RIVER, moment, review

from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.database import APPLICATION, upgrades
from duly.journal.restore import restore
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    EntryId,
    ImportedSchedule,
    JournalEntry,
    Reset,
    Resume,
    SetDue,
    Star,
    Suspend,
    Undo,
)
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory

NOON = 43_200_000
ENTRIES = (
    "(1, 'desk', 1, 'review', 'capital', 'front', {noon}, 0, 0, 4, 'sm2-paper', 9, null, null, null, null, null, null)",
    "(2, 'desk', 2, 'undo', 'capital', 'front', {noon}, 0, 0, null, null, null, null, null, 'desk', 1, null, null)",
    "(3, 'phone', 1, 'review', 'river', 'back', {noon}, 0, 0, 2, 'sm2-paper', 1500, 9, null, null, null, null, null)",
    "(4, 'desk', 3, 'suspend', 'river', 'back', {noon}, 0, 0, null, null, null, null, null, null, null, null, null)",
    "(5, 'desk', 4, 'resume', 'river', 'back', {noon}, 0, 0, null, null, null, null, null, null, null, null, null)",
    "(7, 'desk', 5, 'bury', 'river', 'back', {noon}, 0, 0, null, null, null, null, 1, null, null, null, null)",
    "(8, 'desk', 6, 'reset', 'river', 'back', {noon}, 0, 0, null, null, null, null, null, null, null, null, null)",
    "(9, 'desk', 7, 'set-due', 'river', 'back', {noon}, 0, 0, null, null, null, 30, null, null, null, null, null)",
    "(10, 'desk', 8, 'adoption', 'capital', 'front', {noon}, 0, 0, null, null, null, null, null, null, null,"
    """ '{{"repetitions": 2, "interval": 6, "easiness": 250, "lapses": 0, "due": null, "last": null,"""
    """ "drill": false, "suspended": false, "buried_until": null}}', 'anki')""",
)
"""Rows of every kind, of two devices, as the first version wrote them."""

EXPECTED: tuple[tuple[str, int, Entry], ...] = (
    ("desk", 1, replace(review(CAPITAL, 0), took=9)),
    ("desk", 2, Undo(CAPITAL, moment(0), EntryId("desk", 1))),
    ("phone", 1, review(RIVER, 0, grade=2, due=9)),
    ("desk", 3, Suspend(RIVER, moment(0))),
    ("desk", 4, Resume(RIVER, moment(0))),
    ("desk", 5, Bury(RIVER, moment(0), StudyDay(1))),
    ("desk", 6, Reset(RIVER, moment(0))),
    ("desk", 7, SetDue(RIVER, moment(0), StudyDay(30))),
    ("desk", 8, ImportedSchedule(CAPITAL, moment(0), Schedule(interval=6, memory=Sm2Memory(2)), "anki")),
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file as version 1 left it: its schema, its device, entries and a schedule."""
    file = tmp_path / "duly.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(upgrades()[0][1])
        connection.execute("update device set id = 'desk'")
        for row in ENTRIES:
            connection.execute(f"insert into entries values {row.format(noon=NOON)}")
        connection.execute("insert into schedules values ('river', 'back', 0, 1, 236, 1, 30, 0, 0, 1, null)")
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute("pragma user_version = 1")
    return file


def test_entries_and_schedules_come_over_as_they_were(old: Path) -> None:
    for _ in range(2):
        with Journal.open(old) as journal:
            assert list(journal.entries()) == [
                JournalEntry(EntryId(device, number), entry) for device, number, entry in EXPECTED
            ]
            assert journal.schedules() == {
                RIVER: Schedule(StudyDay(30), StudyDay(0), 1, 1, suspended=True, memory=Sm2Memory(0, 236))
            }
            assert journal.last_moment() == NOON
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (upgrades()[-1][0],)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_the_upgraded_journal_goes_on_where_the_old_one_stopped(old: Path) -> None:
    with Journal.open(old) as journal:
        with journal.transaction() as transaction:
            starred = transaction.append(Star(CAPITAL, moment(1)), Schedule(starred=True))
        assert starred.id.number == 1, "a file that never noted where it is may be a copy, so it takes a new name"
        assert starred.id.device not in ("desk", "anki")
        assert journal.entries_of([CAPITAL])[-1] == starred
        assert journal.schedules()[CAPITAL].starred


def test_an_upgraded_file_has_the_rules_and_indexes_of_a_new_one(old: Path, tmp_path: Path) -> None:
    def schema(file: Path) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("select name, sql from sqlite_schema order by name").fetchall()

    with Journal.open(old), Journal.open(tmp_path / "new.db"):
        assert schema(old) == schema(tmp_path / "new.db")
    assert {name for name, _ in schema(old)} >= {
        "entries_by_card",
        "reviews_by_day",
        "undos_by_card",
        "entries_are_never_changed",
        "entries_are_never_deleted",
    }


@pytest.mark.parametrize(
    "change",
    ["update entries set grade = 5", "delete from entries", "insert or replace into entries select * from entries"],
)
def test_old_entries_are_never_changed_nor_deleted(old: Path, change: str) -> None:
    with Journal.open(old) as journal, pytest.raises(sqlite3.IntegrityError, match="a journal entry is never"):
        journal._connection.execute(change)


def test_an_undo_still_needs_an_entry_to_undo(old: Path) -> None:
    with (
        Journal.open(old) as journal,
        pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"),
        journal.transaction() as transaction,
    ):
        transaction.append(Undo(CAPITAL, moment(1), EntryId("desk", 99)), NEW)


def test_the_old_journal_is_copied_before_it_is_upgraded(old: Path) -> None:
    Journal.open(old).close()
    (copy,) = (old.parent / "backups").iterdir()
    assert copy.name == "duly.version-1.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)
        assert connection.execute("select count(*) from entries").fetchone() == (len(ENTRIES),)


def test_a_journal_that_cannot_be_copied_stays_at_its_version(old: Path) -> None:
    (old.parent / "backups").write_text("in the way", encoding="utf-8")
    with pytest.raises(DulyError, match="cannot be written"):
        Journal.open(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("pragma user_version").fetchone() == (1,)


def test_the_copy_of_an_older_version_is_upgraded_and_takes_over_what_came_later(old: Path) -> None:
    with Journal.open(old) as journal, journal.transaction() as transaction:
        transaction.append(Star(CAPITAL, moment(1)), NEW)
    restored = restore(old, old.parent / "backups" / "duly.version-1.db", old.parent / "aside.db")
    with Journal.open(old) as journal:
        assert (restored.recovered_count, len(list(journal.entries()))) == (1, len(ENTRIES) + 1)
