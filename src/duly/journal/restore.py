"""Restores a backup of the journal, and recovers all readable entries of the file that it replaces."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import replacing_at
from duly.errors import DulyError
from duly.journal.database import APPLICATION, PAGE, upgrade, upgrades
from duly.journal.journal import Journal
from duly.journal.journal_errors import explain_errors
from duly.journal.merge_entries import UNREADABLE, RowMergeReport, merge_rows, merge_seen_notes, rows_of_database
from duly.message import message
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler
from duly.sqlite import is_busy

SIDE_FILES = ("-wal", "-shm")
"""The files of SQLite beside a database in use; the first one has the newest entries."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """The numbers of entries in the restored journal, and of entries recovered from the replaced file.

    `unreadable_count` is the number of unreadable entries; `invalid_rows` are the contents of invalid or conflicting
    ones.
    """

    entry_count: int
    recovered_count: int
    unreadable_count: int
    invalid_rows: tuple[str, ...] = ()


def restore(journal: Path, backup: Path | None, aside: Path, *, with_newer: bool = True) -> RestoreReport:
    """Replaces `journal` with the contents of `backup` (None for an empty one); the old file is moved to `aside`.

    With `with_newer`, entries that the backup lacks are recovered from the old file, however damaged. Raises
    `DulyError`, and changes nothing, if the backup is not one of a journal, or the journal is in use.
    """
    if backup is not None:
        _refuse_damaged(backup)
    _refuse_in_use(journal)
    _set_aside(journal, aside)
    sources = [backup] if backup is not None else []
    if with_newer and aside.exists():
        sources.append(aside)
    with replacing_at(journal, follow=True) as temporary:
        report = _fill(temporary, sources, aside)
        for tail in SIDE_FILES:  # the log of the old file would be played into the new one
            journal.with_name(journal.name + tail).unlink(missing_ok=True)
            temporary.with_name(temporary.name + tail).unlink(missing_ok=True)
    return report


def _fill(file: Path, sources: list[Path], aside: Path) -> RestoreReport:
    """Fills a new journal with the entries of these files, checks each entry, and recomputes all schedules."""
    with explain_errors(file), closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"pragma page_size = {PAGE}")
        upgrade(connection)
        connection.execute("begin immediate")
        reports = {source: merge_rows(connection, rows_of_database(source)) for source in sources}
        for source in sources:
            merge_seen_notes(connection, source)
        connection.execute("commit")
        journal = Journal(connection, file)
        entries = list(journal.entries())
        journal.replace_schedules(replay(entries, find_scheduler))
    replaced = reports.get(aside, RowMergeReport())
    invalid_rows = dict.fromkeys(row for report in reports.values() for row in report.invalid_rows)
    return RestoreReport(len(entries), replaced.added_count, replaced.unreadable_count, tuple(invalid_rows))


def newest_intact_backup(backups: Iterable[Path]) -> Path | None:
    """The first of these backups that is intact; None if all are damaged."""
    for backup in backups:
        with suppress(DulyError):
            _refuse_damaged(backup)
            return backup
    return None


def _refuse_damaged(backup: Path) -> None:
    if not backup.is_file():  # a pipe would keep SQLite waiting
        raise DulyError(message("{file} is not a backup of a journal; name another", file=backup))
    with (
        explain_errors(backup),
        closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        (application,) = connection.execute("pragma application_id").fetchone()
        (version,) = connection.execute("pragma user_version").fetchone()
        if application != APPLICATION or not 0 < version <= upgrades()[-1][0]:
            raise DulyError(message("{file} is not a backup of a journal; name another", file=backup))
        if connection.execute("pragma quick_check").fetchone() != ("ok",):
            raise DulyError(message("{file}: this backup is damaged too; name another", file=backup))


def _refuse_in_use(journal: Path) -> None:
    """Raises `DulyError` if the journal is in use: leaving WAL mode needs exclusive access. Ignores damaged files."""
    if not journal.exists():
        return
    try:
        with closing(sqlite3.connect(journal, isolation_level=None, timeout=0)) as connection:
            connection.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise DulyError(
                message("{file}: another program is using the database; close it and try again", file=journal)
            ) from error
    except UNREADABLE:
        return


def _set_aside(journal: Path, aside: Path) -> None:
    aside.parent.mkdir(parents=True, exist_ok=True)
    for tail in ("", SIDE_FILES[0]):
        source = journal.with_name(journal.name + tail)
        if source.exists():
            with replacing_at(aside.with_name(aside.name + tail)) as temporary:
                shutil.copyfile(source, temporary)
