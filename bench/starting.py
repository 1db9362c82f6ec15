"""Starting: how long a command takes from the shell."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.harness import Row, Step, Trial

DULY = "import sys; from duly.cli import main; sys.argv = {argv!r}; main()"


def due(folder: Path, notes: int) -> Trial:
    return Trial(_duly(folder, "due", str(corpus.decks(folder, notes))), _python("pass", folder))


def help_(folder: Path, _size: int) -> Trial:
    return Trial(_duly(folder, "--help"), _python("import click", folder))


def _duly(folder: Path, *arguments: str) -> Step:
    return _python(DULY.format(argv=["duly", *arguments]), folder)


def _python(program: str, home: Path) -> Step:
    """As it runs once it is installed: with its modules compiled."""
    command: Sequence[str] = (sys.executable, "-c", program)
    environment = {**os.environ, "DULY_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONPYCACHEPREFIX": str(home / "pyc")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


ROWS = (
    Row(
        "due",
        "`duly due`, warm",
        "`python -c pass`",
        4,
        (10_000,),
        due,
        15,
        why="loading `sqlite3`, which tells whether anything was answered, takes half as long as `python -c pass`;"
        " the rest goes to reading and hashing the files, and to our own modules.",
    ),
    Row("help", "`duly --help`", '`python -c "import click"`', 1.5, (), help_, 15),
)
