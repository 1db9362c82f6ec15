"""The input of the checks of a collection (the notes of each file), and their findings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from duly.cards import Note
from duly.deckfile.parse_file import NoteEntry
from duly.message import Message
from duly.problem import Problem, Severity


@dataclass(frozen=True)
class FileNotes:
    """The valid notes of a file, and the root of its collection.

    `parse` returns the entries of these notes, which are needed only to report a place in the file. `shows_media` is
    false only if no text of the notes can show an image or sound.
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


def finding_at(  # noqa: PLR0917 - a problem with its note
    note: Note, entry: NoteEntry, index: int, kind: str, message: Message, severity: Severity = Severity.ERROR
) -> Finding:
    """A problem of a note and its entry, at `index` of the file."""
    return Finding(note, entry.source.problem(index, kind, message, severity))
