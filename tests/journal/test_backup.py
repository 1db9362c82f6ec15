"""Copies of the journal: one a day, one before an upgrade, and how many are kept."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, review

from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.backup import DAYS, MONTHS, backup_file, backups, backups_to_keep
from duly.scheduling.schedule import NEW

MONDAY = date(2026, 3, 2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "duly.db"


def learned(file: Path, answers: int = 1) -> None:
    with Journal.open(file) as journal:
        for day in range(answers):
            with journal.transaction() as page:
                page.append(review(CAPITAL, day), NEW)


def grades(file: Path) -> int:
    with Journal.open(file, create=False) as journal:
        return len(list(journal.entries()))


def names(files: Sequence[Path]) -> list[str]:
    return [file.name for file in files]


def test_the_first_quiz_of_a_day_copies_what_there_was_and_the_next_one_does_not(file: Path) -> None:
    learned(file, 2)
    with Journal.open(file) as journal:
        journal.back_up_daily(MONDAY)
    learned(file, 1)
    with Journal.open(file) as journal:
        journal.back_up_daily(MONDAY)
    assert names(backups(file)) == ["duly.2026-03-02.db"]
    assert grades(backup_file(file, "2026-03-02")) == 2


def test_a_journal_without_an_entry_is_not_copied(file: Path) -> None:
    with Journal.open(file) as journal:
        journal.back_up_daily(MONDAY)
    assert backups(file) == ()


def test_copies_of_two_journals_in_one_folder_are_kept_apart(file: Path) -> None:
    other = file.with_name("chess.db")
    for journal_file in (file, other):
        learned(journal_file)
        with Journal.open(journal_file) as journal:
            journal.back_up_daily(MONDAY)
    assert (names(backups(file)), names(backups(other))) == (["duly.2026-03-02.db"], ["chess.2026-03-02.db"])


def test_a_year_of_daily_copies_is_thinned_to_a_week_and_a_copy_a_month(file: Path) -> None:
    learned(file)
    with Journal.open(file) as journal:
        for ahead in range(70):
            journal.back_up_daily(MONDAY + timedelta(days=ahead))
    assert sorted(names(backups(file))) == [
        "duly.2026-03-31.db",
        "duly.2026-04-30.db",
        "duly.2026-05-03.db",
        *(f"duly.2026-05-{day:02}.db" for day in range(4, 11)),
    ]


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=60))
def test_the_newest_days_and_one_of_each_of_the_newest_months_are_kept(days: set[date]) -> None:
    left = backups_to_keep(days)
    newest = sorted(days)[-DAYS:]
    older = {(day.year, day.month) for day in sorted(days)[:-DAYS]}
    assert left <= days
    assert set(newest) <= left
    assert len(left) == len(newest) + min(len(older), MONTHS)


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=60))
def test_thinning_day_by_day_keeps_no_less_than_thinning_at_the_end(days: set[date]) -> None:
    left: frozenset[date] = frozenset()
    for day in sorted(days):
        left = backups_to_keep({*left, day})
    assert left == backups_to_keep(days)


def test_damage_is_found_by_the_copy_and_spoils_no_earlier_one(file: Path) -> None:
    learned(file, 500)
    with Journal.open(file) as journal:
        journal.back_up_daily(MONDAY)
    whole = backup_file(file, "2026-03-02").read_bytes()
    with file.open("r+b") as stream:
        for page in range(4, 12):
            stream.seek(page * 4096)
            stream.write(b"\xff" * 4096)
    with pytest.raises(DulyError, match="duly restore"), Journal.open(file) as journal:
        journal.back_up_daily(MONDAY + timedelta(days=1))
    assert names(backups(file)) == ["duly.2026-03-02.db"]
    assert backup_file(file, "2026-03-02").read_bytes() == whole
