"""``duly plan``: on real decks and a real journal."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.student import Student, answer

from duly.scheduling.grade import Grade


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck of twenty cards, two of them answered today."""
    monkeypatch.setenv("DULY_NOW", "2026-03-02T21:00:00+08:00")
    student = Student(tmp_path)
    student.writes("deck: ml\ncards:\n" + "".join(f"- {{q: q{n}, a: a{n}}}\n" for n in range(20)), "1.yaml")
    session = student.session()
    answer(session, Grade.GOOD)
    answer(session, Grade.EASY)
    student.leaves()
    return tmp_path


def test_three_ways_to_the_exam_are_shown_with_what_they_assume(folder: Path) -> None:
    run = call("plan", folder, "--db", folder / "duly.db", "--exam", "2026-04-01")
    lines = run.stdout.splitlines()
    assert (run.exit_code, lines[0]) == (0, "2026-04-01, in 30 days: 20 cards, 18 of them new")
    assert [line for line in lines if line and not line.startswith(" ")][1:4] == [
        "As you go on now: 20 new cards and 200 reviews a day",
        "To reach every card: 20 new cards and 200 reviews a day",
        "As now, and 60 minutes a day of cramming in the last week",
    ]
    assert "Safe: cards with a chance of 90% or more." in " ".join(run.stdout.split())
    assert "Assumes that you remember as FSRS with the usual parameters says" in run.stdout


def test_as_json_every_plan_has_its_days_and_is_the_same_at_every_call(folder: Path) -> None:
    calls = [
        call("plan", folder, "--db", folder / "duly.db", "--exam", "2026-03-12", "--json").stdout for _ in range(2)
    ]
    report = json.loads(calls[0])
    assert calls[0] == calls[1]
    assert [plan["name"] for plan in report["plans"]] == ["present", "all", "cram"]
    assert {len(plan["per_day"]) for plan in report["plans"]} == {10}
    assert report["plans"][0]["unseen"] == 0
    assert 0 < report["plans"][0]["known"] <= 20


@pytest.mark.parametrize(
    ("exam", "words"),
    [("soon", "'soon' is not a date"), ("2026-03-02", "does not lie in the next ten years")],
)
def test_a_day_that_cannot_be_planned_for_is_refused(folder: Path, exam: str, words: str) -> None:
    assert words in str(call("plan", folder, "--db", folder / "duly.db", "--exam", exam).exception)
