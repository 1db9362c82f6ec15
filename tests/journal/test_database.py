"""What may be found where a journal should be, and what is said of it."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.scheduling.histories import CAPITAL, review

from duly.errors import DulyError
from duly.journal import Journal, database
from duly.journal.database import APPLICATION, upgrades
from duly.scheduling.schedule import NEW


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


def refusal(file: Path, *, create: bool = True) -> str:
    """What is said where a journal cannot be opened."""
    with pytest.raises(DulyError) as caught, Journal.open(file, create=create):
        pass
    assert str(caught.value).startswith(f"{file}: ")
    return str(caught.value).removeprefix(f"{file}: ")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def filled(file: Path, answers: int = 1) -> None:
    with Journal.open(file) as journal, journal.transaction() as transaction:
        for day in range(answers):
            transaction.append(review(CAPITAL, day), NEW)


def test_the_folder_of_a_new_journal_is_made(tmp_path: Path) -> None:
    filled(tmp_path / "not" / "yet" / "duly.db")
    assert [path.name for path in (tmp_path / "not" / "yet").iterdir()] == ["duly.db"]


def test_the_file_says_whose_it_is_and_which_version(file: Path) -> None:
    filled(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma application_id").fetchone() == (APPLICATION,)
        assert connection.execute("pragma user_version").fetchone() == (upgrades()[-1][0],)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_upgrades_are_numbered_from_one_without_a_gap() -> None:
    assert [number for number, _ in upgrades()] == list(range(1, len(upgrades()) + 1))


def test_every_answer_is_forced_to_the_disk(file: Path) -> None:
    with Journal.open(file) as journal:
        assert journal._connection.execute("pragma synchronous").fetchone() == (2,)


def test_an_empty_file_becomes_a_journal(file: Path) -> None:
    file.touch()
    filled(file)
    with Journal.open(file) as journal:
        assert len(list(journal.entries())) == 1


def test_an_upgrade_adds_what_is_missing_and_keeps_the_entries(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    later = [
        *upgrades(),
        (len(upgrades()) + 1, "create table extra (a text) strict;\ninsert into extra values ('b');\n"),
    ]
    monkeypatch.setattr(database, "upgrades", lambda: later)
    for _ in range(2):
        with Journal.open(file) as journal:
            assert journal._connection.execute("select a from extra").fetchall() == [("b",)]
            assert len(list(journal.entries())) == 1


def test_an_upgrade_that_fails_leaves_the_version_before_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    broken = [
        *upgrades(),
        (len(upgrades()) + 1, "create table extra (a text) strict;\ninsert into nowhere values (1);\n"),
    ]
    with monkeypatch.context() as patched:
        patched.setattr(database, "upgrades", lambda: broken)
        assert refusal(file) == "the database failed: no such table: nowhere"
    with Journal.open(file) as journal:
        assert len(list(journal.entries())) == 1
        tables = journal._connection.execute("select name from sqlite_schema where name = 'extra'").fetchall()
        assert tables == []


def test_a_journal_of_a_newer_duly_is_refused_and_left_byte_for_byte(file: Path) -> None:
    filled(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma user_version = 99")
    before = contents(file.parent)
    assert refusal(file) == "this database is from a newer duly; update duly. It was left unchanged"
    assert refusal(file, create=False) == "this database is from a newer duly; update duly. It was left unchanged"
    assert contents(file.parent) == before


def test_a_journal_of_a_newer_duly_that_crashed_is_left_byte_for_byte(file: Path, tmp_path: Path) -> None:
    filled(file)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma user_version = 99")
        for part in ("duly.db", "duly.db-wal"):
            (crashed / part).write_bytes((tmp_path / part).read_bytes())
    before = contents(crashed)
    assert len(before["duly.db-wal"]) > 0
    assert "newer duly" in refusal(crashed / "duly.db")
    after = contents(crashed)
    after.pop("duly.db-shm", None)
    assert after == before


def test_the_database_of_another_program_is_refused_and_left_as_it_is(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table notes (id integer)")
    before = contents(file.parent)
    assert refusal(file) == "this is another program's database; it was left unchanged"
    assert contents(file.parent) == before


@pytest.mark.parametrize("text", [b"deck: geography\n" * 50, b"deck: geography\n", b"x"])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(file: Path, text: bytes) -> None:
    file.write_bytes(text)
    assert refusal(file) == (
        "this is not a duly database; it was left unchanged. Name another file or, if your answers were in this one, go"
        " back to the last backup with duly restore"
    )
    assert contents(file.parent) == {"duly.db": text}


def test_a_damaged_journal_is_said_to_be_damaged(file: Path) -> None:
    filled(file, answers=200)
    sound = file.read_bytes()
    file.write_bytes(sound[:4096] + b"\xa5" * (len(sound) - 4096))
    with pytest.raises(DulyError, match="the database is damaged; duly restore goes back to the last backup"):  # noqa: SIM117
        with Journal.open(file) as journal:
            list(journal.entries())


def test_a_journal_that_was_cut_off_is_said_to_be_damaged(file: Path) -> None:
    filled(file, answers=500)
    file.write_bytes(file.read_bytes()[: 3 * 4096])
    with pytest.raises(DulyError, match="the database is damaged"):  # noqa: SIM117
        with Journal.open(file) as journal:
            list(journal.entries())


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "the database cannot be written; check that you may write there"


def test_a_folder_that_cannot_be_made_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    sentence = refusal(tmp_path / "file" / "duly.db")
    assert sentence.startswith("its folder cannot be created: ")


def test_a_journal_that_another_program_holds_is_said_to_be_in_use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other, Journal.open(file) as journal:
        other.execute("begin immediate")
        with pytest.raises(DulyError, match="another program is using the database"), journal.transaction():
            pass
        assert len(list(journal.entries())) == 1
        other.execute("rollback")
        with journal.transaction() as transaction:
            transaction.append(review(CAPITAL, 1), NEW)
        assert len(list(journal.entries())) == 2


def test_a_journal_that_is_held_exclusively_is_said_to_be_in_use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file)
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        assert refusal(file) == "another program is using the database; close it and try again"


def test_a_full_disk_loses_nothing_that_was_saved(file: Path) -> None:
    filled(file)
    with Journal.open(file) as journal:
        pages = journal._connection.execute("pragma page_count").fetchone()[0]
        journal._connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(DulyError, match="the disk is full"), journal.transaction() as transaction:
            for day in range(500):
                transaction.append(review(CAPITAL, day), NEW)
        assert len(list(journal.entries())) == 1


@contextmanager
def without_rights() -> Iterator[Path]:
    """A folder that may be read and not written; for the superuser, who may do all, as somebody else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder / "duly.db")
        folder.chmod(0o555)
        superuser = os.geteuid() == 0
        if superuser:
            os.seteuid(65_534)
        try:
            yield folder
        finally:
            if superuser:
                os.seteuid(0)
            folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders know no such rights here")
def test_a_folder_that_may_not_be_written_is_said_to_be_so() -> None:
    sentence = "the database cannot be written; check that you may write there"
    with without_rights() as folder:
        before = {file.name for file in folder.iterdir()}
        assert refusal(folder / "new.db") == sentence
        assert refusal(folder / "duly.db") == sentence
        assert refusal(folder / "inner" / "duly.db").startswith("its folder cannot be created: ")
        assert {file.name for file in folder.iterdir()} == before
