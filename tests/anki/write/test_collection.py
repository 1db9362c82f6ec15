"""The package as a whole: its database takes shape in a file that nobody gets to see."""

import zipfile
from pathlib import Path

import pytest

from duly.anki.notes.note_types import PLAIN
from duly.anki.progress.to_anki import NO_HISTORIES, PackageProgress
from duly.anki.write.package_rows import NoteRow
from duly.anki.write.write_package import write_package
from duly.cards import DeckName
from duly.errors import DulyError

ROW = NoteRow("x", PLAIN.id, 100, DeckName("d"), "\x1f".join(["q", "a", *[""] * 12]), "", "0")


def write(target: Path, scratch: Path, media: dict[str, Path] | None = None) -> None:
    write_package(target, [ROW], {PLAIN: 100}, PackageProgress(NO_HISTORIES), scratch=scratch, media=media or {})


def test_no_temporary_files_remain_beside_the_package(tmp_path: Path) -> None:
    write(tmp_path / "a.apkg", tmp_path / "scratch")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.apkg"]


def test_the_temporary_file_of_a_killed_export_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "a.apkg", tmp_path / "scratch")
    (tmp_path / "scratch").write_bytes(b"half a database")
    write(tmp_path / "b.apkg", tmp_path / "scratch")
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes()
    assert zipfile.is_zipfile(tmp_path / "b.apkg")
    assert not (tmp_path / "scratch").exists()


def test_a_failed_write_leaves_no_files(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match=r"gone\.png cannot be read"):
        write(tmp_path / "a.apkg", tmp_path / "scratch", {"a.png": tmp_path / "gone.png"})
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_written_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match=r"none.scratch cannot be written: unable to open database file"):
        write(tmp_path / "a.apkg", tmp_path / "none" / "scratch")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_the_database_is_an_error(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file sizes are limited on POSIX only")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.raises(DulyError, match=r"scratch cannot be written: "):
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
            write(tmp_path / "a.apkg", tmp_path / "scratch")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
