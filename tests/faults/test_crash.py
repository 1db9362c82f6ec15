"""Killed at any point, duly leaves every file whole, keeps what was answered, and goes on at the next start."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.faults.crash import input_of, points, run, steps

from duly.journal import Journal
from duly.journal.database import APPLICATION, upgrades
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler

pytestmark = pytest.mark.slow

POINTS = int(os.environ.get("DULY_FAULT_POINTS", "8"))
"""At how many points each kind of work is broken off; ``DULY_FAULT_POINTS=9999`` tries every one."""

DECK = "".join(f"- q: Question {number}?\n  a: answer {number}\n" for number in range(4))
ANSWERS = input_of(["", "3"] * 4)

Prepared = Callable[[], tuple[Path, Path]]


@pytest.fixture
def fresh(tmp_path: Path) -> Prepared:
    """Makes a new home and a new folder of cards each time it is called."""
    made = iter(range(1000))

    def prepare() -> tuple[Path, Path]:
        world = tmp_path / str(next(made))
        (world / "cards").mkdir(parents=True)
        (world / "cards" / "deck.yaml").write_text(DECK, encoding="utf-8")
        return world / "home", world / "cards"

    return prepare


def graded(home: Path) -> list[str]:
    """The cards that were answered; the journal is sound, and its schedules are what its entries come to."""
    with Journal.open(home / "duly.db", create=False) as journal:
        entries = list(journal.entries())
        assert journal.schedules() == replay(entries, find_scheduler)
    if (home / "duly.db").exists():
        with closing(sqlite3.connect(home / "duly.db")) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    return [str(logged.entry.card) for logged in entries]


def test_no_answer_is_lost_wherever_a_quiz_is_killed(fresh: Prepared) -> None:
    home, cards = fresh()
    number = steps("quiz", "--plain", cards, home=home, typed=ANSWERS)
    for point in points(number, POINTS):
        home, cards = fresh()
        killed = run("quiz", "--plain", cards, home=home, typed=ANSWERS, dies_at=point)
        assert killed.returncode == -9
        answered = max(killed.stdout.count("/4] "), 1) - 1  # the next question shows once an answer is saved
        assert len(graded(home)) >= answered
        again = run("quiz", "--plain", cards, home=home, typed=ANSWERS)
        assert again.returncode == 0, again.stderr
        assert len(set(graded(home))) == len(graded(home)) == 4


def test_an_export_leaves_the_old_package_or_the_new_one(fresh: Prepared) -> None:
    home, cards = fresh()
    target = cards.parent / "deck.apkg"
    run("export", cards, "-o", target, home=home)
    old = target.read_bytes()
    deck = cards / "deck.yaml"
    deck.write_text(DECK.replace("answer 2", "another answer"), encoding="utf-8")
    saved = shutil.copytree(cards.parent, cards.parent.parent / "saved")
    number = steps("export", cards, "-o", target, home=home)
    new = target.read_bytes()
    assert new != old
    for point in points(number, POINTS):
        shutil.rmtree(cards.parent)
        shutil.copytree(saved, cards.parent)
        assert run("export", cards, "-o", target, home=home, dies_at=point).returncode == -9
        assert target.read_bytes() in (old, new)
        assert run("export", cards, "-o", target, home=home).returncode == 0
        assert target.read_bytes() == new
        assert not (home / "exports.part").exists()


@pytest.mark.parametrize("work", ["stamp", "import"])
def test_a_deck_file_is_the_old_text_or_the_new_one(fresh: Prepared, work: str) -> None:
    def arguments(cards: Path) -> tuple[str | Path, ...]:
        if work == "stamp":
            return ("stamp", cards)
        notes = cards.parent / "deck.txt"
        notes.write_text("问：什么是过拟合？\n\n答：只记住了训练集。\n", encoding="utf-8")
        return ("import", notes, "--to", cards)

    home, cards = fresh()
    number = steps(*arguments(cards), home=home)
    new = (cards / "deck.yaml").read_text(encoding="utf-8")
    assert new != DECK
    for point in points(number, POINTS):
        home, cards = fresh()
        assert run(*arguments(cards), home=home, dies_at=point).returncode == -9
        assert (cards / "deck.yaml").read_text(encoding="utf-8") in (DECK, new)
        assert run(*arguments(cards), home=home).returncode == 0
        assert (cards / "deck.yaml").read_text(encoding="utf-8") == new


def test_an_upgrade_of_the_journal_is_whole_or_not_at_all(fresh: Prepared) -> None:
    def old() -> Path:
        home, _ = fresh()
        home.mkdir()
        with closing(sqlite3.connect(home / "duly.db", isolation_level=None)) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.executescript(upgrades()[0][1])
            for number in range(1, 51):
                connection.execute(
                    "insert into entries (device, number, kind, note, face, at, day, offset, grade, scheduler, took)"
                    " values ('desk', ?, 'review', ?, 'front', 0, 0, 0, 4, 'sm2-paper', 0)",
                    (number, f"note{number}"),
                )
            connection.execute(f"pragma application_id = {APPLICATION}")
            connection.execute("pragma user_version = 1")
        return home

    home = old()
    number = steps("journal", home=home)
    for point in points(number, POINTS):
        home = old()
        assert run("journal", home=home, dies_at=point).returncode == -9
        with closing(sqlite3.connect(home / "duly.db")) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            assert connection.execute("select count(*) from entries").fetchone() == (50,)
        assert len(run("journal", home=home).stdout.splitlines()) == 50
