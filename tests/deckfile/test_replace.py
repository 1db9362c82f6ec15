"""Writing over a person's file."""

import os
import stat
from pathlib import Path

import pytest

from duly.deckfile.replace import replace_file
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
