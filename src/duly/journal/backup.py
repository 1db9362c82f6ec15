"""Backups of the journal: one for each day of learning, and one before each upgrade; old ones are thinned out."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from duly.atomic_write import replacing_at
from duly.errors import not_writable

FOLDER = "backups"
"""The folder of backups, beside the journal."""

DAYS = 7
"""The number of the newest daily backups that are kept."""
MONTHS = 12
"""The number of months before those for which the last backup is kept."""


def backup_file(journal: Path, label: str) -> Path:
    """The path of the backup `label` of a journal; for a day ``duly.2026-11-24.db``."""
    return journal.parent / FOLDER / f"{journal.stem}.{label}{journal.suffix}"


def backups(journal: Path) -> tuple[Path, ...]:
    """The backups of a journal, newest first, by modification time."""
    files = (journal.parent / FOLDER).glob(f"{journal.stem}.*{journal.suffix}")
    return tuple(sorted(files, key=lambda file: (file.stat().st_mtime, file.name), reverse=True))


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Writes the whole database to `target`, atomically.

    SQLite reads and rewrites all of it instead of copying bytes, so that damage is detected now.
    Raises `sqlite3.Error` or `DulyError`.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(target, error) from error
    with replacing_at(target) as temporary:
        connection.execute("vacuum into ?", (str(temporary),))


def thin_out(journal: Path) -> None:
    """Removes old daily backups. Those with other labels stay."""
    daily = {day: file for file in backups(journal) if (day := _day(journal, file))}
    for day in daily.keys() - backups_to_keep(daily):
        with suppress(OSError):
            daily[day].unlink()


def backups_to_keep(days: Iterable[date]) -> frozenset[date]:
    """The days whose backups are kept: the newest days, and before them the last day of each of the newest months."""
    newest_first = sorted(days, reverse=True)
    last_days_of_months = {(day.year, day.month): day for day in reversed(newest_first[DAYS:])}
    return frozenset((*newest_first[:DAYS], *sorted(last_days_of_months.values(), reverse=True)[:MONTHS]))


def _day(journal: Path, file: Path) -> date | None:
    label = file.name.removeprefix(f"{journal.stem}.").removesuffix(journal.suffix)
    try:
        return date.fromisoformat(label)
    except ValueError:
        return None
