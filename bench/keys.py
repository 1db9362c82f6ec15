"""From a key to the repainted answer, in a real pseudo-terminal, beside a bare Textual app that only swaps a text."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

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

    def until(self, words: str) -> float:
        """Reads until the program has written `words`; the moment at which they came."""
        seen = b""
        deadline = perf_counter() + PATIENCE
        while words.encode() not in seen:
            ready, _, _ = select.select([self.master], [], [], deadline - perf_counter())
            if not ready:
                raise TimeoutError(f"{words} was never shown")
            seen += os.read(self.master, 1 << 16)
        return perf_counter()

    def press(self, key: str, shows: str) -> float:
        """Seconds from a key to the words that it brings."""
        began = perf_counter()
        os.write(self.master, key.encode())
        return self.until(shows) - began

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@contextmanager
def _terminals() -> Iterator[tuple[Terminal, Terminal]]:
    """duly at its first question, and the bare app."""
    with TemporaryDirectory() as folder:
        deck = Path(folder, "cards", "deck.yaml")
        deck.parent.mkdir()
        deck.write_text("".join(_card(number) for number in range(PRESSES + 1)), encoding="utf-8")
        Path(folder, "config.toml").write_text(f"new_per_day = {PRESSES + 1}\n", encoding="utf-8")
        environment = {**os.environ, "TERM": "xterm-256color", "DULY_HOME": folder, "PYTHONUTF8": "1"}
        duly = Terminal([sys.executable, "-c", DULY, "quiz", str(deck.parent)], environment)
        bare = Terminal([sys.executable, "-c", BARE], environment)
        try:
            duly.until("deck")
            bare.until("shown000")
            duly.press("a", "asked000")
            yield duly, bare
        finally:
            duly.close()
            bare.close()


def _card(number: int) -> str:
    return f"- q: The question of card asked{number:03}?\n  a: |{ANSWER.format(number=number)}\n"


def times() -> tuple[list[float], list[float], list[float]]:
    """Seconds for each key that shows an answer, for each that grades it, and for each of the bare app, in turns."""
    reveals: list[float] = []
    grades: list[float] = []
    swaps: list[float] = []
    with _terminals() as (duly, bare):
        for number in range(PRESSES):
            reveals.append(duly.press(" ", f"shown{number:03}"))
            swaps.append(bare.press("x", f"shown{number + 1:03}"))
            grades.append(duly.press("4", f"asked{number + 1:03}"))
    return reveals, grades, swaps


def p99(measured: list[float]) -> float:
    return quantiles(measured, n=100)[98]


if __name__ == "__main__":
    reveals, grades, swaps = times()
    for name, measured in (("show the answer", reveals), ("grade it", grades), ("swap a text", swaps)):
        print(f"{name}: median {median(measured) * 1000:.1f} ms, p99 {p99(measured) * 1000:.1f} ms")
    print(f"ratio: median {median(reveals) / median(swaps):.2f}, p99 {p99(reveals) / p99(swaps):.2f}")
