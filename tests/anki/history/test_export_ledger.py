import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.anki.history.export_ledger import LedgerEntry, next_stamp, open_ledger
from duly.anki.history.ledger_tables import UPGRADES
from duly.anki.notes.anki_note import AnkiNote, Stamp
from duly.anki.notes.note_types import PLAIN
from duly.anki.write.package_rows import NoteRow, note_row
from duly.cards import DeckName
from duly.errors import DulyError

ROW = NoteRow("x", 7, 100, DeckName("ml::sparse"), "CSR?\x1f\x1f行\n列", "t 语言", "0 2")
ENTRY = LedgerEntry(ROW, b"a", b"source")


def test_content_that_is_the_same_keeps_its_date() -> None:
    assert next_stamp(Stamp(b"a", 100), b"a", now=500) == Stamp(b"a", 100)


def test_content_that_changed_is_dated_now() -> None:
    assert next_stamp(Stamp(b"a", 100), b"b", now=500) == Stamp(b"b", 500)


def test_with_force_unchanged_content_gets_a_later_date() -> None:
    assert next_stamp(Stamp(b"a", 100), b"a", now=500, force=True) == Stamp(b"a", 500)
    assert next_stamp(Stamp(b"a", 100), b"a", now=100, force=True) == Stamp(b"a", 101)


def test_content_that_is_new_is_dated_now() -> None:
    assert next_stamp(None, b"a", now=500) == Stamp(b"a", 500)


@given(st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c"]), st.integers(0, 1000))))
def test_every_change_is_later_than_the_one_before_even_when_the_clock_goes_back(
    exports: list[tuple[bytes, int]],
) -> None:
    old: Stamp | None = None
    for digest, now in exports:
        new = next_stamp(old, digest, now)
        assert new.digest == digest
        if old is not None:
            assert new.mod > old.mod if digest != old.digest else new.mod == old.mod
        old = new


def test_saved_entries_are_read_by_the_next_export(tmp_path: Path) -> None:
    file, package, other = tmp_path / "new folder" / "exports.db", tmp_path / "a.apkg", tmp_path / "b.apkg"
    with open_ledger(file) as ledger:
        assert ledger.notes(["x"]) == {}
        ledger.keep_notes([ENTRY])
        ledger.keep_output(package, frozenset({"x", "y"}), frozenset())
        ledger.stamped_type(7, b"t", 100)
    with open_ledger(file) as ledger:
        assert ledger.notes(["x", "y"]) == {"x": ENTRY}
        assert ledger.package_guids(package) == {"x", "y"}
        assert ledger.removed_guids(package) == frozenset()
        assert ledger.package_guids(other) == frozenset()
        assert ledger.guids_elsewhere(other) == {"x": package, "y": package}
        assert ledger.stamped_type(7, b"t", 200) == Stamp(b"t", 100)
        assert ledger.stamped_type(7, b"u", 200) == Stamp(b"u", 200)
        ledger.keep_output(package, frozenset({"y", "z"}), frozenset({"x"}))
        assert ledger.package_guids(package) == {"y", "z"}
        assert ledger.removed_guids(package) == {"x"}
        assert ledger.guids_elsewhere(other).keys() == {"y", "z"}
        ledger.keep_output(package, frozenset({"x", "y", "z"}), frozenset())
        assert ledger.package_guids(package) == {"x", "y", "z"}
        assert ledger.removed_guids(package) == frozenset()


def test_many_notes_are_found_at_once(tmp_path: Path) -> None:
    entries = {f"n{number}": ENTRY._replace(row=ROW._replace(guid=f"n{number}")) for number in range(1234)}
    with open_ledger(tmp_path / "exports.db") as ledger:
        ledger.keep_notes(entries.values())
        assert ledger.notes(["none", *entries]) == entries


def test_a_ledger_entry_without_a_digest_uses_that_of_its_row(tmp_path: Path) -> None:
    note = AnkiNote("x", DeckName("d"), PLAIN, ("CSR?", "", "行\n列"), ("t", "语言"), (0, 1))
    with open_ledger(tmp_path / "exports.db") as ledger:
        ledger.keep_notes([LedgerEntry(note_row(note, 100))])
        assert ledger.notes(["x"])["x"].stamp == Stamp(note.digest, 100)


def test_versions_of_a_note_are_kept_until_anki_has_a_newer_one(tmp_path: Path) -> None:
    first, second, third = (ROW._replace(mod=mod, fields=f"{mod}") for mod in (100, 200, 300))
    with open_ledger(tmp_path / "exports.db") as ledger:
        for row in (first, second, second._replace(deck=DeckName("elsewhere"))):
            ledger.keep_notes([LedgerEntry(row)])
        assert [(row.mod, row.fields) for row in ledger.versions("x")] == [(100, "100"), (200, "200")]
        ledger.keep_anki_versions([third._replace(mod=150)])
        assert [row.mod for row in ledger.versions("x")] == [150, 200]
        ledger.keep_notes([LedgerEntry(third)])
        assert [row.mod for row in ledger.versions("x")] == [150, 200, 300]


def test_a_note_that_changed_its_type_gets_a_stamp_and_loses_its_source(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "exports.db") as ledger:
        ledger.keep_notes([ENTRY])
        ledger.keep_stamp("x", Stamp(b"b", 200))
        assert ledger.notes(["x"]) == {"x": LedgerEntry(ROW._replace(mod=200), b"b")}


def test_a_ledger_of_the_first_version_keeps_its_dates_and_knows_no_content(tmp_path: Path) -> None:
    file, package = tmp_path / "exports.db", tmp_path / "a.apkg"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(UPGRADES[0] + "pragma user_version = 1")
        connection.execute("insert into notes values ('x', x'61', 100, 7, '0 2')")
        connection.execute("insert into outputs values (?, 'x')", (str(package),))
        connection.execute("insert into note_types values (7, x'74', 100)")
        connection.commit()
    for _ in range(2):
        with open_ledger(file) as ledger:
            assert ledger.notes(["x"]) == {"x": LedgerEntry(NoteRow("x", 7, 100, DeckName(""), "", "", "0 2"), b"a")}
            assert ledger.package_guids(package) == {"x"}
            assert ledger.removed_guids(package) == frozenset()
            assert ledger.stamped_type(7, b"t", 200) == Stamp(b"t", 100)
    with open_ledger(file) as ledger:
        ledger.keep_notes([ENTRY])
        assert ledger.notes(["x"]) == {"x": ENTRY}


def test_nothing_is_kept_when_the_export_fails(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    with pytest.raises(ZeroDivisionError), open_ledger(file) as ledger:
        ledger.keep_notes([ENTRY])
        raise ZeroDivisionError
    with open_ledger(file) as ledger:
        assert ledger.notes(["x"]) == {}


def test_a_file_that_is_no_ledger_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    file.write_text("these are no notes of exports, and long enough to be looked at")
    with pytest.raises(DulyError, match=r"exports\.db, the memory .* is damaged .* Move it away"), open_ledger(file):
        pass


def test_damage_that_is_found_later_is_reported_with_its_consequences(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    with open_ledger(file) as ledger:
        ledger.keep_notes(ENTRY._replace(row=ROW._replace(guid=f"n{number}")) for number in range(1000))
    is_complete = file.read_bytes()
    file.write_bytes(is_complete[:4096] + b"\xff" * (len(is_complete) - 4096))
    with pytest.raises(DulyError, match=r"is damaged .* gives every note a new date"), open_ledger(file) as ledger:
        ledger.notes(["n1"])


def test_a_folder_that_cannot_be_created_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(DulyError, match="the memory of exports, cannot be used"),
        open_ledger(tmp_path / "file" / "e.db"),
    ):
        pass


def test_a_ledger_of_a_newer_duly_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "exports.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(DulyError, match="newer duly"), open_ledger(file):
        pass
