"""A folder that computers share: each device writes one file there, which nobody else writes, and reads all others.

The folder may be a git repository, or one that Syncthing, Dropbox or a USB stick carries: no two devices write one
file, so there is nothing to merge for what carries them.
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
from duly.scheduling.entries import JournalEntry
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler
from duly.sync.merge_journals import DeviceFile, MergeReport, merge_rows_of_files, read_device_file

ENDING = ".jsonl"

FACT = ("device", "number", "kind", "note", "face", "at")
"""The columns by which two entries are one and the same."""

_AT = [ENTRY_COLUMNS.split(", ").index(name) for name in FACT]


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What was taken over from the files of other devices in a folder, and how many entries were added to our own."""

    folder: Path
    merged: MergeReport
    written: int


def sync_folder(journal: Journal, folder: Path) -> FolderReport:
    """Takes over what the other devices wrote, and writes what none of the files has into our own.

    Entries that came from elsewhere are written, too, where no file has them: so nothing is lost with a device. Raises
    `DulyError`, with the journal as it was, where the folder is not there or cannot be read or written.
    """
    if not folder.is_dir():
        raise DulyError(message("{folder}: the shared folder is not there", folder=folder))
    with journal.writing() as transaction:  # one process at a time writes the journal, and so our file
        own = folder / f"{transaction.device}{ENDING}"
        files = {file: read_device_file(file) for file in sorted(folder.glob(f"*{ENDING}"))}
        merged = merge_rows_of_files(transaction, [file.rows for file in files.values()], _unfinished(files, own))
        known = _facts(file.rows for file in files.values())
        missing = [item for item in transaction.entries() if _fact(item) not in known]
        if missing:
            _append(own, missing)
            transaction.rebuild(replay(transaction.entries(), find_scheduler))
    return FolderReport(folder, merged, len(missing))


def _unfinished(files: dict[Path, DeviceFile], own: Path) -> list[Path]:
    return [file for file, device in files.items() if not device.is_whole and file != own]


def _facts(files: Iterable[Sequence[Row | None]]) -> set[Row]:
    return {tuple(row[at] for at in _AT) for rows in files for row in rows if row is not None}


def _fact(item: JournalEntry) -> Row:
    row = entry_row(item)
    return tuple(row[name] for name in FACT)


def _append(file: Path, entries: Iterable[JournalEntry]) -> None:
    """Adds lines to our file, behind its last whole one."""
    lines = b"".join(map(entry_line, entries))
    if not file.exists():
        with replacing(file) as stream:
            stream.write(lines)
        return
    old = read_file(file)
    replace_file(file, old, old[: old.rfind(b"\n") + 1] + lines)
