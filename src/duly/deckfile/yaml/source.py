"""The text of a deck file with lines and columns, reading and encoding it, and collecting its problems."""

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from select import select

from duly.deckfile.walk import LARGEST, may_block
from duly.errors import reason
from duly.message import Message, message
from duly.problem import Place, Problem, Severity

PATIENCE = 5.0
"""Seconds to wait for the writer of a pipe."""
BOM = "\ufeff"
LINE_END = re.compile(r"\r\n|\r|\n")  # of Windows, of the old Mac OS, of Unix


@dataclass(frozen=True)
class Source:
    """A file's text without its byte order mark."""

    file: Path
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The index at which each line starts."""
        return (0, *map(re.Match.end, LINE_END.finditer(self.text)))

    def place(self, index: int) -> Place:
        """The place of the character at `index`."""
        line = bisect_right(self.starts, index)
        return Place(self.file, line, index - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The line of this number, counted from 1, without its end."""
        return self._lines[number - 1]

    @cached_property
    def _lines(self) -> list[str]:
        """The lines without their ends, cached, so that all problems of a line share its text."""
        return LINE_END.split(self.text)

    def problem(self, index: int, kind: str, message: Message, severity: Severity = Severity.ERROR) -> Problem:
        """A mistake at `index`, with its line."""
        place = self.place(index)
        return Problem(place, kind, message, severity, self.line(place.line))


def read_source(file: Path) -> Source | Problem:
    """The text of `file`, or a problem: it is unreadable, too large, or not UTF-8."""
    data = read_bytes(file)
    return decode(file, data) if isinstance(data, bytes) else data


def with_excerpts(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with their lines as excerpts, which problems found in notes and not in files lack."""
    read_cached = cache(read_source)
    for problem in problems:
        may_have_line = not problem.excerpt and not may_block(problem.place.file)
        source = read_cached(problem.place.file) if may_have_line else None
        if isinstance(source, Source) and problem.place.line <= len(source.starts):
            yield replace(problem, excerpt=source.line(problem.place.line))
        else:
            yield problem


def read_bytes(file: Path) -> bytes | Problem:
    """The content of `file`, truncated if it is too large; or the problem of reading it."""
    try:
        with open(file, "rb", opener=_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISFIFO(status.st_mode):
                return _read_pipe(file, stream.fileno())
            size = status.st_size  # a guess, to avoid allocating LARGEST bytes for every small file
            data = stream.read(min(size, LARGEST) + 1)
            return data if len(data) <= size else data + stream.read(LARGEST + 1 - len(data))
    except OSError as error:
        return Problem(Place(file), "unreadable", message("this file cannot be read: {error}", error=reason(error)))


def _without_waiting(file: str, flags: int) -> int:
    """Opens a pipe without blocking until there is a writer."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def _read_pipe(file: Path, pipe: int) -> bytes | Problem:
    data = bytearray()
    while len(data) <= LARGEST:
        if not select([pipe], [], [], PATIENCE)[0]:
            return Problem(Place(file), "unreadable", message("this is a pipe, and nothing is written to it"))
        block = os.read(pipe, 1 << 16)
        if not block:
            break
        data += block
    return bytes(data)


def encode(text: str, old: bytes) -> bytes:
    """The bytes of a new text, with a byte order mark if the old content had one."""
    mark = BOM.encode() if old.startswith(BOM.encode()) else b""
    return mark + text.encode()


def size_problem(file: Path, new: bytes) -> Problem | None:
    """The problem if these bytes would be too large for a deck file to be read again; else None."""
    if len(new) <= LARGEST:
        return None
    sentence = message(
        "this file would be larger than {limit} MB, so nothing was written; split it into several",
        limit=LARGEST // 1_000_000,
    )
    return Problem(Place(file), "too-large", sentence)


def decode(file: Path, data: bytes) -> Source | Problem:
    """The text in `data`, or the problem that it is too large or not UTF-8."""
    if len(data) > LARGEST:
        return Problem(
            Place(file),
            "too-large",
            message("this file is larger than {limit} MB; split it into several", limit=LARGEST // 1_000_000),
        )
    try:
        return Source(file, data.decode().removeprefix(BOM))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().removeprefix(BOM)
        readable_source = Source(file, before + data[error.start :].decode(errors="replace"))
        return readable_source.problem(
            len(before),
            "not-utf8",
            message("byte {byte} is not UTF-8; save this file as UTF-8", byte=f"0x{data[error.start]:02x}"),
        )


@dataclass(slots=True)
class ProblemCollector:
    """Collects the problems of a file."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0

    def error(self, index: int, kind: str, message: Message) -> None:
        """Adds an error, which excludes the note (or file) at `index`."""
        self.errors += 1
        self.problems.append(self.source.problem(index, kind, message))

    def warning(self, index: int, kind: str, message: Message) -> None:
        """Adds a warning, with which a note still loads."""
        self.problems.append(self.source.problem(index, kind, message, Severity.WARNING))
