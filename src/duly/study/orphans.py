"""Progress whose note is gone: removed, reworded before it had an id, or kept in files that are not read now."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.cards import CardId, Note, NoteId
from duly.cards.note_snapshot import NoteSnapshot
from duly.errors import DulyError
from duly.journal import Journal
from duly.message import message
from duly.problem import legible
from duly.scheduling.schedule import Schedule
from duly.study.decks import Decks


@dataclass(frozen=True, slots=True)
class Orphan:
    """The id of a note that is gone, what was seen of it last (None if it never was), and where its cards stand."""

    id: NoteId
    seen: NoteSnapshot | None
    schedules: Mapping[CardId, Schedule]


def orphans(decks: Decks, journal: Journal) -> tuple[Orphan, ...]:
    """The progress without a card, by id. Not that of notes last seen in a file that is there and was not read well."""
    known = journal.seen_notes()
    schedules: dict[NoteId, dict[CardId, Schedule]] = {}
    for card, schedule in journal.schedules().items():
        schedules.setdefault(card.note, {})[card] = schedule
    lost = missing_notes(decks, schedules, known)
    return tuple(Orphan(note, known.get(note), schedules[note]) for note in sorted(lost))


def missing_notes(decks: Decks, notes: Iterable[NoteId], known: Mapping[NoteId, NoteSnapshot]) -> set[NoteId]:
    """Those of `notes` that are not in the decks, and not in a file that may still hold them."""
    missing = set(notes) - {note.id for note in decks.notes}
    files = {known[note].file for note in missing if note in known}
    well_read = {real_path(file) for file in decks.files} - {real_path(problem.place.file) for problem in decks.errors}
    elsewhere = {file for file in files if real_path(Path(file)) not in well_read and os.path.exists(file)}  # noqa: PTH110
    return {note for note in missing if note not in known or known[note].file not in elsewhere}


def adopt(decks: Decks, lost: Iterable[Orphan], old: NoteId, new: NoteId) -> Note:
    """Gives the progress of `old` to the note that has the id `new` until then.

    Raises `DulyError`, with nothing changed, if one of them is not there or the file cannot be written.
    """
    if old not in {orphan.id for orphan in lost}:
        raise DulyError(message("there is no progress without a card under the id {id}", id=old))
    note = next((note for note in decks.notes if note.id == new), None)
    if note is None or note.place is None:
        raise DulyError(message("there is no note with the id {id}", id=new))
    from duly.deckfile.write.stamp import relink  # only who writes pays for a parser

    relink(note.place.file, new, old)
    return note


def real_path(file: Path) -> str:
    """The absolute path of a file with links followed, as text, for comparing and storing."""
    return legible(Path(os.path.realpath(file)))
