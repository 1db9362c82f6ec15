"""Ten days of one learner: two computers with duly, Anki on one of them, a phone, and a sync server.

The clocks are real ones, set ahead day by day, in Anki's own code too; the phone travels to another zone.
"""

import json
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.sync.clock import World, build_clock
from tests.sync.server import Server

from duly.journal import Journal
from duly.scheduling.replay import replay
from duly.scheduling.review_history import answer_instants
from duly.scheduling.scheduler_registry import find_scheduler

DAYS = 10
HOME_ZONE, ABROAD_ZONE = "Asia/Shanghai", "America/New_York"
WORDS = "deck: Words\ncards:\n" + "".join(f"- {{q: What is {n}?, a: number {n}, id: n{n}}}\n" for n in range(20))
COLUMNS = {
    "notes": "id, guid, mid, mod, tags, flds",
    "cards": "id, nid, did, ord, mod, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data",
    "revlog": "id, cid, ease, ivl, lastIvl, factor, time, type",
}


@dataclass
class Computer:
    """A computer with duly, which syncs with what `target` names."""

    folder: Path
    target: tuple[str, ...]
    learned: int = field(default=0)

    @property
    def database(self) -> Path:
        return self.folder / "duly.db"

    def runs(self, world: World, *words: object, stdin: str = "") -> str:
        return world.python("duly", *words, stdin=stdin, DULY_HOME=str(self.folder / "home"))

    def learns(self, world: World, grades: list[int]) -> None:
        """Answers what is asked; cards that are forgotten come again at once."""
        self.runs(world, "quiz", "--plain", self.folder / "cards", "--db", self.database,
                  stdin="".join(f"\n{grade}\n" for grade in grades))  # fmt: skip

    def syncs(self, world: World) -> dict[str, Any]:
        words = ("sync", self.folder / "cards", "--db", self.database, "--yes", "--json", *self.target)
        report: dict[str, Any] = json.loads(self.runs(world, *words))
        return report

    def answers(self) -> list[int]:
        with Journal.open(self.database) as journal:
            return sorted(answer_instants(journal.entries()).values())


class Days:
    """The devices, the day, and what the learner does with them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.world = World(build_clock(folder), timedelta(), HOME_ZONE)
        self.chance = random.Random(seed)
        with at(self.world):
            self.server = Server(folder / "server")
        self.desk, self.phone = folder / "desk" / "collection.anki2", folder / "phone" / "collection.anki2"
        self.computer = Computer(folder / "computer", ("--collection", str(self.desk)))
        self.laptop = Computer(folder / "laptop", ("--server", self.server.address))
        for home in (self.computer, self.laptop):
            (home.folder / "cards").mkdir(parents=True)
            (home.folder / "cards" / "words.yaml").write_text(WORDS, encoding="utf-8")

    def goes_on(self, days: int) -> None:
        """Sets all clocks ahead; a server whose clock is not that of its clients refuses them."""
        self.server.stop()
        self.world = replace(self.world, ahead=self.world.ahead + timedelta(days=days))
        with at(self.world):
            self.server.start()

    def anki(self, file: Path, *words: object, zone: str = HOME_ZONE) -> int:
        """Runs a device with Anki; how many answers were given."""
        return replace(self.world, zone=zone).python("tests.sync.device", file, *words).count("\n")

    def learns(self, zone: str) -> int:
        """One device is learned with; how many answers were given. The clock of the laptop is an hour slow."""
        device = self.chance.choice(("desk", "phone", "computer", "laptop"))
        number, seed = self.chance.randrange(2, 8), self.chance.random()
        if device == "phone":
            return self.anki(self.phone, "learn", number, seed, zone=zone)
        if device == "desk":
            return self.anki(self.desk, "learn", number, seed)
        home = self.computer if device == "computer" else self.laptop
        slow = timedelta(hours=device == "laptop")
        before = len(home.answers())
        grades = [self.chance.choice((1, 2, 3, 4)) for _answer in range(number)]
        home.learns(replace(self.world, ahead=self.world.ahead - slow), grades)
        return len(home.answers()) - before

    def syncs(self, device: str, zone: str) -> None:
        match device:
            case "desk":
                self.anki(self.desk, "sync", self.server.address)
            case "phone":
                self.anki(self.phone, "sync", self.server.address, zone=zone)
            case "computer":
                self.computer.syncs(self.world)
            case "laptop":
                self.laptop.syncs(self.world)

    def tables(self, file: Path) -> dict[str, list[Any]]:
        with closing(sqlite3.connect(file)) as collection:
            return {
                table: collection.execute(f"select {columns} from {table} order by 1").fetchall()
                for table, columns in COLUMNS.items()
            }


@pytest.fixture
def days(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Days]:
    monkeypatch.setenv("DULY_ANKI_USER", "anna")
    monkeypatch.setenv("DULY_ANKI_PASSWORD", "secret")
    monkeypatch.delenv("DULY_NOW", raising=False)
    days = Days(tmp_path, request.param)
    yield days
    days.server.stop()


class at:  # noqa: N801 - reads as a preposition: with at(world)
    """The environment of a world, for what is started in the block."""

    def __init__(self, world: World) -> None:
        self._patch = pytest.MonkeyPatch()
        self._world = world

    def __enter__(self) -> None:
        for name, value in self._world.environment().items():
            self._patch.setenv(name, value)

    def __exit__(self, *_error: object) -> None:
        self._patch.undo()


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="the clock is preloaded")
@pytest.mark.parametrize("days", range(int(os.environ.get("DULY_LEARNERS", "1"))), indirect=True)
def test_two_computers_a_desk_and_a_phone_end_ten_days_with_one_and_the_same_state(days: Days) -> None:
    days.anki(days.desk, "learn", 0, 0)  # makes the collection
    days.syncs("computer", HOME_ZONE)
    days.syncs("desk", HOME_ZONE)
    days.laptop.runs(days.world, "sync", "--server", days.server.address, "--login")
    for device in ("phone", "laptop"):
        days.syncs(device, HOME_ZONE)
    answer_count = 0
    for day in range(DAYS):
        zone = ABROAD_ZONE if 3 <= day < 7 else HOME_ZONE
        for _sitting in range(3):
            answer_count += days.learns(zone)
            days.syncs(days.chance.choice(("desk", "phone", "computer", "laptop")), zone)
        days.goes_on(1)
    for _sync in range(2):
        for device in ("computer", "desk", "phone", "laptop", "desk", "computer", "desk", "phone"):
            days.syncs(device, HOME_ZONE)

    anki_tables = days.tables(days.desk)
    assert days.tables(days.phone) == anki_tables
    (mirror,) = (days.laptop.folder / "home").glob("anki/*/collection.anki2")
    assert days.tables(mirror) == anki_tables
    rows = [row[0] for row in anki_tables["revlog"]]
    assert len(rows) == answer_count > 50
    assert days.computer.answers() == days.laptop.answers() == rows

    schedules = []
    for home in (days.computer, days.laptop):
        with Journal.open(home.database) as journal:
            assert journal.schedules() == replay(journal.entries(), find_scheduler)
            schedules.append(journal.schedules())
    assert schedules[0] == schedules[1]
    guids = {row[0]: row[1] for row in anki_tables["notes"]}
    first = first_day(days.desk)
    due = {guids[row[1]]: first + row[7] for row in anki_tables["cards"] if row[5] == 2}
    assert due == {str(card.note): schedule.due for card, schedule in schedules[0].items()}
    assert [days.computer.syncs(days.world)[way] for way in ("taken", "given")] == [NOTHING_TAKEN, NOTHING_GIVEN]


NOTHING_TAKEN = {
    "answers": 0, "cards": 0, "suspended": 0, "resumed": 0, "buried": 0, "stars": 0, "updated": []
}  # fmt: skip
NOTHING_GIVEN = {"added": [], "changed": 0, "note_types": 0, "moved": 0, "answers": 0, "cards": 0, "flags": 0}


def first_day(file: Path) -> int:
    """The day from which the collection counts."""
    with closing(sqlite3.connect(file)) as collection:
        ((created,),) = collection.execute("select crt from col")
        rows = dict(collection.execute("select key, val from config"))
    return int((created - 60 * json.loads(rows["creationOffset"])) // 86_400)
