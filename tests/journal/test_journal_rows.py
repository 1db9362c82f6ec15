"""Every entry and schedule comes out of the database as it went in."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, facts, moment, moments, review, schedules

from duly.cards import CardId, Face, NoteId
from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.entry_json import entry_as_json
from duly.journal.journal_rows import entry_of_row
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Bury,
    Entry,
    EntryId,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Review,
    SetDue,
    Star,
    Suspend,
    Undo,
    Unstar,
)
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import SCHEDULER_NAMES

words = st.text(min_size=1)
cards = st.builds(CardId, words.map(NoteId), words.map(Face))
entries = facts | st.builds(Review, cards, moments, st.sampled_from(list(Grade)), st.sampled_from(SCHEDULER_NAMES))


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with Journal.open(tmp_path_factory.mktemp("journal") / "duly.db") as journal:
        yield journal


@given(entries, moments, schedules)
def test_an_entry_of_any_kind_its_undo_and_the_schedule_come_back_as_they_were(
    journal: Journal, entry: Entry, moment: Moment, schedule: Schedule
) -> None:
    with journal.transaction() as transaction:
        fact = transaction.append(entry, NEW)
        undo = transaction.append(Undo(entry.card, moment, fact.id), schedule)
    assert journal.entries_of([entry.card])[-2:] == (fact, undo)
    assert (fact.entry, undo.entry) == (entry, Undo(entry.card, moment, fact.id))
    assert journal.schedules().get(entry.card, NEW) == schedule


@given(st.builds(JournalEntry, st.builds(EntryId, words, st.integers(1)), entries))
def test_every_entry_can_be_written_as_json(logged: JournalEntry) -> None:
    values = entry_as_json(logged)
    assert json.loads(json.dumps(values)) == values
    assert {"device", "number", "kind", "card", "note", "face", "at", "day", "offset"} <= values.keys()


def own_values(entry: Entry) -> dict[str, object]:
    """What JSON says of an entry besides what all have."""
    common = ("device", "number", "card", "note", "face", "at", "day", "offset")
    return {
        name: value
        for name, value in entry_as_json(JournalEntry(EntryId("desk", 7), entry)).items()
        if name not in common
    }


def test_json_tells_an_answer() -> None:
    at = Moment(1_795_527_000_250, StudyDay(20_781), 480)
    answer = Review(CardId(NoteId("a/b"), Face("c1")), at, Grade.HARD, "sm2-paper", 4_200)
    assert entry_as_json(JournalEntry(EntryId("desk", 7), answer)) == {
        "device": "desk",
        "number": 7,
        "kind": "review",
        "card": "a/b/c1",
        "note": "a/b",
        "face": "c1",
        "at": "2026-11-24T13:30:00.250+00:00",
        "day": 20_781,
        "offset": 480,
        "grade": 3,
        "scheduler": "sm2-paper",
        "took": 4_200,
    }


def test_json_tells_what_each_kind_has_of_its_own() -> None:
    assert own_values(review(CAPITAL, 3, due=9))["due"] == 9
    assert own_values(Suspend(CAPITAL, moment(3))) == {"kind": "suspend"}
    assert own_values(Star(CAPITAL, moment(3))) == {"kind": "star"}
    assert own_values(Unstar(CAPITAL, moment(3))) == {"kind": "unstar"}
    assert own_values(Bury(CAPITAL, moment(3), StudyDay(4))) == {"kind": "bury", "until": 4}
    assert own_values(SetDue(CAPITAL, moment(3), StudyDay(30))) == {"kind": "set-due", "due": 30}
    assert own_values(Undo(CAPITAL, moment(3), EntryId("phone", 5))) == {
        "kind": "undo",
        "target": {"device": "phone", "number": 5},
    }
    assert own_values(
        ImportedSchedule(CAPITAL, moment(3), Schedule(interval=6, drill=True, memory=Sm2Memory(2)), "anki")
    ) == {
        "kind": "adoption",
        "schedule": {
            "repetitions": 2,
            "interval": 6,
            "easiness": 250,
            "lapses": 0,
            "due": None,
            "last": None,
            "drill": True,
            "suspended": False,
            "buried_until": None,
            "starred": False,
        },
        "origin": "anki",
    }


REVIEW = ("desk", 1, "review", "a", "front", 0, 20_000, 0, None, 4, "sm2-paper", 900, *[None] * 7)
"""A row of the entries, as `entry_of_row` reads it."""


def adopted(schedule: str) -> tuple[object, ...]:
    return ("desk", 1, "adoption", "a", "front", 0, 20_000, 0, *[None] * 8, schedule, "Anki", None)


def fitting(parameters: str) -> tuple[object, ...]:
    return ("desk", 1, "fitting", "fsrs", "parameters", 0, 20_000, 0, *[None] * 10, parameters)


@pytest.mark.parametrize(
    "row",
    [
        (*REVIEW[:6], 10**9, *REVIEW[7:]),
        (*REVIEW[:5], 10**18, *REVIEW[6:]),
        (*REVIEW[:7], 1440, *REVIEW[8:]),
        (*REVIEW[:9], 9, *REVIEW[10:]),
        (*REVIEW[:10], "sm2-qaper", *REVIEW[11:]),
        (*REVIEW[:1], "1", *REVIEW[2:]),
        ("desk", 1, "reviev", *REVIEW[3:]),
        *map(adopted, ["{}", "[]", "5", "{", '{"repetitions": 1, "easiness": 250, "odd": 1}']),
        *(
            adopted(f'{{"repetitions": 1, "easiness": 250, "interval": 1, "due": {due}}}')
            for due in ('"x"', "[1]", "1.5", "1" + "0" * 30)
        ),
        *(adopted(f'{{"stability": {stability}, "difficulty": 5}}') for stability in ("0", "-1", '"x"', "null")),
        *map(fitting, ["[]", "5", "{}", "[1e400]", str(["x"] * 21), str([-1] * 21), str([0.5] * 20)]),
    ],
    ids=str,
)
def test_a_row_that_damage_made_is_no_entry(row: tuple[object, ...]) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        entry_of_row(row)


def test_the_scheduler_that_there_is_not_is_named(tmp_path: Path) -> None:
    file = tmp_path / "duly.db"
    with Journal.open(file) as journal, journal.transaction() as page:
        page.append(replace(review(CAPITAL, 0), scheduler="sm2-qaper"), NEW)
    with Journal.open(file) as journal, pytest.raises(DulyError) as raised:
        list(journal.entries())
    assert str(raised.value) == (
        f"{file}: an answer was given under a scheduler 'sm2-qaper', which there is not, so the database is damaged;"
        " duly restore leaves that answer out, names it, and keeps all others"
    )
