"""What is left of today is remembered, and never longer than it is true."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

import pytest

from duly.cards import FRONT, CardId, derived_id
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Moment, Suspend
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import Schedule
from duly.settings import DEFAULTS, Settings
from duly.study import waiting as room
from duly.study.collection import open_collection
from duly.study.desk import Desk
from duly.study.waiting import Waiting, waiting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Learner:
    """Somebody with a deck of two cards who asks what is left."""

    def __init__(self, folder: Path) -> None:
        self.deck, self.database, self.memory = folder / "deck.yaml", folder / "duly.db", folder / "cache.db"
        self.deck.write_text("- q: one\n  a: '1'\n- q: two\n  a: '2'\n")
        self.settings: Settings = DEFAULTS
        self.now = NOON

    def left(self) -> Waiting:
        return waiting([self.deck], self.database, self.settings, lambda: self.now, self.memory)

    def answer(self) -> None:
        with open_collection([self.deck], self.database) as collection:
            session = Desk(collection, self.settings, lambda: self.now).session()
            session.reveal()
            session.grade(Grade.GOOD)


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(tmp_path)


def sorts(left: Waiting) -> tuple[int, ...]:
    return tuple(left[sort] for sort in ("due", "drill", "new", "done"))


def test_it_is_counted_once_while_nothing_changes(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    first = learner.left()
    assert sorts(first) == (0, 0, 2, 0)
    assert first["decks"] == [{"deck": "deck", "due": 0, "drill": 0, "new": 2, "total": 2}]
    monkeypatch.setattr(room, "_counted", lambda *_given: pytest.fail("counted again"))
    assert learner.left() == first


def test_an_answer_an_edit_a_day_and_a_setting_count(learner: Learner) -> None:
    learner.left()
    learner.answer()
    assert sorts(learner.left()) == (0, 0, 1, 1)
    learner.deck.write_text("- q: one\n  a: '1'\n- q: two\n  a: '2'\n- q: three\n  a: '3'\n")
    assert sorts(learner.left()) == (0, 0, 2, 1)
    learner.now += timedelta(days=1)
    assert sorts(learner.left()) == (1, 0, 2, 0)
    learner.settings = Settings(new_per_day=1)
    assert sorts(learner.left()) == (1, 0, 1, 0)


def test_an_answer_in_the_place_of_one_that_was_lost_counts(learner: Learner, tmp_path: Path) -> None:
    with Journal.open(learner.database) as journal:
        journal.back_up(tmp_path / "backup.db")
    learner.answer()
    assert sorts(learner.left()) == (0, 0, 1, 1)
    for file in tmp_path.glob("duly.db*"):
        file.unlink()
    (tmp_path / "backup.db").rename(learner.database)
    with Journal.open(learner.database) as journal, journal.writing() as page:
        card = CardId(derived_id("one"), FRONT)
        page.append(Suspend(card, Moment(1, StudyDay(20_000), 0)), Schedule(suspended=True))
    assert sorts(learner.left()) == (0, 0, 1, 0)


def test_decks_with_a_problem_are_counted_every_time(learner: Learner) -> None:
    learner.deck.write_text("- q: one\n  a: '![](one.png)'\n- q: two\n  a: '2'\n")
    assert sorts(learner.left()) == (0, 0, 1, 0)
    learner.deck.with_name("one.png").write_bytes(b"picture")
    assert sorts(learner.left()) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    "value", [b"", b"7", b"{}", b'{"due": "1"}', b'{"due":1,"drill":1,"new":1,"done":true,"decks":[]}']
)
def test_what_somebody_wrote_into_the_cache_is_not_believed(learner: Learner, value: bytes) -> None:
    learner.left()
    with closing(sqlite3.connect(learner.memory)) as connection, connection:
        connection.execute("update kept set value = ?, checksum = ? where kind = 'waiting'", (value, crc32(value)))
    assert sorts(learner.left()) == (0, 0, 2, 0)
