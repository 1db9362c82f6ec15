"""A real pseudo-terminal with duly in it: keys go in, and what a person would see comes out."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for what is to be seen: a loaded machine is slow, a broken program never gets there."""

QUIET = 0.05
"""Seconds without a further byte after which a program is taken to be idle."""

DULY = "from duly.cli import main; main()"


class Terminal:
    """Runs ``duly`` with these arguments in a terminal of 80 by 24 cells, until it is killed or left.

    `mode` is how the terminal is set, as `termios.tcgetattr` gives it, when duly was suspended or at its end.
    """

    def __init__(self, *arguments: str | Path, environment: Mapping[str, str], code: str = DULY) -> None:
        self.unread_output = ""
        self.mode: list[Any] = []
        self.process, self._fd = pty.fork()
        if self.process == 0:
            os.execve(
                sys.executable,
                [sys.executable, "-c", code, *map(str, arguments)],
                {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1", **environment},
            )
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def shows(self, text: str) -> None:
        """Waits until a text was written since the last wait."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.unread_output:
            assert time.monotonic() < deadline, f"{text!r} never came; last seen: {self.unread_output[-2000:]!r}"
            if select.select([self._fd], [], [], 0.2)[0]:
                self.unread_output += os.read(self._fd, 65_536).decode("utf-8", errors="replace")
        self.unread_output = self.unread_output.partition(text)[2]

    def settle(self) -> None:
        """Waits until nothing more is written: it has done all that it set out to do."""
        while select.select([self._fd], [], [], QUIET)[0]:
            os.read(self._fd, 65_536)

    def press(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def stopped(self) -> bool:
        """Waits until it is suspended; False if it came to its end instead."""
        _process, status = os.waitpid(self.process, os.WUNTRACED)
        self.mode = termios.tcgetattr(self._fd)
        return os.WIFSTOPPED(status)

    def hang_up(self) -> int:
        """Closes the window; the exit status, below 0 if a signal made it."""
        os.close(self._fd)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.kill(self.process, signal.SIGKILL)
        raise AssertionError("it goes on without a terminal")

    def kill(self) -> None:
        """Ends it as a power cut would."""
        os.kill(self.process, signal.SIGKILL)
        self.close()

    def leave(self) -> int:
        """Presses ctrl+q, and waits for the end."""
        self.press("\x11")
        return self.close()

    def close(self) -> int:
        """Waits for the end; the exit status, below 0 if a signal made it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                break
            try:  # whoever does not read keeps the other from writing its last words
                if select.select([self._fd], [], [], 0.1)[0]:
                    self.unread_output += os.read(self._fd, 65_536).decode("utf-8", errors="replace")
            except OSError:
                time.sleep(0.05)
        else:
            raise AssertionError("it goes on and on")
        self.mode = termios.tcgetattr(self._fd)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)
