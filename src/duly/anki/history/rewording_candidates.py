"""Finds questions that were exported and then reworded before they had an id: new notes and lost exported ones."""

import os
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from duly.anki.history.ledger_queries import ExportHistory
from duly.anki.history.ledger_tables import reading
from duly.cards import Note
from duly.cards.note_snapshot import NoteSnapshot


def rewordings(
    notes: Sequence[Note],
    paths: Iterable[Path],
    memory: Path,
    *,
    kept_out: Container[str] = (),
    target: Path | None = None,
) -> tuple[tuple[NoteSnapshot, Note], ...]:
    """The exported notes that are lost, each with the new note that seems to be the same.

    `notes` are those of the files and folders `paths`, `kept_out` the ids of further notes there; `memory` is the file
    of the ledger, `target` the package about to be made. A note is new if it has no id in its file and was never
    exported. Raises `DulyError` if the ledger cannot be used.
    """
    with reading(memory) as connection:
        if connection is None:
            return ()
        book = ExportHistory(connection)
        held = book.package_guids(book.packages(paths, Path(os.path.realpath(target)) if target else None))
        there = {note.id for note in notes}
        lost = {guid for guid in held - there if guid not in kept_out}
        if not lost:
            return ()
        new = [note for note in notes if note.place is not None and not note.stamped and note.id not in held]
        exported = book.known([note.id for note in new])
        new = [note for note in new if note.id not in exported]
        past = book.notes(lost) if new else []
    if not past:
        return ()
    from duly.anki.history.rewording_match import matching_pairs  # renders, which is slow to load, and seldom needed

    return matching_pairs(past, new, notes)
