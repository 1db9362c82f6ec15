"""Progress without a note, because the note was removed, was reworded without an id, or is in other files."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.cards import CardId, Note, NoteId
from duly.cards.note_snapshot import NoteSnapshot
from duly.errors import DulyError
from duly.journal import Journal
from duly.message import message
from duly.problem import Problem, Severity, legible
from duly.scheduling.schedule import Schedule
from duly.study.decks import Decks


@dataclass(frozen=True, slots=True)
class Orphan:
    """A missing note: its id, its last snapshot (None if there is none), and the schedules of its cards."""

    id: NoteId
    snapshot: NoteSnapshot | None
    schedules: Mapping[CardId, Schedule]


def orphans(decks: Decks, journal: Journal) -> tuple[Orphan, ...]:
    """The progress without a note, by id, except for notes last seen in an existing file that is unread or invalid."""
    snapshots = journal.seen_notes()
    schedules: dict[NoteId, dict[CardId, Schedule]] = {}
    for card, schedule in journal.schedules().items():
        schedules.setdefault(card.note, {})[card] = schedule
    missing_ids = missing_notes(decks, schedules, snapshots)
    return tuple(Orphan(note, snapshots.get(note), schedules[note]) for note in sorted(missing_ids))


def missing_notes(decks: Decks, notes: Iterable[NoteId], snapshots: Mapping[NoteId, NoteSnapshot]) -> set[NoteId]:
    """Those of `notes` that are not in the decks, nor in an existing file that may still contain them."""
    missing_ids = set(notes) - {note.id for note in decks.notes}
    files = {snapshots[note].file for note in missing_ids if note in snapshots}
    valid_files = files_without_errors(decks.files, decks.problems)
    unread_files = {file for file in files if real_path(Path(file)) not in valid_files and os.path.exists(file)}  # noqa: PTH110
    return {note for note in missing_ids if note not in snapshots or snapshots[note].file not in unread_files}


def adopt(decks: Decks, all_orphans: Iterable[Orphan], old: NoteId, new: NoteId) -> Note:
    """Gives the progress of `old` to the note with the id `new`, by writing the id `old` into its file.

    Raises `DulyError`, and changes nothing, if one of them does not exist, or the file cannot be written.
    """
    if old not in {orphan.id for orphan in all_orphans}:
        raise DulyError(message("there is no progress without a card under the id {id}", id=old))
    note = next((note for note in decks.notes if note.id == new), None)
    if note is None or note.place is None:
        raise DulyError(message("there is no note with the id {id}", id=new))
    from duly.deckfile.write.stamp import relink  # imported here, because most commands need no parser

    relink(note.place.file, new, old)
    return note


def files_without_errors(files: Iterable[Path], problems: Iterable[Problem]) -> set[str]:
    """The real paths of those `files` that have no errors, so that a note they do not hold is gone."""
    invalid_files = {real_path(problem.place.file) for problem in problems if problem.severity is Severity.ERROR}
    return {real_path(file) for file in files} - invalid_files


def real_path(file: Path) -> str:
    """The absolute path of a file with links resolved, as text for comparing and storing."""
    return legible(Path(os.path.realpath(file)))
