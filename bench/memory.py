"""Memory: the most that an export of loaded notes takes above what the notes take, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from bench import corpus

MEGABYTE = 1 << 20
GOAL = 150
"""Megabytes."""

WHY = "the rows of all notes are in memory until the package is written."

PROGRAM = """
import resource, sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from duly.deckfile.load import load
from duly.anki.export import export
folder, decks = map(Path, sys.argv[1:])
def peak():
    with suppress(OSError):  # on Linux the other figure begins with that of the process that started this one
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
notes = load([decks], folder / "memory.db").notes
if len(notes) and not (folder / "ready").exists():
    (folder / "ready").touch()
    sys.exit()
loaded = peak()
export(notes, folder / "memory.apkg", folder / "ledger-memory.db", datetime.now(UTC), paths=[decks])
print(peak() - loaded)
"""


def above_loaded(folder: Path, notes: int) -> int:
    """Bytes. The first of two runs only fills the cache, for parsing takes more than exporting."""
    command = (sys.executable, "-c", PROGRAM, str(folder), str(corpus.decks(folder, notes)))
    subprocess.run(command, check=True)
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
