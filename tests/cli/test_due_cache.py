"""`duly due` says again what it said, and never longer than its command would say the same."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from duly.cards import FRONT, CardId, derived_id
from duly.cli import commands, due_cache, main, shared_options
from duly.cli.due_cache import SETTLING_TIME
from duly.i18n import set_language
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Moment, Suspend
from duly.scheduling.schedule import Schedule
from duly.settings import DEFAULTS, Settings
from duly.study.collection import Collection, DueCounts, due_counts
from duly.study.decks import Decks, open_decks

NOON = "2026-03-02T12:00:00+00:00"
DECK = "- q: one\n  a: '![](one.png)'\n- q: two\n  a: '2'\n"


class Answer(NamedTuple):
    """What came of some words."""

    out: str
    err: str
    status: int


class World:
    """A learner's folder, in which ./cards holds two cards, and a shell there."""

    def __init__(self, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
        self.folder, self.home, self.environment, self._capfd = folder, home, monkeypatch, capfd
        self.deck, self.picture = folder / "cards" / "deck.yaml", folder / "cards" / "one.png"
        self.deck.parent.mkdir()
        self.deck.write_text(DECK)
        self.picture.write_bytes(b"picture")
        self.database = home / "duly.db"
        monkeypatch.chdir(folder)
        monkeypatch.setenv("DULY_NOW", NOON)
        monkeypatch.setattr(due_cache, "SETTLING_TIME", 0)

    def asks(self, *words: str) -> Answer:
        """By ``duly``, as a person does."""
        self.environment.setattr(sys, "argv", ["duly", *words])
        return self._answer(main)

    def runs(self, *words: str) -> Answer:
        """By the command, which knows nothing of what was said before."""
        self.environment.setattr(sys, "argv", ["duly", *words])
        return self._answer(lambda: commands.run(words))

    def answers(self) -> None:
        now = datetime.fromisoformat(os.environ["DULY_NOW"])
        with open_decks([self.deck.parent], self.database) as (decks, journal):
            session = Collection(decks, journal, DEFAULTS, lambda: now).session()
            session.reveal()
            session.grade(Grade.GOOD)

    def _answer(self, asks: Callable[[], None]) -> Answer:
        shared_options.settings.cache_clear()
        set_language("")
        self._capfd.readouterr()
        status: int | str | None = 0
        try:
            asks()
        except SystemExit as left:
            status = left.code
        out, err = self._capfd.readouterr()
        return Answer(out, err, int(status or 0))


@pytest.fixture
def world(tmp_path: Path, own_world: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> World:
    return World(tmp_path, own_world, monkeypatch, capfd)


def is_said_again(world: World, *words: str) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "run", lambda _words: sys.exit(99))
        return world.asks(*words).status != 99


def edits_in_the_same_second(world: World) -> None:
    """Neither the size of the file nor its time tells of it."""
    before = world.deck.stat()
    world.deck.write_text(DECK.replace("- q: two", "# q: two").replace("  a: '2'", "# a: '2'"))
    os.utime(world.deck, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert world.deck.stat().st_size == before.st_size


def goes_back_to_a_backup_and_learns_anew(world: World) -> None:
    """As many entries as before, of another time."""
    with Journal.open(world.database) as journal:
        journal.back_up(world.folder / "backup.db")
    world.answers()
    world.asks("due")
    for file in world.home.glob("duly.db*"):
        file.unlink()
    (world.folder / "backup.db").rename(world.database)
    with Journal.open(world.database) as journal, journal.transaction() as transaction:
        card = CardId(derived_id("one"), FRONT)
        transaction.append(Suspend(card, Moment(1, StudyDay(20_000), 0)), Schedule(suspended=True))


def gets_a_newer_database(world: World) -> None:
    world.answers()
    world.asks("due")
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("pragma user_version = 99")


def finds_the_answer_written_by_somebody(world: World, value: bytes) -> None:
    (world.home / "due.txt").write_bytes(value)


HAPPENINGS: dict[str, Callable[[World], object]] = {
    "nothing": lambda _world: None,
    "an edit": lambda world: world.deck.write_text(DECK + "- q: three\n  a: '3'\n"),
    "an edit in the same second": edits_in_the_same_second,
    "a mistake": lambda world: world.deck.write_text(DECK + "- q: three\n"),
    "a new file": lambda world: world.deck.with_name("new.yml").write_text("- q: three\n  a: '3'\n"),
    "a file in a new folder": lambda world: world.deck.rename(_new_folder(world.deck.parent / "in") / "deck.yaml"),
    "another name": lambda world: world.deck.rename(world.deck.with_name("named.yaml")),
    "no file": lambda world: world.deck.unlink(),
    "no folder": lambda world: world.deck.parent.rename("elsewhere"),
    "no picture": lambda world: world.picture.unlink(),
    "an empty picture": lambda world: world.picture.write_bytes(b""),
    "an answer": World.answers,
    "a backup": goes_back_to_a_backup_and_learns_anew,
    "a newer database": gets_a_newer_database,
    "a damaged database": lambda world: world.database.write_bytes(b"no database at all" * 100),
    "another database": lambda world: world.environment.setenv("DULY_DB", str(world.folder / "other.db")),
    "a later hour": lambda world: world.environment.setenv("DULY_NOW", "2026-03-03T03:59:59+00:00"),
    "the next day": lambda world: world.environment.setenv("DULY_NOW", "2026-03-03T04:00:00+00:00"),
    "another zone": lambda world: world.environment.setenv("DULY_NOW", "2026-03-02T12:00:00+14:00"),
    "no moment": lambda world: world.environment.setenv("DULY_NOW", "soon"),
    "Chinese": lambda world: world.environment.setenv("LANG", "zh_CN.UTF-8"),
    "Chinese before all": lambda world: world.environment.setenv("LANGUAGE", "zh_CN:en"),
    "Chinese in the settings": lambda world: (world.home / "config.toml").write_text('language = "zh"\n'),
    "a limit in the settings": lambda world: (world.home / "config.toml").write_text("new_per_day = 1\n"),
    "another hour in the settings": lambda world: (world.home / "config.toml").write_text("rollover = 13\n"),
    "wrong settings": lambda world: (world.home / "config.toml").write_text("new_per_day = many\n"),
    "another folder": lambda world: world.environment.chdir(_new_folder(world.folder / "empty")),
    "another home": lambda world: world.environment.setenv("DULY_HOME", str(world.folder / "home")),
    "no cache": lambda world: (world.home / "cache.db").unlink(),
    "no answer": lambda world: (world.home / "due.txt").unlink(),
    "a damaged cache": lambda world: (world.home / "cache.db").write_bytes(b"no database at all" * 100),
    "an answer of nothing": lambda world: finds_the_answer_written_by_somebody(world, b""),
    "an answer of less": lambda world: finds_the_answer_written_by_somebody(world, b"all done\0\0"),
    "an answer of no text": lambda world: finds_the_answer_written_by_somebody(world, b"\xff\xfe"),
}  # fmt: skip


def _new_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("words", [["due"], ["due", "--json", "cards"]], ids=" ".join)
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_whatever_happens_both_ways_say_the_same(world: World, happening: str, words: list[str]) -> None:
    world.answers()
    first = world.asks(*words)
    assert (first.err, first.status) == ("", 0)
    assert is_said_again(world, *words)
    HAPPENINGS[happening](world)
    answer = world.asks(*words)
    assert answer == world.runs(*words)
    assert world.asks(*words) == answer


@pytest.mark.parametrize("words", [["due", "nowhere"], ["due", "--no"], ["due", "--help"], ["due", "--", "--json"]])
def test_words_that_go_wrong_or_ask_for_help_are_left_to_the_command(world: World, words: list[str]) -> None:
    assert world.asks(*words) == world.runs(*words) == world.asks(*words)
    assert not is_said_again(world, *words)


def test_options_are_words_like_all_others(world: World) -> None:
    words = ["due", "--db", "other.db", "cards/deck.yaml"]
    assert "new 2" in world.asks(*words).out
    assert is_said_again(world, *words)
    world.answers()
    assert is_said_again(world, *words)
    world.database.rename("other.db")
    assert "new 1" in world.asks(*words).out


def test_the_same_words_elsewhere_may_mean_another_file(world: World) -> None:
    words = ["due", "--db", "other.db", str(world.deck)]
    assert "new 2" in world.asks(*words).out
    world.answers()
    world.environment.chdir(_new_folder(world.folder / "elsewhere"))
    world.database.rename("other.db")
    assert "new 1" in world.asks(*words).out


def test_nothing_that_a_terminal_might_obey_is_said_again(world: World) -> None:
    output = world.asks("due").out.rstrip()
    value = (world.home / "due.txt").read_bytes()
    finds_the_answer_written_by_somebody(world, value.replace(output.encode(), b"\x1b[2J"))
    assert world.asks("due").out.rstrip() == output


@pytest.mark.parametrize("name", ["数学　一", "Deux\u00a0mots", "👩\u200d💻", "\ue000"])
def test_a_deck_of_any_name_is_said_again(world: World, name: str) -> None:
    world.deck.write_text(f"deck: {name}\ncards:\n- {{q: one, a: 1}}\n", encoding="utf-8")
    answer = world.asks("due", "--json")
    assert json.loads(answer.out)["decks"][0]["deck"] == name
    assert is_said_again(world, "due", "--json")
    assert world.asks("due", "--json") == answer


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_an_answer_in_chinese_is_printed_as_its_command_would(world: World, encoding: str) -> None:
    answer = world.asks("due")
    (world.home / "config.toml").write_text('language = "zh"\n')
    program = "import sys; sys.argv = ['duly', 'due']; from duly.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": encoding}
    time.sleep(SETTLING_TIME / 10**9)
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment).stdout
        for _ in range(2)
    )
    assert first == second != answer.out.encode()


def test_decks_with_a_problem_are_counted_every_time(world: World) -> None:
    world.picture.unlink()
    assert "new 2" in world.asks("due").out
    assert not is_said_again(world, "due")
    world.picture.write_bytes(b"picture")
    assert "new 2" in world.asks("due").out


def test_a_pipe_is_read_once(world: World) -> None:
    os.mkfifo("pipe.yaml")
    for _time in range(2):
        with subprocess.Popen(["sh", "-c", "echo '- {q: one, a: two}' > pipe.yaml"]):
            assert "new 1" in world.asks("due", "pipe.yaml").out


def test_an_answer_is_not_stored_if_a_file_changed_while_cards_were_counted(world: World) -> None:
    def counting_due(decks: Decks, journal: Journal, settings: Settings, now: Callable[[], datetime]) -> DueCounts:
        world.deck.write_text("- q: one\n  a: '1'\n")
        return due_counts(decks, journal, settings, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duly.study.collection.due_counts", counting_due)
        assert "new 2" in world.asks("due").out
    world.deck.write_text(DECK)
    assert not is_said_again(world, "due")


def test_a_stored_answer_imports_hardly_any_module(world: World) -> None:
    world.asks("due")
    program = (
        "import sys; sys.argv = ['duly', 'due']; before = set(sys.modules)\n"
        "from duly.cli import main; main(); print(*sorted(set(sys.modules) - before))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.run(
        [sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    answer, loaded = process.stdout.splitlines()
    assert answer == "due 0, drill 0, new 2, done today 0"
    heavy = {"click", "dataclasses", "json", "platformdirs", "sqlite3", "tomllib", "yaml"}
    assert not heavy & set(loaded.split())


def test_an_answer_about_a_file_written_a_moment_ago_is_not_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_cache, "SETTLING_TIME", 2 * 10**9)
    world.asks("due")
    assert not is_said_again(world, "due")
    monkeypatch.setattr(due_cache, "time_ns", lambda: time.time_ns() + 3 * 10**9)
    world.asks("due")
    assert is_said_again(world, "due")


def test_where_paths_are_absolute_the_answer_holds_in_every_folder(world: World) -> None:
    answer = world.asks("due", str(world.deck))
    world.environment.chdir(_new_folder(world.folder / "elsewhere"))
    assert is_said_again(world, "due", str(world.deck))
    assert world.asks("due", str(world.deck)) == answer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_stored_answer_that_others_may_write_is_not_printed(world: World) -> None:
    world.asks("due")
    stored = world.home / "due.txt"
    assert (is_said_again(world, "due"), stat.S_IMODE(stored.stat().st_mode)) == (True, 0o600)
    stored.chmod(0o620)
    assert not is_said_again(world, "due")
    world.asks("due")
    assert (is_said_again(world, "due"), stat.S_IMODE(stored.stat().st_mode)) == (True, 0o600)
    world.home.chmod(0o777)
    assert not is_said_again(world, "due")
    stored.unlink()
    world.asks("due")
    assert not stored.exists()


def test_nothing_is_left_beside_the_stored_answer_and_no_link_is_written_through(world: World) -> None:
    victim = world.folder / "victim"
    victim.write_text("precious")
    (world.home / f"due.{os.getpid()}").symlink_to(victim)
    world.asks("due")
    assert (is_said_again(world, "due"), victim.read_text()) == (True, "precious")
    assert list(world.home.glob(".due*")) == []
