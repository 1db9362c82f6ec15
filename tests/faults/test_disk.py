"""A disk that is full, or that may not be written: what was there stays whole, and what to do is said."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from duly.journal import Journal
from duly.scheduling.journal_entries import Review

MOUNT = ("unshare", "--map-root-user", "--mount", "sh", "-c")


def may_mount() -> bool:
    """Whether this user may mount a file system of its own, seen by its processes alone."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*MOUNT, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False).returncode == 0


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not may_mount(), reason="needs a user who may mount a small disk")]

DULY = f"{sys.executable} -c 'from duly.cli import main; main()'"
DECK = "".join(f"- q: Question {number}?\n  a: answer {number}\n" for number in range(400))


class Disk:
    """A small disk. What `kept` holds is copied to it before the commands run, and all of it back to `kept` after."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept"
        self.mounted = folder / "disk"
        self.mounted.mkdir()
        (self.kept / "cards").mkdir(parents=True)
        (self.kept / "cards" / "deck.yaml").write_text(DECK, encoding="utf-8")

    def run(
        self, command: str, *, kilobytes: int, typed: Sequence[str] = (), read_only: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command of duly in the folder of the disk, which is its home as well."""
        after = self.kept.with_name("after")
        script = (
            f"mount -t tmpfs -o size={kilobytes}k tmpfs {self.mounted} && cp -a {self.kept}/. {self.mounted} "
            f"&& cd {self.mounted} {'&& mount -o remount,ro ' + str(self.mounted) if read_only else ''}\n"
            f"{DULY} {command}\n"
            f"status=$?; mkdir {after}; cp -a {self.mounted}/. {after}; exit $status"
        )
        done = subprocess.run(
            [*MOUNT, script],
            input="".join(f"{line}\n" for line in typed),
            env={**os.environ, "DULY_HOME": str(self.mounted), "PYTHONUTF8": "1", "DULY_NOW": "2026-03-02T21:00:00Z"},
            text=True,
            encoding="utf-8",
            capture_output=True,
            timeout=120,
            check=False,
        )
        shutil.rmtree(self.kept)
        after.rename(self.kept)
        return done

    @property
    def answers(self) -> int:
        with Journal.open(self.kept / "duly.db", create=False) as journal:
            return sum(isinstance(logged.entry, Review) for logged in journal.entries())


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def assert_said(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert "Traceback" not in done.stderr, done.stderr
    assert any(word in done.stdout + done.stderr for word in words), done.stdout[-300:] + done.stderr


def test_answers_saved_before_the_disk_was_full_are_there_and_the_one_that_was_not_is_named(disk: Disk) -> None:
    (disk.kept / "config.toml").write_text("new_per_day = 400\n", encoding="utf-8")
    done = disk.run("quiz --plain cards", kilobytes=480, typed=["", "3"] * 400)
    assert done.returncode != 0
    assert_said(done, "the disk is full", "disk I/O error")
    asked = done.stdout.count("/400] ")
    assert 0 < disk.answers == asked - 1
    assert disk.run("due cards", kilobytes=8000).stdout.startswith("due 0, drill 0, new ")


def test_a_package_that_finds_no_room_leaves_the_one_before(disk: Disk) -> None:
    assert disk.run("export cards -o deck.apkg", kilobytes=4000).returncode == 0
    old = (disk.kept / "deck.apkg").read_bytes()
    (disk.kept / "cards" / "deck.yaml").write_text(DECK.replace("answer", "changed answer"), encoding="utf-8")
    used = sum(file.stat().st_size // 4096 + 1 for file in disk.kept.rglob("*") if file.is_file()) * 4 + 16
    done = disk.run("export cards -o deck.apkg", kilobytes=used + 12)
    assert done.returncode == 2
    assert_said(done, "No space left on device", "disk is full", "disk I/O error")
    assert (disk.kept / "deck.apkg").read_bytes() == old
    assert disk.run("export cards -o deck.apkg", kilobytes=4000).returncode == 0
    assert (disk.kept / "deck.apkg").read_bytes() != old


def test_a_deck_file_that_finds_no_room_stays_as_it_was(disk: Disk) -> None:
    used = (disk.kept / "cards" / "deck.yaml").stat().st_size // 1024
    done = disk.run("stamp cards", kilobytes=used + 16)
    assert done.returncode == 2
    assert_said(done, "No space left on device")
    assert (disk.kept / "cards" / "deck.yaml").read_text(encoding="utf-8") == DECK
    assert [path.name for path in (disk.kept / "cards").iterdir()] == ["deck.yaml"]


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("quiz --plain cards", 2),
        ("stamp cards", 2),
        ("export cards", 2),
        ("check cards", 0),
        ("due cards", 0),
        ("list Question", 0),
    ],
)
def test_on_a_disk_that_may_not_be_written_what_reads_works_and_what_writes_says_so(
    disk: Disk, command: str, status: int
) -> None:
    done = disk.run(command, kilobytes=4000, typed=["", "3"], read_only=True)
    assert_said(done, *(("cannot be",) if status else ("",)))
    assert done.returncode == status
    assert (disk.kept / "cards" / "deck.yaml").read_text(encoding="utf-8") == DECK
    assert sorted(path.name for path in disk.kept.iterdir()) == ["cards"]
