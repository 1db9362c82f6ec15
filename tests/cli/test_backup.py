"""``duly backup`` and ``duly restore``."""

from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.scheduling.histories import CAPITAL, RIVER, review

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler


@pytest.fixture
def file(own_world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DULY_NOW", "2026-03-02T21:30:00+08:00")
    return own_world / "duly.db"


def learned(file: Path, answers: int, card: CardId = CAPITAL) -> None:
    with Journal.open(file) as journal, journal.transaction() as transaction:
        for day in range(answers):
            transaction.append(review(card, day), NEW)


def test_a_backup_is_made_beside_the_database_and_restored_with_what_came_later(file: Path) -> None:
    learned(file, 2)
    first_run = call("backup")
    assert first_run.output == f"{file.parent}/backups/duly.2026-03-02T213000.db: a copy of {file}\n"
    learned(file, 1, RIVER)
    file.write_bytes(b"\0" * 9000)
    result = call("restore")
    assert result.output == (
        f"{file} is restored from {file.parent}/backups/duly.2026-03-02T213000.db, with 2 entries.\n"
        f"The file that was there before is now {file.parent}/backups/duly.replaced-2026-03-02T213000.db.\n"
    )


def test_schedules_are_computed_anew(file: Path) -> None:
    learned(file, 2)
    call("backup")
    learned(file, 1, RIVER)
    assert "1 of them is later than the backup and was kept." in call("restore").output
    with Journal.open(file) as journal:
        assert journal.schedules() == replay(journal.entries(), find_scheduler) != {}


def test_a_backup_goes_to_the_named_file_and_overwrites_none(file: Path, tmp_path: Path) -> None:
    learned(file, 1)
    target = tmp_path / "mine.db"
    assert call("backup", str(target)).exit_code == 0
    second_run = call("backup", str(target))
    assert (second_run.exit_code, "already exists" in second_run.output) == (2, True)
    learned(file, 1)
    assert "with 1 entry." in call("restore", str(target), "--as-it-was").output


def test_backups_are_listed_newest_first(file: Path) -> None:
    learned(file, 1)
    call("backup")
    (line,) = call("restore", "--list").output.splitlines()
    assert line.endswith(f" {file.parent}/backups/duly.2026-03-02T213000.db")


def test_restoring_without_a_database_or_a_backup_is_refused(file: Path) -> None:
    result = call("restore")
    assert (result.exit_code, "no database at" in result.output) == (2, True)
    assert not file.exists()


def test_before_the_first_answer_there_is_nothing_to_back_up(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    result = call("backup", str(target))
    assert str(result.exception) == f"nothing has been learned in {file} yet, so there is nothing to back up"
    assert result.exit_code != 0
    assert not target.exists()
    assert not file.exists()


def test_a_quiz_makes_the_backup_of_its_day(file: Path, tmp_path: Path) -> None:
    learned(file, 1)
    (tmp_path / "deck.yaml").write_text("- q: Capital of Peru?\n  a: Lima\n", encoding="utf-8")
    call("quiz", "--plain", str(tmp_path))
    assert [path.name for path in (file.parent / "backups").iterdir()] == ["duly.2026-03-02.db"]


def test_a_disk_without_room_for_a_backup_does_not_keep_from_learning(file: Path, tmp_path: Path) -> None:
    learned(file, 1)
    (file.parent / "backups").write_text("in the way", encoding="utf-8")
    (tmp_path / "deck.yaml").write_text("- q: Capital of Peru?\n  a: Lima\n", encoding="utf-8")
    result = call("quiz", "--plain", str(tmp_path))
    assert "no backup was made today: " in result.output
    assert "Capital of Peru?" in result.output
