"""The events of an import, for the command line or a screen to show. A `Problem` among them is a warning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duly.exchange.note_updates import Difference, UpdateGroup
from duly.message import Message
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.anki.progress.from_revlog import LeftOutReason
    from duly.importers.importer import ImportedText
    from duly.study.import_into_journal import ImportReport


@dataclass(frozen=True, slots=True)
class Failure:
    """The reason why something could not be imported."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text was read as a format with this `name`, in an encoding such as ``utf-8``."""

    file: Path
    format: Message
    name: str
    encoding: str


@dataclass(frozen=True, slots=True)
class CandidateFormat:
    """A possible format of a text: its name and description, the lines that suggest it, and its first card's texts."""

    name: str
    format: Message
    lines: Sequence[int]
    card: Sequence[str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The possible formats of a text, the surest first, if none is certain."""

    file: Path
    formats: Sequence[CandidateFormat]


@dataclass(frozen=True, slots=True)
class PassagesLeftOut:
    """The passages of a text that were left out, each with its place and the reason."""

    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class TextAccount:
    """The account of all lines of a text that was read as the format `name`."""

    file: Path
    name: str
    imported: "ImportedText"
    is_written: bool


@dataclass(frozen=True, slots=True)
class NotesFiled:
    """Notes of a text were added to a deck file, which already had `known_count` further ones."""

    file: Path
    added_count: int
    known_count: int


@dataclass(frozen=True, slots=True)
class NotesDiffer:
    """Known notes that differ in the text, and were left unchanged."""

    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class NotesUpdated:
    """Notes that were updated, and those that were not because their question was reworded here."""

    updated_differences: Sequence[Difference]
    reworded_differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class FolderRead:
    """The texts of a folder were read: how many have cards and how many have none, and what was left out.

    `untagged_notes` counts the notes of a vault without the tag that others have, `unread_files` the files of other
    formats by their ending.
    """

    folder: Path
    files_with_cards: int
    files_without_cards: int
    left_out_passages: int
    untagged_notes: int
    unread_files: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AnkiFilesSkipped:
    """Packages and collections of Anki in a folder were skipped: they are imported only by their own paths."""

    files: int


@dataclass(frozen=True, slots=True)
class AnkiImported:
    """A package or collection was imported: how many notes were added to each deck file, how many were known already.

    `losses` has for each kind of loss its name for programs, its message, and its cases. `has_origins`: the origins
    of the notes were written to `duly.anki.notes.origin_files.FOLDER`.
    """

    file: Path
    added_by_file: Mapping[Path, int]
    known_count: int
    groups: Sequence[UpdateGroup]
    losses: Sequence[tuple[str, Message, Sequence[str]]]
    has_origins: bool


@dataclass(frozen=True, slots=True)
class SchedulesFound:
    """A text has schedules of cards, which were not imported without ``--progress``."""

    file: Path
    number: int


@dataclass(frozen=True, slots=True)
class SchedulesImported:
    """How many of the schedules in a text were imported."""

    file: Path
    imported_count: int
    number: int


@dataclass(frozen=True, slots=True)
class ProgressImported:
    """The progress that was imported from a file of Anki, and how many cards or lines were left out, by reason."""

    file: Path
    progress: "ImportReport"
    left_out_counts: "Mapping[LeftOutReason, int]"


@dataclass(frozen=True, slots=True)
class FsrsImported:
    """The FSRS parameters and the desired retention of a preset of Anki, which has this number of `cards`.

    `values` is the number of parameters before they were extended to 21, 0 for the default ones; `clipped` has the
    indexes of parameters that were out of bounds. `others` are further presets with parameters.
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
    """The events in order, but with failures at the end."""
    failures = []
    for event in events:
        if isinstance(event, Failure):
            failures.append(event)
        else:
            yield event
    yield from failures
