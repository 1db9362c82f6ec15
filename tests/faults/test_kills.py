"""Killed at a moment that chance chooses, duly has lost no answer that it called saved, and left no half of a file."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.faults.test_crash import graded
from tests.learner import Learner
from tests.test_atomic_write import WRITES

from duly.atomic_write import STALE_AFTER
from duly.deckfile.load import load

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("DULY_FAULT_KILLS", "5"))
"""How many times each kind of work is killed."""

CARDS, PICTURES = 60, 30
DECK = "".join(f"- {{q: Question {number}?, a: answer, id: n{number}}}\n" for number in range(CARDS))


def started(*words: str | Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-u", "-c", "from duly.cli import main; main()", *map(str, words)],
        env={**os.environ, "DULY_HOME": str(home), "DULY_NOW": "2026-03-02T21:00:00Z", "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def killed(*words: str | Path, home: Path, after: float, typed: bytes = b"") -> str:
    """Runs the command and kills it so many seconds after it began, and gives what it had said."""
    process = started(*words, home=home)
    assert process.stdin is not None
    process.stdin.write(typed)
    process.stdin.flush()
    time.sleep(after)
    process.kill()
    return process.communicate()[0].decode()


def seconds(*words: str | Path, home: Path, typed: bytes = b"") -> float:
    """How long the command takes when it is left alone."""
    began = time.monotonic()
    assert started(*words, home=home).communicate(typed)[0]
    return time.monotonic() - began


def parts(folder: Path) -> list[Path]:
    return [file for file in folder.rglob(".*.part*") if file.is_file()]


def test_no_answer_that_was_called_saved_is_lost(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "deck.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "config.toml").write_text("new_per_day = 1000\n")
    typed, chance = b"\n3\n" * CARDS, random.Random(1)
    whole = seconds("quiz", "--plain", cards, home=tmp_path / "whole", typed=typed)
    for number in range(KILLS):
        home = tmp_path / f"home{number}"
        home.mkdir()
        (home / "config.toml").write_text("new_per_day = 1000\n")
        for _ in range(2):
            before = len(graded(home))
            output = killed("quiz", "--plain", cards, home=home, after=chance.uniform(0, whole), typed=typed)
            answered = max(output.count(f"/{CARDS}] "), 1) - 1  # the next question shows once an answer is saved
            after = graded(home)
            assert len(after) >= max(answered, before)
            assert len(set(after)) == len(after)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of cards with large pictures."""
    someone = Learner(tmp_path_factory.mktemp("learner") / "anki")
    for number in range(PICTURES):
        someone.collection.media.write_data(f"{number}.png", bytes([number + 1]) * 300_000)
        someone.adds("Basic", f"q{number}", f'<img src="{number}.png">', deck=f"deck{number % 5}")
    file = someone.packs(tmp_path_factory.mktemp("package") / "all.apkg")
    someone.close()
    return file


def test_an_import_leaves_no_half_of_a_file_and_the_next_one_goes_on(tmp_path: Path, package: Path) -> None:
    chance = random.Random(2)
    whole = seconds("import", package, "--to", tmp_path / "whole", home=tmp_path / "home")
    for number in range(KILLS):
        cards = tmp_path / f"cards{number}"
        for _ in range(2):
            killed("import", package, "--to", cards, home=tmp_path / "home", after=chance.uniform(whole / 4, whole))
            for picture in cards.glob("media/[!.]*"):
                assert picture.read_bytes() == bytes([int(picture.stem.split("-")[0]) + 1]) * 300_000
            assert not cards.exists() or load([cards]).problems == ()
        assert call("import", package, "--to", cards).exit_code == 0
        assert len(load([cards]).notes) == PICTURES
        assert sum(1 for _ in cards.glob("media/[!.]*")) == PICTURES, "pictures that are there already serve again"
        for part in parts(cards):
            old = time.time() - STALE_AFTER - 1
            os.utime(part, (old, old))
            subprocess.run([sys.executable, "-c", WRITES, str(part.with_name("beside.yaml"))], check=True)
        assert parts(cards) == []
