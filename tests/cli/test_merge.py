"""``duly merge`` and ``duly sync`` with a shared folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.scheduling.histories import CAPITAL, RIVER
from tests.sync.homes import DAY, Computer

from duly.cli.shared_options import settings

NOW = 1_795_527_000_000
"""2026-11-24, in the evening."""


@pytest.fixture(autouse=True)
def settings_are_read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_NOW", "2026-11-24T21:30:00+08:00")


def test_the_database_of_another_computer_is_merged_once(tmp_path: Path) -> None:
    desk, laptop = Computer(tmp_path / "desk"), Computer(tmp_path / "laptop")
    desk.answers(CAPITAL, NOW - DAY)
    laptop.answers(RIVER, NOW)
    before = laptop.file.read_bytes()
    assert call("merge", laptop.file, "--db", desk.file).stdout == "1 entry taken over.\n"
    assert call("merge", laptop.file, "--db", desk.file).stdout == "0 entries taken over.\n"
    assert desk.schedules().keys() == {CAPITAL, RIVER}
    assert laptop.file.read_bytes() == before


def test_the_json_of_duly_journal_can_be_merged(tmp_path: Path) -> None:
    desk, laptop = Computer(tmp_path / "desk"), Computer(tmp_path / "laptop")
    laptop.answers(RIVER, NOW)
    lines = tmp_path / "laptop.jsonl"
    lines.write_bytes(call("journal", "--json", "--db", laptop.file).stdout_bytes)
    assert call("merge", lines, "--db", desk.file).stdout == "1 entry taken over.\n"
    assert desk.entries() == laptop.entries()


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    run = call("merge", picture, "--db", tmp_path / "duly.db")
    assert str(run.exception) == f"{picture} is neither a database of duly nor the file of a device"


def test_lines_that_are_no_entries_are_counted_and_named(tmp_path: Path) -> None:
    laptop = Computer(tmp_path / "laptop")
    laptop.answers(RIVER, NOW)
    good = call("journal", "--json", "--db", laptop.file).stdout
    file = tmp_path / "laptop.jsonl"
    file.write_text(good + "no json\n" + good.replace('"review"', '"dance"').replace('"number": 1', '"number": 2'))
    out = call("merge", file, "--db", tmp_path / "duly.db").stdout.splitlines()
    assert out[:3] == [
        "1 entry taken over.",
        "1 entry cannot be read.",
        "1 entry says what duly does not know, and was left out:",
    ]
    assert "dance" in out[3]


def test_answers_of_a_clock_that_was_ahead_are_named(tmp_path: Path) -> None:
    laptop = Computer(tmp_path / "laptop")
    laptop.answers(RIVER, NOW + 365 * DAY)
    run = call("merge", laptop.file, "--db", tmp_path / "duly.db")
    assert "A clock was ahead: there are answers until 2027-11-24" in run.stderr


def test_sync_uses_the_folder_in_the_settings(own_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "no-anki"))
    assert "there is nothing to sync with" in str(call("sync").exception)
    (own_world / "config.toml").write_text(f"[sync]\nfolder = {str(shared)!r}\n")
    settings.cache_clear()
    desk, laptop = Computer(tmp_path / "desk"), Computer(tmp_path / "laptop")
    laptop.answers(RIVER, NOW)
    laptop.syncs(shared)
    run = call("sync", "--db", desk.file)
    assert run.stdout == f"{shared}: 1 entry taken over. 0 entries written.\n"
    assert desk.schedules() == laptop.schedules()


def test_a_quiz_shares_the_journal_before_and_after_it(own_world: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    (own_world / "config.toml").write_text(f"[sync]\nfolder = {str(shared)!r}\n")
    settings.cache_clear()
    deck = tmp_path / "deck.yaml"
    deck.write_text("- {q: What is the capital?, a: Rome, id: capital}\n- {q: Which river?, a: Tiber, id: river}\n")
    desk, laptop = Computer(tmp_path / "desk"), Computer(tmp_path / "laptop")
    laptop.answers(CAPITAL, NOW)
    away = call("quiz", "--plain", deck, "--db", desk.file, input="\n3\n")
    assert away.stderr.count(f"not synced: {shared}: the shared folder is not there") == 2
    shared.mkdir()
    laptop.syncs(shared)
    call("quiz", "--plain", deck, "--db", desk.file, input="\n3\n")
    laptop.syncs(shared)
    assert desk.entries() == laptop.entries()
    assert len(laptop.entries()) > 1


def test_a_sync_with_anki_needs_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    (tmp_path / "deck.yaml").write_text("- {q: What is the capital?, a: Rome, id: capital}\n")
    anki = tmp_path / "collection.anki2"
    run = call("sync", tmp_path / "deck.yaml", "--collection", anki, "--db", tmp_path / "duly.db")
    assert str(run.exception) == "to sync with Anki, duly needs the official anki package: pip install 'duly[anki]'"


def test_the_profiles_of_anki_are_found_and_one_of_several_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANKI_BASE", str(tmp_path))
    (tmp_path / "deck.yaml").write_text("- {q: What is the capital?, a: Rome, id: capital}\n")
    for name in ("Anna", "Ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "collection.anki2").write_bytes(b"")
    run = call("sync", tmp_path / "deck.yaml", "--db", tmp_path / "duly.db", input="\n")
    assert run.stdout.splitlines()[:2] == ["1  Anna", "2  Ben"]
    assert "no profile of Anki was chosen" in str(run.exception)
