"""Syncing through a shared folder: each device writes one file of its own there, and reads those of all others.

The folder may be a git repository, or one that Syncthing, Dropbox or a USB stick carries: no two devices write one
file, so whatever transfers them has nothing to merge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file, replace_file, replacing
from duly.errors import DulyError
from duly.journal import Journal
from duly.journal.entry_json import entry_line
from duly.journal.journal_rows import ENTRY_COLUMNS, Row, entry_row
from duly.message import message
from duly.scheduling.journal_entries import JournalEntry
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler
from duly.sync.merge_journal_files import DeviceFile, MergeReport, merge_rows_of_files, read_device_file

FILE_SUFFIX = ".jsonl"

FACT_COLUMNS = ("device", "number", "kind", "note", "face", "at")
"""The columns that identify an entry."""

FACT_INDEXES = [ENTRY_COLUMNS.split(", ").index(name) for name in FACT_COLUMNS]


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What was merged from the files of other devices in a folder, and how many entries were added to our own file."""

    folder: Path
    merge_report: MergeReport
    written_entries: int


def sync_folder(journal: Journal, folder: Path) -> FolderReport:
    """Merges what the other devices wrote into the journal, and writes entries that no file has into our own file.

    That includes entries that came from other devices, so that nothing is lost with a device. Raises `DulyError`, and
    leaves the journal unchanged, where the folder does not exist or cannot be read or written.
    """
    if not folder.is_dir():
        raise DulyError(message("{folder}: the shared folder is not there", folder=folder))
    with journal.transaction() as transaction:  # one process at a time writes the journal, and so our file
        own_file = folder / f"{transaction.device}{FILE_SUFFIX}"
        files = {file: read_device_file(file) for file in sorted(folder.glob(f"*{FILE_SUFFIX}"))}
        merge_report = merge_rows_of_files(
            transaction, [file.rows for file in files.values()], _unfinished_files(files, own_file)
        )
        written_facts = _facts(file.rows for file in files.values())
        missing = [item for item in transaction.entries() if _fact(item) not in written_facts]
        if missing:
            _append(own_file, missing)
            transaction.replace_schedules(replay(transaction.entries(), find_scheduler))
    return FolderReport(folder, merge_report, len(missing))


def _unfinished_files(files: dict[Path, DeviceFile], own_file: Path) -> list[Path]:
    return [file for file, device in files.items() if not device.is_complete and file != own_file]


def _facts(files: Iterable[Sequence[Row | None]]) -> set[Row]:
    return {tuple(row[index] for index in FACT_INDEXES) for rows in files for row in rows if row is not None}


def _fact(item: JournalEntry) -> Row:
    row = entry_row(item)
    return tuple(row[name] for name in FACT_COLUMNS)


def _append(file: Path, entries: Iterable[JournalEntry]) -> None:
    """Appends lines to our file, after its last complete one."""
    lines = b"".join(map(entry_line, entries))
    if not file.exists():
        with replacing(file) as stream:
            stream.write(lines)
        return
    old_content = read_file(file)
    replace_file(file, old_content, old_content[: old_content.rfind(b"\n") + 1] + lines)
