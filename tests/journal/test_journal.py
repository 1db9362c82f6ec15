"""Writing entries and reading them again, in a real file."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, facts, moment, moments, review

from duly.cards import CardId
from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.backup import backups
from duly.journal.restore import restore
from duly.journal.write_entries import Transaction
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Entry, EntryId, JournalEntry, Suspend, Undo
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.undo_targets import entries_to_redo, entries_to_undo

ANSWERED = Schedule(interval=1, due=StudyDay(1), last=StudyDay(0), memory=Sm2Memory(1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


@pytest.fixture
def journal(file: Path) -> Iterator[Journal]:
    with Journal.open(file) as journal:
        yield journal


def write(journal: Journal, *entries: Entry, schedule: Schedule = ANSWERED) -> list[JournalEntry]:
    with journal.transaction() as transaction:
        return [transaction.append(entry, schedule) for entry in entries]


def test_a_new_journal_is_empty(journal: Journal) -> None:
    assert list(journal.entries()) == []
    assert journal.schedules() == {}
    assert journal.answers_on(StudyDay(0)) == ()
    assert journal.last_day() is None
    assert journal.last_moment() is None


def test_entries_are_numbered_by_device_and_are_there_when_it_is_opened_again(file: Path) -> None:
    with Journal.open(file) as journal:
        written = write(journal, review(CAPITAL, 0), review(RIVER, 0))
        device = journal.device
    with Journal.open(file) as journal:
        written += write(journal, review(CAPITAL, 1))
        assert list(journal.entries()) == written
        assert [record.id for record in written] == [EntryId(device, number) for number in (1, 2, 3)]
        assert journal.device == device


def test_what_is_written_in_one_transaction_is_one_step(journal: Journal) -> None:
    first, second, third = write(journal, review(CAPITAL, 0), review(RIVER, 0), review(CAPITAL, 1))
    (alone,) = write(journal, review(RIVER, 1))
    assert (first.step, second.step, third.step, alone.step) == (None, 1, 1, None)
    assert list(journal.entries()) == [first, second, third, alone]


def test_two_journals_are_two_devices(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "a.db") as first, Journal.open(tmp_path / "b.db") as other:
        assert first.device != other.device
        assert len(first.device) == 16


def test_entries_of_some_cards_come_without_the_others(journal: Journal) -> None:
    first, _, third = write(journal, review(CAPITAL, 0), review(RIVER, 0), review(CAPITAL, 1))
    assert journal.entries_of([CAPITAL]) == (first, third)
    assert journal.entries_of([]) == ()
    with journal.transaction() as transaction:
        assert transaction.entries_of([CAPITAL]) == (first, third)


def test_an_entry_and_its_schedule_are_seen_at_once_in_the_page(journal: Journal) -> None:
    with journal.transaction() as transaction:
        assert transaction.schedule(CAPITAL) == NEW
        logged = transaction.append(review(CAPITAL, 0), ANSWERED)
        assert transaction.schedule(CAPITAL) == ANSWERED
        assert list(transaction.entries()) == [logged]


def test_the_end_of_a_journal_is_read_before_the_whole_of_it(journal: Journal) -> None:
    written = [record for at in range(100) for record in write(journal, review(CAPITAL, 20_000 + at))]
    with journal.transaction() as transaction:
        transaction.import_entry(JournalEntry(EntryId("anki:1", 1), review(RIVER, 20_000)))
        tails = [(list(tail.entries), tail.unread_devices) for tail in transaction.tails()]
    assert tails == [(written[-64:], [journal.device]), (written, [])]


def test_of_several_devices_the_end_of_each_is_read_first(journal: Journal) -> None:
    own = [record for at in range(100) for record in write(journal, review(CAPITAL, 20_000 + at))]
    others = [JournalEntry(EntryId("zz", number), review(RIVER, 20_000)) for number in range(1, 4)]
    with journal.transaction() as transaction:
        for record in others:
            transaction.import_entry(record)
        tails = [(list(tail.entries), tail.unread_devices) for tail in transaction.tails()]
    assert tails == [([*own[-64:], *others], [journal.device]), ([*own, *others], [])]


def test_an_undo_of_what_another_device_did_is_known_even_where_it_was_not_read(journal: Journal) -> None:
    other = JournalEntry(EntryId("zz", 1), review(RIVER, 20_000))
    with journal.transaction() as transaction:
        transaction.import_entry(other)
        transaction.append(Undo(RIVER, moment(20_000), other.id), NEW)
    write(journal, *(review(CAPITAL, 20_000) for _ in range(64)))
    with journal.transaction() as transaction:
        assert [set(tail.unread_targets) for tail in transaction.tails()] == [{other.id}, set()]


def test_nothing_of_a_page_is_kept_where_its_block_fails(journal: Journal) -> None:
    write(journal, review(CAPITAL, 0))
    with pytest.raises(RuntimeError), journal.transaction() as transaction:
        transaction.append(review(RIVER, 0), ANSWERED)
        raise RuntimeError
    assert [record.entry.card for record in journal.entries()] == [CAPITAL]
    assert journal.schedules() == {CAPITAL: ANSWERED}
    assert write(journal, review(RIVER, 0))[0].id.number == 2


def test_a_card_that_is_as_new_again_has_no_schedule(journal: Journal) -> None:
    write(journal, review(CAPITAL, 0))
    with journal.transaction() as transaction:
        transaction.save_schedule(CAPITAL, NEW)
    assert journal.schedules() == {}


def test_rebuilding_replaces_every_schedule_and_no_entry(journal: Journal) -> None:
    written = write(journal, review(CAPITAL, 0), review(RIVER, 0))
    journal.replace_schedules({RIVER: replace(ANSWERED, suspended=True)})
    assert journal.schedules() == {RIVER: replace(ANSWERED, suspended=True)}
    assert list(journal.entries()) == written


def test_the_answers_of_a_day_are_those_that_were_not_undone(journal: Journal) -> None:
    _, first, second, third = write(
        journal, review(RIVER, 4), review(CAPITAL, 5), review(RIVER, 5), review(CAPITAL, 5, 2)
    )
    write(journal, Suspend(CAPITAL, moment(5)))
    assert journal.answers_on(StudyDay(5)) == (first, second, third)
    (undo,) = write(journal, Undo(RIVER, moment(6), second.id))
    assert journal.answers_on(StudyDay(5)) == (first, third)
    write(journal, Undo(RIVER, moment(7), undo.id))
    assert journal.answers_on(StudyDay(5)) == (first, second, third)


def test_the_last_day_is_that_of_an_answer_which_counts(journal: Journal) -> None:
    _, wrong_clock = write(journal, review(CAPITAL, 5), review(RIVER, 9_000))
    assert journal.last_day() == 9_000
    write(journal, Undo(RIVER, moment(9_000), wrong_clock.id))
    assert journal.last_day() == 5
    write(journal, Undo(CAPITAL, moment(9_000), next(journal.entries()).id))
    assert journal.last_day() is None


def test_the_last_moment_is_that_of_the_last_entry(journal: Journal) -> None:
    write(journal, review(CAPITAL, 5), Suspend(RIVER, moment(3, at=1234)))
    assert journal.last_moment() == 1234


def test_an_undo_of_an_entry_that_does_not_exist_is_a_bug(journal: Journal) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write(journal, Undo(CAPITAL, moment(0), EntryId("nobody", 1)))
    assert list(journal.entries()) == []


@pytest.mark.parametrize(
    "change",
    [
        "update entries set grade = 5",
        "delete from entries",
        "insert or replace into entries (position, device, number, kind, note, face, at, day, offset) "
        "values (1, 'x', 1, 'suspend', 'n', 'front', 0, 0, 0)",
    ],
)
def test_an_entry_once_written_is_never_changed(journal: Journal, change: str) -> None:
    written = write(journal, review(CAPITAL, 0))
    with pytest.raises(sqlite3.IntegrityError, match="a journal entry is never"):
        journal._connection.execute(change)
    assert list(journal.entries()) == written


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "'cram'"},
        {"kind": "'review'", "grade": "6", "scheduler": "'sm2-paper'", "took": "0"},
        {"kind": "'review'", "grade": "4", "took": "0"},
        {"kind": "'review'", "grade": "4", "scheduler": "'sm2-paper'", "took": "'long'"},
        {"kind": "'suspend'", "grade": "4"},
        {"kind": "'bury'", "due": "4"},
        {"kind": "'undo'", "target_number": "1"},
        {"kind": "'adoption'", "schedule": "'{'", "origin": "''"},
        {"kind": "'suspend'", "note": "''"},
        {"kind": "'suspend'", "number": "0"},
    ],
)
def test_the_database_takes_no_entry_that_is_none(journal: Journal, columns: dict[str, str]) -> None:
    sound = {"device": "'x'", "number": "1", "note": "'n'", "face": "'front'", "at": "0", "day": "0", "offset": "0"}
    row = sound | columns
    with pytest.raises(sqlite3.IntegrityError):
        journal._connection.execute(f"insert into entries ({', '.join(row)}) values ({', '.join(row.values())})")


def test_a_journal_that_is_missing_is_empty_and_stays_missing(file: Path) -> None:
    with Journal.open(file, create=False) as journal:
        assert list(journal.entries()) == []
        assert journal.schedules() == {}
        assert journal.last_day() is None
        with pytest.raises(DulyError):
            write(journal, review(CAPITAL, 0))
    assert list(file.parent.iterdir()) == []


def test_a_journal_that_is_there_is_read_and_written_without_create(file: Path) -> None:
    with Journal.open(file) as journal:
        write(journal, review(CAPITAL, 0))
    with Journal.open(file, create=False) as journal:
        write(journal, review(CAPITAL, 1))
        assert len(list(journal.entries())) == 2


def test_what_another_connection_wrote_is_seen(file: Path) -> None:
    with Journal.open(file) as first, Journal.open(file) as other:
        written = write(first, review(CAPITAL, 0))
        assert list(other.entries()) == written
        assert other.schedules() == {CAPITAL: ANSWERED}
        written += write(other, review(CAPITAL, 1))
        assert list(first.entries()) == written


def test_reading_that_is_broken_off_keeps_nobody_from_writing(file: Path) -> None:
    with Journal.open(file) as first, Journal.open(file) as other:
        write(first, *(review(CAPITAL, day) for day in range(5)))
        half_read = other.entries()
        next(half_read)
        write(first, review(RIVER, 0))
        write(other, review(RIVER, 1))
        assert len(list(half_read)) == 4


def answer(transaction: Transaction, entry: Entry) -> None:
    """Appends an entry as a session does: with the schedule its card's entries come to."""
    card = entry.card
    logged = transaction.append(entry, NEW)
    assert transaction.entries_of([card])[-1] == logged
    transaction.save_schedule(card, replay(transaction.entries_of([card]), find_scheduler).get(card, NEW))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["undo", "redo"]) | facts, max_size=12), moments.map(lambda now: now.day))
def test_the_derived_schedules_are_always_what_a_replay_of_the_journal_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Entry | str], day: StudyDay
) -> None:
    with Journal.open(tmp_path_factory.mktemp("journal") / "duly.db") as journal:
        for step in steps:
            with journal.transaction() as transaction:
                if not isinstance(step, str):
                    answer(transaction, step)
                    continue
                for target in (entries_to_undo if step == "undo" else entries_to_redo)(transaction.entries()):
                    answer(transaction, Undo(target.entry.card, moment(day), target.id))
        schedules: dict[CardId, Schedule] = replay(journal.entries(), find_scheduler)
        assert journal.schedules() == schedules
        journal.replace_schedules({})
        journal.replace_schedules(schedules)
        assert journal.schedules() == schedules


def test_an_answer_to_a_file_that_was_replaced_meanwhile_is_not_called_saved_and_not_lost(
    file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "duly.db"
    with Journal.open(file) as journal:
        write(journal, review(CAPITAL, 0))
        with Journal.open(other) as from_elsewhere:
            write(from_elsewhere, review(RIVER, 0))
        other.replace(file)
        for _ in range(2):
            with pytest.raises(DulyError, match="was replaced or removed by another program"):
                write(journal, review(CAPITAL, 1))
    (rescued,) = backups(file)
    restore(file, rescued, file.with_name("aside.db"))
    with Journal.open(file) as journal:
        assert [str(record.entry.card) for record in journal.entries()] == [str(CAPITAL), str(RIVER)]


def test_an_answer_during_which_the_file_is_removed_is_not_called_saved_but_is_in_the_copy(file: Path) -> None:
    with Journal.open(file) as journal:
        with pytest.raises(DulyError, match="type duly restore"), journal.transaction() as transaction:
            transaction.append(review(CAPITAL, 0), NEW)
            file.unlink()
        (rescued,) = backups(file)
    with Journal.open(rescued) as copy:
        assert [record.entry for record in copy.entries()] == [review(CAPITAL, 0)]


def test_an_answer_to_a_file_that_was_emptied_is_not_called_saved(file: Path) -> None:
    with Journal.open(file) as journal:
        write(journal, review(CAPITAL, 0))
        file.write_bytes(b"")
        with pytest.raises(DulyError, match="type duly restore"):
            write(journal, review(CAPITAL, 1))
    (rescued,) = backups(file)
    with Journal.open(rescued) as copy:
        assert [record.entry for record in copy.entries()] == [review(CAPITAL, 0)]


def test_a_copy_of_the_file_writes_under_a_name_of_its_own(file: Path, tmp_path: Path) -> None:
    with Journal.open(file) as journal:
        write(journal, review(CAPITAL, 0))
        first = journal.device
    copy = tmp_path / "copy.db"
    shutil.copyfile(file, copy)
    ids = []
    for name in (file, copy, file, copy):
        with Journal.open(name) as journal:
            ids += [record.id for record in write(journal, review(RIVER, 1))]
    assert len(set(ids)) == 4
    assert [id_.device == first for id_ in ids] == [True, False, True, False]
    assert ids[1].device == ids[3].device


def test_a_file_that_comes_to_another_machine_takes_a_new_name_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal.open(file) as journal:
        write(journal, review(CAPITAL, 0))
        first = journal.device
    monkeypatch.setattr("platform.node", lambda: "another-machine")
    with Journal.open(file) as journal:
        assert [record.id.device == first for record in write(journal, review(RIVER, 1))] == [False]


def test_a_journal_that_was_written_to_says_at_its_end_that_its_file_was_replaced(file: Path) -> None:
    journal = Journal.open(file)
    write(journal, review(CAPITAL, 0))
    file.rename(file.with_name("moved.db"))
    with pytest.raises(DulyError, match="was replaced or removed"):
        journal.close()
    assert len(backups(file)) == 1


def test_a_journal_that_was_only_read_ends_without_a_word_about_its_file(file: Path) -> None:
    with Journal.open(file) as journal:
        assert list(journal.entries()) == []
        file.unlink()
