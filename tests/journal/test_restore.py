"""Going back to a backup, with every later entry that the damaged file still gives."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.scheduling.histories import CAPITAL, RIVER, moment, review

from duly.cards import CardId, DeckName
from duly.cards.note_snapshot import NoteSnapshot
from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.backup import backup_file
from duly.journal.restore import RestoreReport, restore
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import EntryId, JournalEntry, Undo
from duly.scheduling.schedule import NEW

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


@pytest.fixture
def backup(file: Path) -> Path:
    return backup_file(file, "2026-03-02")


def learned(file: Path, answers: int, card: CardId = CAPITAL) -> None:
    with Journal.open(file) as journal, journal.transaction() as transaction:
        for day in range(answers):
            transaction.append(review(card, day), NEW)


def copied(file: Path, backup: Path) -> None:
    with Journal.open(file) as journal:
        journal.back_up(backup)


def entries(file: Path) -> list[JournalEntry]:
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
    assert restore(file, backup, aside(file)) == RestoreReport(entry_count=5, recovered_count=2, unreadable_count=0)
    assert entries(file) == whole
    assert entries(aside(file)) == whole


def test_the_backup_as_it_was_leaves_them_out_but_what_was_there_is_set_aside(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    learned(file, 2, RIVER)
    whole = entries(file)
    restore(file, backup, aside(file), with_newer=False)
    assert entries(file) == whole[:3]
    assert entries(aside(file)) == whole


def test_what_is_answered_after_going_back_never_bears_the_number_of_an_entry_left_out(
    file: Path, backup: Path
) -> None:
    learned(file, 3)
    copied(file, backup)
    learned(file, 1, RIVER)
    restore(file, backup, aside(file), with_newer=False)
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
    assert 800 < restored.recovered_count < 1000
    assert restored.recovered_count + restored.unreadable_count == 1000
    left = entries(file)
    assert len(left) == 10 + restored.recovered_count
    assert {logged.id for logged in left} <= {logged.id for logged in whole}


def test_an_undo_is_taken_over_with_what_it_undid(file: Path, backup: Path) -> None:
    learned(file, 1)
    copied(file, backup)
    with Journal.open(file) as journal, journal.transaction() as transaction:
        target = transaction.append(review(RIVER, 1), NEW)
        transaction.append(Undo(RIVER, moment(1), target.id), NEW)
    whole = entries(file)
    restore(file, backup, aside(file))
    assert entries(file) == whole


def test_without_a_backup_what_can_be_read_becomes_a_new_journal(file: Path) -> None:
    learned(file, 400)
    damage_entries(file, 1)
    restored = restore(file, None, aside(file))
    assert 300 < restored.recovered_count < 400
    assert restored.recovered_count + restored.unreadable_count == 400
    assert len(entries(file)) == restored.recovered_count


def test_a_file_that_is_no_database_at_all_gives_nothing_and_the_backup_is_back(file: Path, backup: Path) -> None:
    learned(file, 3)
    copied(file, backup)
    file.write_bytes(b"\0" * PAGE * 9)
    assert restore(file, backup, aside(file)) == RestoreReport(3, 0, 0)
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_a_pipe_is_no_backup(file: Path) -> None:
    learned(file, 3)
    os.mkfifo(file.with_name("pipe.db"))
    with pytest.raises(DulyError, match="not a backup of a journal"):
        restore(file, file.with_name("pipe.db"), aside(file))


def test_the_database_of_another_program_is_no_backup(file: Path) -> None:
    other = file.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table entries (position)")
    with pytest.raises(DulyError, match="not a backup of a journal"):
        restore(file, other, aside(file))


def test_entries_that_two_copies_wrote_under_one_number_are_both_kept(file: Path, backup: Path) -> None:
    learned(file, 2)
    copied(file, backup)
    learned(file, 2, RIVER)
    there = entries(file)
    with Journal.open(backup) as journal, journal.transaction() as transaction:
        transaction.device = there[0].id.device  # as a duly did that knew nothing of copies
        target = transaction.append(review(CAPITAL, 8), NEW)
        transaction.append(Undo(CAPITAL, moment(8), target.id), NEW)
        transaction.append(review(CAPITAL, 9), NEW)
    here = entries(backup)
    restored = restore(file, backup, aside(file))
    assert (restored.entry_count, restored.recovered_count, restored.unreadable_count) == (7, 2, 0)
    both = entries(file)
    assert both[:5] == here
    assert [logged.entry for logged in both[5:]] == [logged.entry for logged in there[2:]]
    assert len({logged.id for logged in both}) == 7
    again = restore(file, backup, aside(file).with_name("again.db"))
    assert (again.entry_count, entries(file)) == (7, both), "what was kept under another name is known again"


@pytest.mark.parametrize("column", ["note", "at", "grade"])
def test_one_damaged_entry_that_the_backup_has_whole_doubles_no_later_one(
    file: Path, backup: Path, column: str
) -> None:
    learned(file, 8)
    copied(file, backup)
    learned(file, 8, RIVER)
    whole = entries(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("drop trigger entries_are_never_changed")
        value = "'odd'" if column == "note" else f"{column} - 1"
        connection.execute(f"update entries set {column} = {value} where number = 3")
    restored = restore(file, backup, aside(file))
    assert (restored.entry_count, restored.recovered_count, len(restored.invalid_rows)) == (16, 8, 1)
    assert entries(file) == whole


def test_two_copies_that_answered_one_card_in_one_moment_keep_both_answers(file: Path, backup: Path) -> None:
    learned(file, 2)
    copied(file, backup)
    with Journal.open(file) as journal, journal.transaction() as page:
        page.append(review(CAPITAL, 5, 4), NEW)
        name = page.device
    with Journal.open(backup) as journal, journal.transaction() as page:
        page.device = name
        page.append(review(CAPITAL, 5, 2), NEW)
    assert restore(file, backup, aside(file)).entry_count == 4
    assert [logged.entry for logged in entries(file)[2:]] == [review(CAPITAL, 5, 2), review(CAPITAL, 5, 4)]


def test_an_answer_in_anki_that_two_machines_took_over_is_there_once(file: Path, backup: Path) -> None:
    learned(file, 1)
    copied(file, backup)
    for journal_file, hours, scheduler in ((file, 8, "fsrs"), (backup, -5, "sm2-paper")):
        answer = review(RIVER, 3, scheduler=scheduler)
        there = replace(answer, moment=replace(answer.moment, day=StudyDay(2 + (hours > 0)), offset=60 * hours))
        with Journal.open(journal_file) as journal, journal.transaction() as transaction:
            transaction.import_entry(JournalEntry(EntryId("anki", there.moment.at), there))
    assert restore(file, backup, aside(file)).entry_count == 2
    assert [logged.id.device for logged in entries(file)][1:] == ["anki"]


def test_what_an_undo_undid_is_still_what_it_undoes_where_both_have_another_name_now(file: Path, backup: Path) -> None:
    learned(file, 1)
    copied(file, backup)
    with Journal.open(file) as journal, journal.transaction() as transaction:
        target = transaction.append(review(RIVER, 1), NEW)
        transaction.append(Undo(RIVER, moment(1), target.id), NEW)
    with Journal.open(backup) as journal, journal.transaction() as transaction:
        transaction.device = target.id.device
        transaction.append(review(CAPITAL, 5), NEW)
    restore(file, backup, aside(file))
    *_, answer, undo = entries(file)
    assert isinstance(undo.entry, Undo)
    assert (undo.entry.target, answer.entry) == (answer.id, review(RIVER, 1))


@pytest.mark.parametrize("cut", [1, 4 * PAGE, 20 * PAGE])
def test_a_file_that_lacks_its_end_gives_what_the_rest_holds(file: Path, cut: int) -> None:
    learned(file, 400)
    whole = file.read_bytes()
    file.write_bytes(whole[:-cut])
    restored = restore(file, None, aside(file))
    assert restored.recovered_count > 400 - 400 * (cut + PAGE) // len(whole) - 20
    assert len(entries(file)) == restored.recovered_count


def test_an_entry_that_says_what_nobody_knows_is_named_and_left_out(file: Path, backup: Path) -> None:
    learned(file, 400)
    with closing(sqlite3.connect(file)) as connection, connection:
        (rule,) = connection.execute("select sql from sqlite_schema where name like '%never_changed'").fetchone()
        connection.execute("drop trigger entries_are_never_changed")
        connection.execute("update entries set scheduler = 'sm2-qaper' where position = 400")
        connection.execute(rule)
    damaged = file.read_bytes()
    with pytest.raises(DulyError, match="the database is damaged; duly restore"):
        entries(file)
    with Journal.open(file) as journal, pytest.raises(DulyError, match="the database is damaged; duly restore"):
        journal.answers_on(moment(399).day)
    backup.parent.mkdir()
    backup.write_bytes(damaged)
    for number, source in enumerate((None, backup, backup)):
        restored = restore(file, source, aside(file).with_name(f"{number}.db"))
        assert restored.entry_count == len(entries(file)) == 399
        if number != 1:
            assert [row.count("sm2-qaper") for row in restored.invalid_rows] == [1]


def test_restoring_keeps_the_notes_that_were_seen(file: Path, backup: Path) -> None:
    note = NoteSnapshot(RIVER.note, DeckName("deck"), "question", "answer", "deck.yaml")
    with Journal.open(file) as journal, journal.transaction() as transaction:
        transaction.save_seen_notes([note])
    copied(file, backup)
    restore(file, backup, aside(file))
    with Journal.open(file) as journal:
        assert journal.seen_notes() == {note.id: note}
