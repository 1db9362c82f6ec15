"""The report on a sync: what came, what went, and what waits."""

from pathlib import Path
from typing import TYPE_CHECKING

from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.sync.folder import FolderReport
    from duly.sync.merge import MergeReport


def merge_lines(merged: "MergeReport") -> list[str]:
    """What was taken over from other journals, and what was not."""
    lines = [counted("{n} entry taken over.", "{n} entries taken over.", merged.added)]
    lines += [
        _("{file}: its last line is not complete; it is read at the next sync.").format(file=file)
        for file in merged.unfinished
    ]
    if merged.waiting:
        lines.append(
            counted(
                "{n} entry takes back one that is not here yet; it waits.",
                "{n} entries take back ones that are not here yet; they wait.",
                merged.waiting,
            )
        )
    if merged.unreadable:
        lines.append(counted("{n} entry cannot be read.", "{n} entries cannot be read.", merged.unreadable))
    if merged.unknown:
        lines.append(
            counted(
                "{n} entry says what duly does not know, and was left out:",
                "{n} entries say what duly does not know, and were left out:",
                len(merged.unknown),
            )
        )
        lines += [f"  {row}" for row in merged.unknown]
    return lines


def folder_lines(folder: Path, report: "FolderReport") -> list[str]:
    """What went into the shared folder, and came from it."""
    written = counted("{n} entry written.", "{n} entries written.", report.written)
    first, *rest = merge_lines(report.merged)
    return [f"{folder}: {first} {written}", *rest]
