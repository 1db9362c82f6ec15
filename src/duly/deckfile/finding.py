"""What an audit looks at, and what it finds."""

from dataclasses import dataclass
from pathlib import Path

from duly.deckfile.parse import Entry
from duly.message import Message
from duly.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry and the root of the collection it belongs to."""

    entry: Entry
    root: Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the entry that has it."""

    entry: Entry
    problem: Problem


def found(entry: Entry, index: int, kind: str, said: Message, severity: Severity = Severity.ERROR) -> Finding:
    """A problem of `entry` at `index` of its file."""
    return Finding(entry, entry.source.problem(index, kind, said, severity))
