"""What the checks of a collection look at, and what they find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from duly.cards import Note
from duly.deckfile.parse import NoteEntry
from duly.message import Message
from duly.problem import Problem, Severity


@dataclass(frozen=True)
class FileNotes:
    """The good notes of a file, and the root of the collection it belongs to.

    `parse` gives the entries of these notes: only where something is to be shown in the file are they needed.
    `shows_media` is false only where no text of them can show an image or a sound.
    """

    notes: Sequence[Note]
    root: Path
    parse: Callable[[], Sequence[NoteEntry]]
    shows_media: bool = True

    @cached_property
    def entries(self) -> Sequence[NoteEntry]:
        return self.parse()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the note that has it."""

    note: Note
    problem: Problem


def finding_at(  # noqa: PLR0917 - a problem and whose it is
    note: Note, entry: NoteEntry, index: int, kind: str, message: Message, severity: Severity = Severity.ERROR
) -> Finding:
    """A problem of a note, whose entry is this, at `index` of its file."""
    return Finding(note, entry.source.problem(index, kind, message, severity))
