"""Writing over a person's file, and whole files."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from duly.atomic_write import STALE_AFTER, _lock_file, _lock_on_windows, creating, replace_file, replacing
from duly.errors import DulyError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"old")
    return file


def test_the_content_is_replaced_and_the_mode_kept(file: Path) -> None:
    file.chmod(0o640)
    replace_file(file, b"old", b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o640)
    assert os.listdir(file.parent) == ["a.yaml"]  # noqa: PTH208 - hidden files count


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    with pytest.raises(DulyError, match="was changed by another program"):
        replace_file(file, b"older", b"new")
    assert file.read_bytes() == b"old"


def test_a_file_that_its_owner_made_read_only_is_left_alone(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(DulyError, match="cannot be written: Permission denied"):
        replace_file(file, b"old", b"new")
    assert (file.read_bytes(), list(file.parent.iterdir())) == (b"old", [file])


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    replace_file(link, b"old", b"new")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"new")


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DulyError, match="cannot be written: No space left on device"):
        replace_file(file, b"old", b"new")
    assert (file.read_bytes(), list(file.parent.iterdir())) == (b"old", [file])


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match=r"gone\.yaml cannot be written: No such file"):
        replace_file(tmp_path / "gone.yaml", b"", b"new")


def test_a_file_may_be_new_and_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.apkg"
    with pytest.raises(ZeroDivisionError), replacing(file) as stream:
        stream.write(b"half")
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
    with replacing(file) as stream:
        stream.write(b"whole")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"whole", [file])


def test_a_link_out_of_its_folder_is_refused_unless_it_is_to_be_followed(file: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "shared" / "deck.yaml"
    link.symlink_to(file)
    with pytest.raises(DulyError, match="leads out of its folder"):
        replace_file(link, b"old", b"new")
    with pytest.raises(DulyError, match="leads out of its folder"), replacing(link) as stream:
        stream.write(b"new")
    assert file.read_bytes() == b"old"
    replace_file(link, b"old", b"new", follow=True)
    assert (link.is_symlink(), file.read_bytes()) == (True, b"new")


def test_no_link_that_lies_ready_under_the_name_of_a_temporary_file_is_followed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = file.with_name("victim")
    victim.write_bytes(b"precious")
    monkeypatch.setattr("secrets.token_hex", lambda size: "0" * 2 * size)
    trap = file.with_name(f".a.yaml.{'0' * 16}.part")
    trap.symlink_to(victim)
    with pytest.raises(DulyError, match="cannot be written: File exists"):
        replace_file(file, b"old", b"new")
    assert (file.read_bytes(), victim.read_bytes(), trap.is_symlink()) == (b"old", b"precious", True)


def test_names_of_temporary_files_are_made_by_chance(file: Path) -> None:
    def name() -> str:
        with replacing(file):
            return next(path.name for path in file.parent.iterdir() if path != file)

    assert name() != name()


def test_a_new_file_appears_whole_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "made" / "a.png"
    with creating(file) as stream:
        stream.write(b"mine")
        assert not file.exists()
    with pytest.raises(DulyError, match="was changed by another program"), creating(file) as stream:
        stream.write(b"other")
    assert (file.read_bytes(), list(file.parent.iterdir())) == (b"mine", [file])


def test_a_new_file_has_the_mode_that_the_system_gives_new_files(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with creating(tmp_path / "created"), replacing(tmp_path / "replaced"):
        pass
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {
        stat.S_IMODE((tmp_path / "usual").stat().st_mode)
    }


WRITES = """
import sys
from pathlib import Path
from duly.atomic_write import replacing

with replacing(Path(sys.argv[1])) as stream:
    stream.write(b"new")
"""


def test_stale_temporary_files_are_removed_and_those_in_use_stay(file: Path) -> None:
    dead = file.with_name(f".b.yaml.{'1' * 16}.part")
    alive = file.with_name(f".b.yaml.{'2' * 16}.part")
    user_file = file.with_name(".notes.part")
    for old_file in (dead, alive, user_file):
        old_file.touch()
    for old_file in (dead, user_file):
        before = old_file.stat().st_mtime - STALE_AFTER - 1
        os.utime(old_file, (before, before))
    subprocess.run([sys.executable, "-c", WRITES, str(file)], check=True)
    assert {path.name for path in file.parent.iterdir()} == {"a.yaml", alive.name, user_file.name}


def test_a_folder_is_not_listed_for_each_of_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed_folders: list[Path] = []
    iterdir = Path.iterdir

    def counting(folder: Path) -> Iterator[Path]:
        listed_folders.append(folder)
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", counting)
    for number in range(20):
        with creating(tmp_path / f"{number}.png") as stream:
            stream.write(b"x")
    assert listed_folders == [tmp_path]


ADDS = """
import sys
from pathlib import Path
from duly.errors import DulyError
from duly.atomic_write import replace_file

file, name = Path(sys.argv[1]), sys.argv[2].encode()
refused = 0
for number in range(80):
    while True:
        old = file.read_bytes()
        try:
            replace_file(file, old, old + name + b" %d\\n" % number)
        except DulyError as error:
            assert "was changed by another program" in str(error)
            refused += 1
        else:
            break
print(refused)
"""


def test_concurrent_writers_do_not_overwrite_each_other(file: Path) -> None:
    file.write_bytes(b"")
    writers = [
        subprocess.Popen([sys.executable, "-c", ADDS, str(file), name], stdout=subprocess.PIPE) for name in "abc"
    ]
    assert [(writer.communicate(timeout=60), writer.returncode)[1] for writer in writers] == [0, 0, 0]
    lines = file.read_text().splitlines()
    assert {name: [line for line in lines if line[0] == name] for name in "abc"} == {
        name: [f"{name} {number}" for number in range(80)] for name in "abc"
    }
    assert list(file.parent.iterdir()) == [file]


def test_where_folders_cannot_be_locked_a_file_is_locked_instead(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "link").symlink_to("cards")
    assert _lock_file(tmp_path / "cards") == _lock_file(tmp_path / "link") != _lock_file(tmp_path)
    assert not _lock_file(tmp_path / "cards").is_relative_to(tmp_path)


@pytest.mark.parametrize(("errors", "tries"), [([], 1), ([errno.EDEADLK] * 2, 3), ([errno.EINVAL], 1)])
def test_on_windows_a_lock_is_waited_for_and_done_without_where_there_are_none(
    errors: list[int], tries: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[int, int]] = []

    def locking(_handle: int, mode: int, size: int) -> None:
        calls.append((mode, size))
        if len(calls) <= len(errors):
            raise OSError(errors[len(calls) - 1], "no")

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_LOCK=1))
    with file.open("ab") as stream:
        _lock_on_windows(stream.fileno())
    assert calls == [(1, 1)] * tries
