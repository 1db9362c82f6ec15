"""What was computed before is a convenience, never a source of wrong answers."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from duly.cache import open_cache

OLD, NEW = b"old", b"new"


def write(file: Path, value: bytes = b"[1]", digest: bytes = OLD) -> Path:
    with open_cache(file) as cache:
        cache.keep("sums", {"a": (digest, value)})
    return file


def read(file: Path, digest: bytes = OLD) -> bytes | None:
    with open_cache(file) as cache:
        return cache.find("sums", {"a": digest}).get("a")


def test_a_value_is_found_again_by_kind_name_and_digest(tmp_path: Path) -> None:
    file = write(tmp_path / "folder" / "cache.db")
    assert read(file) == b"[1]"
    assert read(file, NEW) is None
    with open_cache(file) as cache:
        assert cache.find("products", {"a": OLD}) == {}
        assert cache.find("sums", {"b": OLD}) == {}


def test_a_newer_value_takes_the_place_of_the_older(tmp_path: Path) -> None:
    file = write(tmp_path / "cache.db")
    write(file, b"[2]", NEW)
    assert read(file) is None
    assert read(file, NEW) == b"[2]"


def test_without_a_file_nothing_is_kept() -> None:
    with open_cache(None) as cache:
        cache.keep("sums", {"a": (OLD, b"[1]")})
        assert not cache.is_open
        assert cache.find("sums", {"a": OLD}) == {}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_a_file_that_is_not_a_cache_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "cache.db"
    file.write_bytes(content)
    assert read(file) is None
    assert read(write(file)) == b"[1]"


def test_a_cache_with_another_schema_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "cache.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table kept (something text)")
    assert read(file) is None
    assert read(write(file)) == b"[1]"


def test_damage_in_the_middle_loses_only_damaged_values_and_is_repaired(tmp_path: Path) -> None:
    file = write(tmp_path / "cache.db", b"x" * 50_000)
    image = bytearray(file.read_bytes())
    for at in range(4096, len(image)):
        image[at] ^= 0x55
    file.write_bytes(image)
    assert read(file) is None
    assert read(write(file)) == b"[1]"


def test_a_value_with_a_wrong_checksum_is_missing(tmp_path: Path) -> None:
    file = write(tmp_path / "cache.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update kept set value = ?", (b"[7]",))
    assert read(file) is None


def test_a_file_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "more").write_text("in the way")
    for place in (tmp_path / "file" / "cache.db", tmp_path / "folder"):
        with open_cache(place) as cache:
            cache.keep("sums", {"a": (OLD, b"[1]")})
            assert cache.find("sums", {"a": OLD}) == {}


def test_a_cache_that_is_being_written_by_another_is_done_without_and_left_alone(tmp_path: Path) -> None:
    file = write(tmp_path / "cache.db")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        assert read(file) is None
        connection.execute("rollback")
    assert read(file) == b"[1]"


def test_two_processes_may_keep_things_at_once(tmp_path: Path) -> None:
    file = tmp_path / "cache.db"
    program = """
import sys
from pathlib import Path
from duly.cache import open_cache
for number in range(40):
    with open_cache(Path(sys.argv[1])) as cache:
        cache.keep(sys.argv[2], {str(number): (b"old", str(number).encode())})
"""
    processes = [subprocess.Popen([sys.executable, "-c", program, str(file), kind]) for kind in ("one", "two")]
    assert [process.wait(60) for process in processes] == [0, 0]
    with open_cache(file) as cache:
        for kind in ("one", "two"):
            values = cache.find(kind, {str(number): OLD for number in range(40)})
            assert all(value == name.encode() for name, value in values.items())
            assert values


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_replaced(tmp_path: Path, mode: int) -> None:
    file = write(tmp_path / "cache.db")
    assert read(file) == b"[1]"
    file.chmod(mode)
    assert read(file) is None
    assert read(write(file)) == b"[1]"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_nothing_is_kept_in_a_folder_to_which_others_may_write(tmp_path: Path) -> None:
    file = write(tmp_path / "folder" / "cache.db")
    file.parent.chmod(0o777)
    assert read(file) is None
    with open_cache(file) as cache:
        assert not cache.is_open


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_folder_and_the_file_are_for_this_user_alone(tmp_path: Path) -> None:
    file = write(tmp_path / "folder" / "cache.db")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_of_another_user_is_not_believed(tmp_path: Path) -> None:
    file = write(tmp_path / "cache.db")
    os.chown(file, 12345, 12345)
    assert read(file) is None
    os.chown(tmp_path, 12345, 12345)
    assert read(write(file)) is None
