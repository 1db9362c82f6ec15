"""``duly journal``: what was learned, for people and for programs."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.scheduling.histories import CAPITAL, RIVER

from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Bury, ImportedSchedule, Moment, Reset, Resume, Review, SetDue, Suspend, Undo
from duly.scheduling.schedule import NEW, Schedule

EVENING = Moment(1_795_527_000_250, StudyDay(20_781), 480)


def printed(*arguments: str | Path) -> list[str]:
    run = call("journal", *arguments)
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout.splitlines()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A journal with an entry of every kind."""
    file = tmp_path / "learned.db"
    with Journal.open(file) as journal, journal.transaction() as transaction:
        answer = transaction.append(Review(CAPITAL, EVENING, Grade.GOOD, "sm2-paper", 1500), NEW)
        transaction.append(Undo(CAPITAL, EVENING, answer.id), NEW)
        transaction.append(Suspend(CAPITAL, EVENING), NEW)
        transaction.append(Resume(CAPITAL, EVENING), NEW)
        transaction.append(Bury(CAPITAL, EVENING, StudyDay(20_782)), NEW)
        transaction.append(Reset(CAPITAL, EVENING), NEW)
        transaction.append(SetDue(RIVER, EVENING, StudyDay(20_788)), NEW)
        transaction.append(ImportedSchedule(RIVER, EVENING, Schedule(interval=6), "Anki"), NEW)
    return file


def test_each_entry_is_a_line_with_the_time_on_the_learners_clock(file: Path) -> None:
    assert printed("--db", file) == [
        "2026-11-24 21:30  capital/front  Good",
        "2026-11-24 21:30  capital/front  undone",
        "2026-11-24 21:30  capital/front  suspended",
        "2026-11-24 21:30  capital/front  taken up again",
        "2026-11-24 21:30  capital/front  buried until 2026-11-25",
        "2026-11-24 21:30  capital/front  as new again",
        "2026-11-24 21:30  river/back  due on 2026-12-01",
        "2026-11-24 21:30  river/back  taken from Anki",
    ]


def test_json_has_a_line_for_each_entry(file: Path) -> None:
    entries = [json.loads(line) for line in printed("--db", file, "--json")]
    assert [entry["number"] for entry in entries] == list(range(1, 9))
    assert (entries[0]["card"], entries[0]["grade"], entries[0]["at"]) == (
        "capital/front",
        4,
        "2026-11-24T13:30:00.250+00:00",
    )
    assert entries[1]["target"] == {"device": entries[0]["device"], "number": 1}


def test_where_nothing_was_learned_nothing_is_printed_and_no_file_is_made(own_world: Path) -> None:
    assert printed() == printed("--json") == []
    assert list(own_world.iterdir()) == []
