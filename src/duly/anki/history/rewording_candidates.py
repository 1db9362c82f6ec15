"""Finds questions that were exported and then reworded before they had an id: new notes and lost exported ones."""

import os
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from duly.anki.history.ledger_queries import ExportHistory
from duly.anki.history.ledger_tables import open_for_reading
from duly.cards import Note
from duly.cards.note_snapshot import NoteSnapshot


def rewordings(
    notes: Sequence[Note],
    paths: Iterable[Path],
    ledger_file: Path,
    *,
    excluded_ids: Container[str] = (),
    target: Path | None = None,
) -> tuple[tuple[NoteSnapshot, Note], ...]:
    """The exported notes that are lost, each with the new note that seems to be the same.

    `notes` are those of the files and folders `paths`, and `excluded_ids` the ids of further notes there. `target` is
    the package about to be made. A note is new if it has no id in its file and was never exported.
    Raises `DulyError` if the ledger cannot be used.
    """
    with open_for_reading(ledger_file) as connection:
        if connection is None:
            return ()
        history = ExportHistory(connection)
        package_guids = history.package_guids(
            history.packages(paths, Path(os.path.realpath(target)) if target else None)
        )
        present_ids = {note.id for note in notes}
        lost_guids = {guid for guid in package_guids - present_ids if guid not in excluded_ids}
        if not lost_guids:
            return ()
        new_notes = [
            note for note in notes if note.place is not None and not note.is_stamped and note.id not in package_guids
        ]
        exported_guids = history.exported_guids([note.id for note in new_notes])
        new_notes = [note for note in new_notes if note.id not in exported_guids]
        lost_notes = history.notes(lost_guids) if new_notes else []
    if not lost_notes:
        return ()
    from duly.anki.history.rewording_match import matching_pairs  # slow to load, and rarely needed

    return matching_pairs(lost_notes, new_notes, notes)
