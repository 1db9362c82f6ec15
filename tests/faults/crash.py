"""Runs duly in a process that dies at a chosen point, as in a power cut: at its nth step that touches a file."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

DOOMED = """
import atexit, os, signal, sqlite3, sys

last = int(sys.argv.pop(1))
steps = 0

def step(*_):
    global steps
    steps += 1
    if steps == last:
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)

def watch(event, arguments):
    if event == "open":
        path, _mode, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and "__pycache__" not in str(path):
            step()
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.copyfile", "fcntl.flock"):
        step()

def traced(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_trace_callback(step)
    return connection

connect, sqlite3.connect = sqlite3.connect, traced
sys.addaudithook(watch)
atexit.register(lambda: print(f"steps {steps}", file=sys.stderr))
from duly.cli import main
main()
"""
"""Steps are: opening a file to write, renaming, removing, making folders, and every statement that SQLite is given."""

NEVER = 1_000_000


def run(
    *arguments: str | Path, home: Path, typed: str = "", dies_at: int = NEVER, now: str = "2026-03-02T21:30:00+08:00"
) -> subprocess.CompletedProcess[str]:
    """Runs the command until its end, or until it is killed at step `dies_at`."""
    return subprocess.run(
        [sys.executable, "-c", DOOMED, str(dies_at), *map(str, arguments)],
        input=typed,
        env={**os.environ, "DULY_HOME": str(home), "DULY_NOW": now, "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=120,
        check=False,
    )


def steps(*arguments: str | Path, home: Path, typed: str = "") -> int:
    """How many steps the command takes when it is left alone."""
    whole = run(*arguments, home=home, typed=typed)
    assert whole.returncode == 0, whole.stderr
    return int(whole.stderr.rsplit("steps ", 1)[1])


def points(number: int, most: int) -> Iterator[int]:
    """The steps at which to die: all of them, or `most` of them spread evenly, the first and the last included."""
    if number <= most:
        yield from range(1, number + 1)
    else:
        yield from sorted({1 + round(at * (number - 1) / (most - 1)) for at in range(most)})


def input_of(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
