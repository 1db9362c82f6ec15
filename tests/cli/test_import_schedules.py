"""What ``duly import`` does with the schedules that texts hold."""

from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.journal import Journal
from duly.scheduling.schedule import Schedule

run = partial(call, "import")
VAULT = "#flashcards\nA::B\n<!--SR:!2026-08-20,4,270-->\nC:::D <!--SR:!2026-08-25,6,250!2000-01-01,1,250-->\n"
GOCARD = """---
tags: [math]
last_reviewed: 2026-08-10
review_interval: 9
difficulty: 2.4
---
# Question
Why?
# Answer
So.
"""


@pytest.fixture(autouse=True)
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DULY_NOW", "2026-08-19T12:00:00+00:00")
    Path("vault").mkdir()
    Path("vault/a.md").write_text(VAULT)


def schedules(home: Path) -> list[Schedule]:
    with Journal.open(home / "duly.db") as journal:
        return list(journal.schedules().values())


def test_a_schedule_is_told_of_and_taken_over_once(own_world: Path) -> None:
    result = run("vault", "--to", "cards")
    assert result.stderr == ""
    assert result.stdout.splitlines()[-1] == (
        "vault: 2 schedules not taken over; import again with --progress, and cards come back as planned there"
    )
    last_lines = [run("vault", "--to", "cards", "--progress").stdout.splitlines()[-1] for _ in range(2)]
    assert last_lines == [
        "vault: 2 schedules taken over",
        "vault: 0 schedules taken over; for 2 the cards were answered or taken over before",
    ]
    first, second = schedules(own_world)
    assert (first.repetitions, first.interval, first.easiness, first.lapses) == (2, 4, 270, 0)
    assert (second.interval, second.easiness) == (6, 250)
    assert None not in (first.due, first.last, second.due)
    assert call("due").stdout == "due 0, drill 0, new 1, done today 0\n"


def test_an_answer_given_here_counts_more_than_a_schedule_there(own_world: Path) -> None:
    run("vault", "--to", "cards")
    call("quiz", "cards", "--plain", input="\n3\nq\n")
    before = schedules(own_world)
    assert len(before) == 1
    assert run("vault", "--to", "cards", "--progress").stdout.splitlines()[-1] == (
        "vault: 1 schedule taken over; for 1 the cards were answered or taken over before"
    )
    assert before[0] in schedules(own_world)


def test_a_card_whose_answer_was_reworded_here_gets_its_schedule_too(own_world: Path) -> None:
    run("vault", "--to", "cards")
    deck = Path("cards/a.yaml")
    deck.write_text(deck.read_text().replace("a: B", "a: better").replace("reverse: true", "reverse: false"))
    assert run("vault/a.md", "--to", "cards", "--progress").stdout.splitlines()[-1] == (
        "vault/a.md: 2 schedules taken over"
    )
    assert len(schedules(own_world)) == 2


def test_undo_in_a_quiz_takes_back_no_schedule(own_world: Path) -> None:
    run("vault", "--to", "cards", "--progress")
    before = schedules(own_world)
    call("quiz", "cards", "--plain", input="u\nq\n")
    assert schedules(own_world) == before


def test_the_schedule_of_gocard_is_taken_over(own_world: Path) -> None:
    Path("b.md").write_text(GOCARD)
    result = run("b.md", "--to", "cards", "--progress")
    assert (result.stderr, result.stdout.splitlines()[-1]) == ("", "b.md: 1 schedule taken over")
    (schedule,) = schedules(own_world)
    assert (schedule.interval, schedule.easiness, schedule.repetitions) == (9, 240, 2)
    assert call("due").stdout == "due 1, drill 0, new 0, done today 0\n"


def test_a_text_without_schedules_says_so() -> None:
    Path("b.md").write_text(GOCARD.replace("review_interval: 9", "review_interval: 0"))
    assert run("b.md", "--to", "cards", "--progress").stdout.splitlines()[-1] == "b.md: no schedule was found"
    Path("c.txt").write_text("Q: a\nA: b\n")
    assert "schedule" not in run("c.txt", "--to", "cards").stdout


@pytest.mark.parametrize("arguments", [[], ["--in", "cards"], ["--to", "cards", "--in", "vault/a.md"]])
def test_progress_from_a_text_goes_to_the_folder_of_its_cards(arguments: list[str]) -> None:
    Path("cards").mkdir()
    result = run("vault", "--progress", *arguments)
    assert result.exit_code == 2
    assert "--progress goes with a text if --to is given, and --in is not" in result.stderr
