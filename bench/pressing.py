"""From a key to the repainted answer, in a real pseudo-terminal, beside a bare Textual app that only swaps a text."""

import fcntl
import itertools
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import perf_counter

from bench.harness import Row, Trial

PRESSES = 200
SIZE = (24, 80)
PATIENCE = 20.0

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
DULY = "from duly.cli import main; main()"

ANSWER = """
    The answer of card shown{number:03}: **缩放点积注意力** is $\\\\mathrm{{softmax}}(QK^T/\\\\sqrt{{d_k}})V$.

    - one of several reasons
    - another one, a little longer than the first
"""


class Terminal:
    """A program in a pseudo-terminal, and all that it has written there since it was last asked."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self.process = subprocess.Popen(
            arguments, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    def until(self, words: str) -> None:
        """Reads until the program has written `words`."""
        seen = b""
        deadline = perf_counter() + PATIENCE
        while words.encode() not in seen:
            ready, _, _ = select.select([self.master], [], [], deadline - perf_counter())
            if not ready:
                raise TimeoutError(f"{words} was never shown")
            seen += os.read(self.master, 1 << 16)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def press(self, key: str, shows: str) -> None:
        """Presses a key and waits for the words that it brings."""
        os.write(self.master, key.encode())
        self.until(shows)


def _duly(folder: Path) -> Terminal:
    """duly at its first question."""
    deck = folder / "pressed" / "deck.yaml"
    deck.parent.mkdir()
    deck.write_text("".join(_card(number) for number in range(PRESSES + 2)), encoding="utf-8")
    (folder / "config.toml").write_text(f"new_per_day = {PRESSES + 2}\n", encoding="utf-8")
    environment = {**os.environ, "TERM": "xterm-256color", "DULY_HOME": str(folder), "PYTHONUTF8": "1"}
    duly = Terminal([sys.executable, "-c", DULY, "quiz", str(deck.parent)], environment)
    duly.until("deck")
    duly.press("a", "asked000")
    return duly


def _card(number: int) -> str:
    return f"- q: The question of card asked{number:03}?\n  a: |{ANSWER.format(number=number)}\n"


def pressed(folder: Path, _size: int) -> Trial:
    """A key that shows an answer; the key that grades it and brings the next question is not timed."""
    duly, bare = _duly(folder), Terminal([sys.executable, "-c", BARE], {**os.environ, "TERM": "xterm-256color"})
    bare.until("shown000")
    answers, swaps = itertools.count(), itertools.count(1)
    graded = itertools.count(1)

    def work() -> None:
        duly.press(" ", f"shown{next(answers):03}")

    def reset() -> None:
        if (number := next(graded)) > 1:
            duly.press("4", f"asked{number - 1:03}")

    def end() -> None:
        duly.close()
        bare.close()

    return Trial(work, lambda: bare.press("x", f"shown{next(swaps):03}"), reset, end)


ROWS = (
    Row("key", "from a key to the painted answer, in a pseudo-terminal", "a bare Textual app that swaps a text", 4, (),
        pressed, runs=PRESSES),
)  # fmt: skip
