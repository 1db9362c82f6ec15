"""The state of a journal is told without opening it for use."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from duly.cards import CardId, Face, NoteId
from duly.journal import Journal
from duly.journal.state import state
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Moment, Suspend
from duly.scheduling.schedule import Schedule


@pytest.mark.parametrize("name", ["duly.db", "a b.db", "50%.db", "what?.db", "#1.db", "什么.db", "%3f.db"])
def test_it_changes_with_every_entry(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    states = [state(file)]
    with Journal.open(file) as journal:
        for at in range(3):
            states.append(state(file))
            with journal.writing() as page:
                moment = Moment(at, StudyDay(20_000), 0)
                page.append(Suspend(CardId(NoteId("note"), Face("front")), moment), Schedule(suspended=True))
        states.append(state(file))
    assert state(file) == state(file)
    assert states[0] == "new"
    assert len(set(states)) == 5
    assert None not in states
    assert [one.name for one in tmp_path.iterdir()] == [name], "nothing is left beside it"


def test_it_is_none_of_what_is_no_journal(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    file.write_bytes(b"no database at all" * 100)
    assert state(file) is None
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table mine (word text)")
    assert state(file) is None


def test_it_changes_where_the_file_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "duly.db"
    Journal.open(file).close()
    before = state(file)
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size - 1)
        stream.write(b"\xff")
    assert state(file) != before
