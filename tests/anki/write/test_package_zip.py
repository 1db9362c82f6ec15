import json
import os
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from duly.anki.write.zip_package import normalise_header, write_apkg
from duly.errors import DulyError


def test_media_are_listed_by_number_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).write_bytes(name.encode())
    write_apkg(tmp_path / "a.apkg", BytesIO(b"database"), {"b.png": tmp_path / "x", "a.png": tmp_path / "y"})
    with zipfile.ZipFile(tmp_path / "a.apkg") as package:
        assert package.namelist() == ["collection.anki2", "media", "0", "1"]
        assert json.loads(package.read("media")) == {"0": "a.png", "1": "b.png"}
        assert package.read("0") == b"y"
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_DEFLATED}


def test_the_database_header_does_not_depend_on_the_number_of_writes(tmp_path: Path) -> None:
    images = []
    for commits in (1, 5):
        file = tmp_path / f"{commits}.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("create table t (x)")
            for _ in range(commits):
                connection.execute("pragma user_version = 3")
                connection.commit()
        normalise_header(file)
        images.append(file.read_bytes())
    assert images[0] == images[1]


def test_a_missing_folder_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match=r"there is no folder .*none; make it"):
        write_apkg(tmp_path / "none" / "a.apkg", BytesIO(b""), {})


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.apkg").mkdir()
    with pytest.raises(DulyError, match="is a folder"):
        write_apkg(tmp_path / "a.apkg", BytesIO(b""), {})


def test_a_failure_leaves_the_old_package_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "a.apkg"
    target.write_bytes(b"old")
    with pytest.raises(DulyError, match=r"gone\.png cannot be read"):
        write_apkg(target, BytesIO(b"new"), {"a.png": tmp_path / "gone.png"})
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_without_room_is_an_error_and_the_old_package_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file sizes are limited on POSIX only")
    target = tmp_path / "a.apkg"
    target.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.raises(DulyError, match=r"a\.apkg cannot be written: File too large"):
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
            write_apkg(target, BytesIO(os.urandom(100_000)), {})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.apkg").write_bytes(b"old")
    (tmp_path / "a.apkg").symlink_to(tmp_path / "real.apkg")
    write_apkg(tmp_path / "a.apkg", BytesIO(b"new"), {})
    assert (tmp_path / "a.apkg").is_symlink()
    assert zipfile.is_zipfile(tmp_path / "real.apkg")


def test_ready_is_called_before_the_package_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.apkg"
    target.write_bytes(b"old")
    seen: list[bytes] = []
    write_apkg(target, BytesIO(b"new"), {}, ready=lambda: seen.append(target.read_bytes()))
    assert seen == [b"old"]
    assert zipfile.is_zipfile(target)
