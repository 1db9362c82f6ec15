"""Programs in a pseudo-terminal: duly, and the barest Textual app that does the same."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from itertools import count
from pathlib import Path
from time import perf_counter

from bench import corpus
from bench.trial import Trial

PRESSES = 200
SIZE = (24, 80)
PATIENCE = 60.0  # seconds
QUIET = 0.05  # seconds
DULY = "from duly.cli import main; main()"
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    CSS = "Static { height: 1fr; }"
    at = 0
    def compose(self):
        yield Static("shown000")
    def on_key(self, event):
        self.at += 1
        self.query_one(Static).update(f"shown{self.at:03}")
Bare().run()
"""


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, home: Path, program: str, *words: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "DULY_HOME": str(home), "PYTHONUTF8": "1"}
        environment |= {"PYTHONPYCACHEPREFIX": str(home / "pyc"), "PYTHONDONTWRITEBYTECODE": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def until(self, words: str) -> None:
        """Reads until the program has written `words`."""
        seen, deadline = b"", perf_counter() + PATIENCE
        while words.encode() not in seen:
            if not select.select([self.master], [], [], max(deadline - perf_counter(), 0))[0]:
                raise TimeoutError(f"{words} was never shown")
            seen += os.read(self.master, 1 << 16)

    def settle(self) -> None:
        """Reads until the program has written nothing for a while: it has done all that it set out to do."""
        while select.select([self.master], [], [], QUIET)[0]:
            os.read(self.master, 1 << 16)

    def press(self, key: str, shows: str) -> None:
        """Presses a key and waits for the words that it brings."""
        os.write(self.master, key.encode())
        self.until(shows)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def start(folder: Path, cards: int) -> Trial:
    """From exec to the first row of the decks table, and to the first text of a bare app."""
    decks = corpus.decks(folder, cards)

    def shown(words: str, *command: str) -> None:
        terminal = Terminal(folder, *command)
        terminal.until(words)
        terminal.close()

    return Trial(lambda: shown("folder-0", DULY, "quiz", str(decks)), lambda: shown("shown000", BARE))


def press(folder: Path, _size: int) -> Trial:
    """A key that shows an answer; the key that grades it and brings the next question is not timed."""
    (folder / "decks").mkdir()
    cards = (f"- q: 'asked{at:03}: **CSR**?'\n  a: 'shown{at:03}: $x^2$'\n" for at in range(PRESSES + 2))
    (folder / "decks" / "deck.yaml").write_text("".join(cards), encoding="utf-8")
    (folder / "config.toml").write_text(f"new_per_day = {PRESSES + 2}\n", encoding="utf-8")
    duly, bare = Terminal(folder, DULY, "quiz", str(folder / "decks")), Terminal(folder, BARE)
    duly.until("deck")
    duly.press("a", "asked000")
    bare.until("shown000")
    answers, swaps, questions = count(), count(1), count()

    def reset() -> None:
        if number := next(questions):
            duly.press("4", f"asked{number:03}")
        duly.settle()
        bare.settle()

    def end() -> None:
        duly.close()
        bare.close()

    return Trial(
        lambda: duly.press(" ", f"shown{next(answers):03}"),
        lambda: bare.press("x", f"shown{next(swaps):03}"),
        reset,
        end,
    )
