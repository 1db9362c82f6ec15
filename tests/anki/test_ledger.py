import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.anki.ledger import Entry, Stamp, opened, stamped
from duly.errors import DulyError

ENTRY = Entry(Stamp(b"a", 100), 7, (0, 2))


def test_content_that_is_the_same_keeps_its_date() -> None:
    assert stamped(Stamp(b"a", 100), b"a", now=500) == Stamp(b"a", 100)


def test_content_that_changed_is_dated_now() -> None:
    assert stamped(Stamp(b"a", 100), b"b", now=500) == Stamp(b"b", 500)


def test_content_that_is_new_is_dated_now() -> None:
    assert stamped(None, b"a", now=500) == Stamp(b"a", 500)


@given(st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c"]), st.integers(0, 1000))))
def test_every_change_is_later_than_the_one_before_even_when_the_clock_goes_back(
    exports: list[tuple[bytes, int]],
) -> None:
    old: Stamp | None = None
    for digest, now in exports:
        new = stamped(old, digest, now)
        assert new.digest == digest
        if old is not None:
            assert new.mod > old.mod if digest != old.digest else new.mod == old.mod
        old = new


def test_what_was_kept_is_there_the_next_time(tmp_path: Path) -> None:
    file, package = tmp_path / "new folder" / "exports.db", tmp_path / "a.apkg"
    with opened(file) as book:
        assert book.note("x") is None
        book.keep_note("x", ENTRY)
        book.keep_output(package, frozenset({"x", "y"}), frozenset())
        book.stamped_type(7, b"t", 100)
    with opened(file) as book:
        assert book.note("x") == ENTRY
        assert book.output(package) == {"x", "y"}
        assert book.output(tmp_path / "b.apkg") == frozenset()
        assert book.stamped_type(7, b"t", 200) == Stamp(b"t", 100)
        assert book.stamped_type(7, b"u", 200) == Stamp(b"u", 200)
        book.keep_output(package, frozenset({"z"}), frozenset({"x"}))
        assert book.output(package) == {"y", "z"}


def test_nothing_is_kept_when_the_export_fails(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    with pytest.raises(ZeroDivisionError), opened(file) as book:
        book.keep_note("x", ENTRY)
        raise ZeroDivisionError
    with opened(file) as book:
        assert book.note("x") is None


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    file.write_text("these are no notes of exports, and long enough to be looked at")
    with pytest.raises(DulyError, match=r"exports\.db, the memory of exports, cannot be used"), opened(file):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DulyError, match="the memory of exports, cannot be used"), opened(tmp_path / "file" / "e.db"):
        pass


def test_a_ledger_of_a_newer_duly_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(DulyError, match="newer duly"), opened(file):
        pass
