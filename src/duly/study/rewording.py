"""Questions that were reworded without an id: finds them, and writes their old ids if the author agrees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from duly.cards import Note, NoteId
from duly.cards.find_rewordings import find_rewordings
from duly.cards.note_snapshot import NoteSnapshot, snapshot
from duly.journal import Journal
from duly.message import message
from duly.problem import Problem, Severity
from duly.study.decks import Decks
from duly.study.orphans import missing_notes, real_path


@dataclass(frozen=True, slots=True)
class Rewording:
    """A missing note with progress, and the new note that seems to be the same."""

    old: NoteSnapshot
    note: Note


def rewordings(decks: Decks, journal: Journal) -> tuple[Rewording, ...]:
    """The new notes without a written id that seem to be reworded old ones, in the order of the decks.

    A note is new if there is no snapshot of it.
    """
    return _rewordings(decks, journal, journal.seen_notes())


def update_seen_notes(decks: Decks, journal: Journal) -> tuple[Rewording, ...]:
    """Returns the rewordings, saves snapshots of all other notes, and removes those of missing notes without progress.

    Only new and changed snapshots are written.
    """
    snapshots = journal.seen_notes()
    rewordings = _rewordings(decks, journal, snapshots)
    undecided_ids = {rewording.note.id for rewording in rewordings}
    changed_snapshots = [
        note for note in _snapshots(decks.notes) if note != snapshots.get(note.id) and note.id not in undecided_ids
    ]
    forgettable_notes = missing_notes(decks, snapshots.keys() - journal.notes_with_progress(), snapshots)
    if changed_snapshots or forgettable_notes:
        with journal.transaction() as transaction:
            transaction.forget_seen_notes(forgettable_notes)
            transaction.save_seen_notes(changed_snapshots)
    return rewordings


def restore(rewording: Rewording) -> None:
    """Writes the old id into the reworded note, which keeps its progress and the note in Anki. Raises `DulyError`."""
    assert rewording.note.place is not None, "the notes of decks stand in files"
    from duly.deckfile.write.stamp import relink  # imported here, because most commands need no parser

    relink(rewording.note.place.file, rewording.note.id, rewording.old.id)


def keep_apart(rewording: Rewording, journal: Journal) -> None:
    """Treats the new note as an independent note, permanently."""
    with journal.transaction() as transaction:
        transaction.save_seen_notes(_snapshots([rewording.note]))


def write_id(note: Note) -> None:
    """Writes a note's id into its file if it is missing, before the question is edited. Raises `DulyError`."""
    if note.place is not None and not note.is_stamped:
        from duly.deckfile.write.stamp import stamp

        stamp(note.place.file, lambda candidate: candidate.id if candidate.id == note.id else None)


def rewording_problem(rewording: Rewording) -> Problem:
    """The warning for the author if the program cannot ask."""
    assert rewording.note.place is not None, "the notes of decks stand in files"
    sentence = message(
        "this seems to be the question {question!r} in other words; to keep its progress, write id: {id} here, or say"
        " yes in duly stamp",
        question=" ".join(rewording.old.question.split()),
        id=rewording.old.id,
    )
    return Problem(rewording.note.place, "reworded", sentence, Severity.WARNING)


def _rewordings(decks: Decks, journal: Journal, snapshots: Mapping[NoteId, NoteSnapshot]) -> tuple[Rewording, ...]:
    new_notes = [note for note in decks.notes if not note.is_stamped and note.id not in snapshots]
    if not new_notes:
        return ()
    missing_ids = missing_notes(decks, journal.notes_with_progress() & snapshots.keys(), snapshots)
    new_notes_by_id = {note.id: note for note in new_notes}
    other_notes = [note for note in decks.notes if note.id not in new_notes_by_id] if missing_ids else []
    pairs = find_rewordings(
        [snapshots[note] for note in sorted(missing_ids)], _snapshots(new_notes), _snapshots(other_notes)
    )
    return tuple(Rewording(old_snapshot, new_notes_by_id[new_snapshot.id]) for old_snapshot, new_snapshot in pairs)


def _snapshots(notes: Iterable[Note]) -> list[NoteSnapshot]:
    resolved_path = cache(real_path)
    return [snapshot(note, resolved_path(note.place.file) if note.place else "") for note in notes]
