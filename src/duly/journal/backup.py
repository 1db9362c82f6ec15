"""Copies of the journal to go back to: one a day of learning, one before each upgrade; the older ones are thinned."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from duly.atomic_write import replacing_at
from duly.errors import not_writable

FOLDER = "backups"
"""The folder beside the journal in which its copies lie."""

DAYS = 7
"""How many of the newest daily copies are kept."""
MONTHS = 12
"""Of how many months before those the last copy is kept."""


def backup_file(journal: Path, label: str) -> Path:
    """Where the copy of a journal that is called `label` lies: for a day ``duly.2026-11-24.db``."""
    return journal.parent / FOLDER / f"{journal.stem}.{label}{journal.suffix}"


def backups(journal: Path) -> tuple[Path, ...]:
    """The copies of a journal, the newest first, by when they were written."""
    files = (journal.parent / FOLDER).glob(f"{journal.stem}.*{journal.suffix}")
    return tuple(sorted(files, key=lambda file: (file.stat().st_mtime, file.name), reverse=True))


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Writes the whole database to `target`, there whole or not at all.

    It is read and written anew and not copied byte by byte, so that damage is found now and spoils no earlier copy.
    Raises `sqlite3.Error` or `DulyError`.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(target, error) from error
    with replacing_at(target) as temporary:
        connection.execute("vacuum into ?", (str(temporary),))


def thin_out(journal: Path) -> None:
    """Removes the daily copies that are no longer kept. What has another label stays."""
    daily = {day: file for file in backups(journal) if (day := _day(journal, file))}
    for day in daily.keys() - backups_to_keep(daily):
        with suppress(OSError):
            daily[day].unlink()


def backups_to_keep(days: Iterable[date]) -> frozenset[date]:
    """The days whose copies are kept: the newest, and before them the last one of each of the newest months."""
    newest_first = sorted(days, reverse=True)
    of_months = {(day.year, day.month): day for day in reversed(newest_first[DAYS:])}
    return frozenset((*newest_first[:DAYS], *sorted(of_months.values(), reverse=True)[:MONTHS]))


def _day(journal: Path, file: Path) -> date | None:
    label = file.name.removeprefix(f"{journal.stem}.").removesuffix(journal.suffix)
    try:
        return date.fromisoformat(label)
    except ValueError:
        return None
