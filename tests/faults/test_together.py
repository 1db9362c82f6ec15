"""Two quizzes at once on one journal, each a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from duly.journal import Journal
from duly.scheduling.entries import Review
from duly.scheduling.replay import replay
from duly.scheduling.sm2 import PROFILES

DECK = "".join(f"- {{q: Question {number}?, a: answer, id: n{number}}}\n" for number in range(3))


class Quiz:
    """A quiz line by line, in a process of its own."""

    def __init__(self, cards: Path, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", "from duly.cli import main; main()", "quiz", "--plain", str(cards)],
            env={**os.environ, "DULY_HOME": str(home), "DULY_NOW": "2026-03-02T21:00:00Z", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def until(self, words: str) -> None:
        assert self.process.stdout is not None
        seen = ""
        while words not in seen:
            character = self.process.stdout.read(1)
            assert character, seen
            seen += character

    def types(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def ends(self) -> int:
        self.process.communicate()
        return self.process.returncode


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    yield folder


def test_two_quizzes_in_turns_lose_no_answer_and_agree_on_the_schedules(cards: Path, own_world: Path) -> None:
    quizzes = [Quiz(cards, own_world) for _ in range(2)]
    for number in range(3):
        for quiz in quizzes:
            quiz.until(f"[{number + 1}/3]")
            quiz.until("Enter shows the answer")
        for quiz in quizzes:
            quiz.types("")
            quiz.until("q quit")
        for grade, quiz in zip("34", quizzes, strict=True):
            quiz.types(grade)
    assert [quiz.ends() for quiz in quizzes] == [0, 0]
    with Journal.open(own_world / "duly.db") as journal:
        entries = list(journal.entries())
        assert journal.schedules() == replay(entries, PROFILES.__getitem__)
    answers = [(str(one.entry.card), int(one.entry.grade)) for one in entries if isinstance(one.entry, Review)]
    assert sorted(answers) == [(f"n{number}/front", grade) for number in range(3) for grade in (4, 5)]
