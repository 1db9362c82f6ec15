"""The peak memory of an export beyond that of the loaded notes, in a process of its own."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import corpus
from bench.trial import environment

GOAL = 150
"""Megabytes."""
EXPORT_CODE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from duly.anki.package_export import export_package
from duly.deckfile.load import load
def peak():  # of this process alone: what ru_maxrss says begins with that of the process that started it
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
folder, decks = map(Path, sys.argv[1:])
notes = load([decks], folder / "cache.db").notes
loaded = peak()
export_package(notes, folder / "memory.apkg", folder / "exports.db", datetime.now(UTC), paths=[decks])
print(peak() - loaded)
"""


def peak_row(notes: int) -> str:
    """The row of the table, on Linux. The first run fills the cache, as parsing needs more memory than exporting."""
    with TemporaryDirectory() as name:
        command = (sys.executable, "-c", EXPORT_CODE, name, str(corpus.decks(Path(name), notes)))
        for _ in range(2):
            (Path(name) / "exports.db").unlink(missing_ok=True)
            run = subprocess.run(command, env=environment(Path(name)), capture_output=True, check=True)
        megabytes = float(run.stdout)
    verdict = "" if megabytes <= GOAL else " **missed**"
    return f"| peak memory of an export | {notes:,} | the notes, loaded | ≤ {GOAL} MB | {megabytes:.0f} MB{verdict} |"
