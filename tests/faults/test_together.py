"""Two quizzes at once on one journal, each a process of its own."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from duly.journal import Journal
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler

pytestmark = pytest.mark.slow

PATIENCE = 30
"""Seconds to wait for a program before it is taken to hang."""

DECK = "".join(f"- {{q: Question {number}?, a: answer, id: n{number}}}\n" for number in range(3))


class Quiz:
    """A quiz line by line, in a process of its own."""

    def __init__(self, cards: Path, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", "from duly.cli import main; main()", "quiz", "--plain", str(cards)],
            env={**os.environ, "DULY_HOME": str(home), "DULY_NOW": "2026-03-02T21:00:00Z", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def until(self, words: str) -> None:
        assert self.process.stdout is not None
        seen = b""
        while words.encode() not in seen:
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            byte = os.read(self.process.stdout.fileno(), 1) if ready else b""
            assert byte, seen.decode(errors="replace")
            seen += byte

    def types(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
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
            quiz.until("Press Enter to show the answer")
        for quiz in quizzes:
            quiz.types("")
            quiz.until("Grade (")
        for grade, quiz in zip("34", quizzes, strict=True):
            quiz.types(grade)
    assert [quiz.ends() for quiz in quizzes] == [0, 0]
    with Journal.open(own_world / "duly.db") as journal:
        entries = list(journal.entries())
        assert journal.schedules() == replay(entries, find_scheduler)
    answers = [
        (str(logged.entry.card), int(logged.entry.grade)) for logged in entries if isinstance(logged.entry, Review)
    ]
    assert sorted(answers) == [(f"n{number}/front", grade) for number in range(3) for grade in (4, 5)]
