"""The bar for long work, on a real pseudo-terminal."""

import io
import os
import sys
from contextlib import suppress

import pytest

from duly.cli.progress_bar import progress_bar
from duly.message import message

pty = pytest.importorskip("pty")

DOING = message("Making notes for Anki")


def read(descriptor: int) -> str:
    """Everything that was written to a terminal which is closed by now."""
    output = b""
    with suppress(OSError):  # Linux says the end of it so
        while block := os.read(descriptor, 4096):
            output += block
    os.close(descriptor)
    return output.decode()


def test_on_a_terminal_a_bar_shows_how_far_it_is_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert list(progress_bar("abcd", DOING)) == ["a", "b", "c", "d"]
    output = read(ours)
    assert "Making notes for Anki" in output
    assert "100%" in output
    assert output.endswith("\x1b[2K")  # the line is empty again


def test_without_a_terminal_no_bar_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(progress_bar("ab", DOING)) == ["a", "b"]
    assert stream.getvalue() == ""
