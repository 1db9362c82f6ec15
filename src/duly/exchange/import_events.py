"""What an import did, step by step, as values for a face to print. A `Problem` among them is a warning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duly.exchange.note_updates import Difference, UpdateGroup
from duly.message import Message
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.anki.progress.review_log import LeftOut
    from duly.importers.importer import Imported
    from duly.study.import_into_journal import ImportReport


@dataclass(frozen=True, slots=True)
class Failure:
    """The reason why something could not be imported."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text was read as a format, which has a `name`, in an encoding, as ``utf-8``."""

    file: Path
    format: Message
    name: str
    encoding: str


@dataclass(frozen=True, slots=True)
class CandidateFormat:
    """A format that a text may be of: its name, what it is, the lines that speak for it, and its first card's texts."""

    name: str
    format: Message
    lines: Sequence[int]
    card: Sequence[str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The formats that a text may be of, the surest first, where none is certain."""

    file: Path
    formats: Sequence[CandidateFormat]


@dataclass(frozen=True, slots=True)
class PassagesLeftOut:
    """What of a text was left out, each with its place and the reason."""

    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class TextAccount:
    """What became of every line of a text that was read as the format `name`."""

    file: Path
    name: str
    imported: "Imported"
    is_written: bool


@dataclass(frozen=True, slots=True)
class NotesFiled:
    """Notes of a text went to a deck file; `known` notes were there already."""

    file: Path
    added: int
    known: int


@dataclass(frozen=True, slots=True)
class NotesDiffer:
    """Notes that are there already read differently in the text, and were left as they are."""

    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class NotesUpdated:
    """Notes that were brought up to date, and those that were not because their question was reworded here."""

    updated: Sequence[Difference]
    reworded: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class FolderRead:
    """How many texts of a folder have cards, and how many have none; the passages that were left out, the notes
    of a vault without the tag that others have, and how many files were not looked at, by their ending."""

    folder: Path
    files: int
    others: int
    passages: int
    untagged: int
    unread: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AnkiFilesSkipped:
    """Packages and collections of Anki in a folder are imported only by their own names."""

    files: int


@dataclass(frozen=True, slots=True)
class AnkiImported:
    """A package or collection: the notes added to each deck file, those known already, and what was not carried over.

    `not_carried` has for each kind of loss its name for programs, its sentence, and its cases. `leads_back` says that
    what leads the notes back to Anki was written to `duly.anki.notes.origin_files.FOLDER`.
    """

    file: Path
    added: Mapping[Path, int]
    known: int
    groups: Sequence[UpdateGroup]
    not_carried: Sequence[tuple[str, Message, Sequence[str]]]
    leads_back: bool


@dataclass(frozen=True, slots=True)
class SchedulesFound:
    """A text has schedules of cards, and they were not asked for."""

    file: Path
    number: int


@dataclass(frozen=True, slots=True)
class SchedulesImported:
    """How many schedules were taken over, of how many that the text has."""

    file: Path
    imported: int
    number: int


@dataclass(frozen=True, slots=True)
class ProgressImported:
    """The progress that was imported from a file of Anki, and how many cards or lines were left out, by reason."""

    file: Path
    progress: "ImportReport"
    left_out: "Mapping[LeftOut, int]"


@dataclass(frozen=True, slots=True)
class FsrsImported:
    """FSRS's parameters and the desired retention of a preset in a file of Anki, which so many `cards` have.

    `values` is how many parameters there were, 0 where the usual ones rule, before they were filled up to 21; `clipped`
    has the numbers of those that were out of bounds, counted from 0. `others` are further presets with parameters.
    """

    file: Path
    preset: str
    cards: int
    values: int
    parameters: Sequence[float]
    clipped: Sequence[int]
    retention: float
    others: Sequence[str]
    is_written: bool


ImportEvent = (
    Problem
    | Failure
    | TextRead
    | Candidates
    | PassagesLeftOut
    | TextAccount
    | NotesFiled
    | NotesDiffer
    | NotesUpdated
    | FolderRead
    | AnkiFilesSkipped
    | AnkiImported
    | FsrsImported
    | ProgressImported
    | SchedulesFound
    | SchedulesImported
)


def failures_last(events: Iterable[ImportEvent]) -> Iterator[ImportEvent]:
    """The events in their order, but failures behind all others."""
    failures = []
    for event in events:
        if isinstance(event, Failure):
            failures.append(event)
        else:
            yield event
    yield from failures
