"""Going back to a backup, with every later entry that the damaged file still gives."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.scheduling.histories import CAPITAL, RIVER, moment, review

from duly.cards import CardId
from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.backup import backup_file
from duly.journal.salvage import Restored, restore
from duly.scheduling.entries import Logged, Undo
from duly.scheduling.schedule import NEW

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


@pytest.fixture
def backup(file: Path) -> Path:
    return backup_file(file, "2026-03-02")


def learned(file: Path, answers: int, card: CardId = CAPITAL) -> None:
    with Journal.open(file) as journal, journal.writing() as page:
        for day in range(answers):
            page.append(review(card, day), NEW)


def copied(file: Path, backup: Path) -> None:
    with Journal.open(file) as journal:
        journal.back_up(backup)


def entries(file: Path) -> list[Logged]:
    with Journal.open(file, create=False) as journal:
        return list(journal.entries())


def aside(file: Path) -> Path:
    return backup_file(file, "replaced-now")


def damage_entries(file: Path, pages: int) -> None:
    """Overwrites some pages in the midst of those that hold entries: leaves of a table, which begin with 13."""
    content = bytearray(file.read_bytes())
    leaves = [start for start in range(4 * PAGE, len(content), PAGE) if content[start] == 13]
    middle = len(leaves) // 2
    for start in leaves[middle : middle + pages]:
        content[start : start + PAGE] = b"\xa5" * PAGE
    file.write_bytes(content)


def test_later_entries_of_a_sound_file_are_taken_over(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    learned(file, 2, RIVER)
    whole = entries(file)
    assert restore(file, backup, aside(file)) == Restored(recovered=2, unreadable=0)
    assert entries(file) == whole
    assert entries(aside(file)) == whole


def test_the_backup_as_it_was_leaves_them_out_but_what_was_there_is_set_aside(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    learned(file, 2, RIVER)
    whole = entries(file)
    restore(file, backup, aside(file), newer=False)
    assert entries(file) == whole[:3]
    assert entries(aside(file)) == whole


def test_what_is_answered_after_going_back_never_bears_the_number_of_an_entry_left_out(
    file: Path, backup: Path
) -> None:
    learned(file, 3)
    copied(file, backup)
    learned(file, 1, RIVER)
    restore(file, backup, aside(file), newer=False)
    learned(file, 1, RIVER)
    assert entries(file)[-1].id.device != entries(aside(file))[-1].id.device


def test_a_damaged_file_gives_all_its_entries_but_those_on_damaged_pages(file: Path, backup: Path) -> None:
    learned(file, 10)
    copied(file, backup)
    learned(file, 1000, RIVER)
    whole = entries(file)
    damage_entries(file, 2)
    with pytest.raises(DulyError, match="duly restore"):
        entries(file)
    restored = restore(file, backup, aside(file))
    assert 800 < restored.recovered < 1000
    assert restored.recovered + restored.unreadable == 1000
    left = entries(file)
    assert len(left) == 10 + restored.recovered
    assert {one.id for one in left} <= {one.id for one in whole}


def test_an_undo_is_taken_over_with_what_it_undid(file: Path, backup: Path) -> None:
    learned(file, 1)
    copied(file, backup)
    with Journal.open(file) as journal, journal.writing() as page:
        target = page.append(review(RIVER, 1), NEW)
        page.append(Undo(RIVER, moment(1), target.id), NEW)
    whole = entries(file)
    restore(file, backup, aside(file))
    assert entries(file) == whole


def test_without_a_backup_what_can_be_read_becomes_a_new_journal(file: Path) -> None:
    learned(file, 400)
    damage_entries(file, 1)
    restored = restore(file, None, aside(file))
    assert 300 < restored.recovered < 400
    assert restored.recovered + restored.unreadable == 400
    assert len(entries(file)) == restored.recovered


def test_a_file_that_is_no_database_at_all_gives_nothing_and_the_backup_is_back(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    file.write_bytes(b"\0" * PAGE * 9)
    assert restore(file, backup, aside(file)) == Restored(0, 0)
    assert len(entries(file)) == 3


def test_a_file_that_is_gone_is_back(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    file.unlink()
    restore(file, backup, aside(file))
    assert len(entries(file)) == 3
    assert not aside(file).exists()


def test_a_journal_in_use_is_not_replaced(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    with Journal.open(file) as journal:
        before = list(journal.entries())
        with pytest.raises(DulyError, match="close it and try again"):
            restore(file, backup, aside(file))
        assert list(journal.entries()) == before
    assert not aside(file).exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_backup_is_refused_and_nothing_is_touched(file: Path, content: bytes) -> None:
    learned(file, 3)
    scrap = file.with_name("scrap.db")
    scrap.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(DulyError):
        restore(file, scrap, aside(file))
    assert file.read_bytes() == before
    assert not aside(file).exists()


def test_the_database_of_another_program_is_no_backup(file: Path) -> None:
    other = file.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table entries (position)")
    with pytest.raises(DulyError, match="not a backup of a journal"):
        restore(file, other, aside(file))
