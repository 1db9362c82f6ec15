"""Questions that were reworded before they had an id: found, shown to the author, and given their old id on a yes."""

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
    """A note that is gone though there is progress for it, and the new one that seems to be the same."""

    old: NoteSnapshot
    note: Note


def rewordings(decks: Decks, journal: Journal) -> tuple[Rewording, ...]:
    """The new notes without an id in their file that seem to be old ones, in the order of the decks.

    A note is new if it was never seen before.
    """
    return _rewordings(decks, journal, journal.seen_notes())


def update_seen(decks: Decks, journal: Journal) -> tuple[Rewording, ...]:
    """The rewordings; every other note is remembered as it is now, and one that is gone without progress is forgotten.

    Only what is new or has changed is written.
    """
    known = journal.seen_notes()
    rewordings = _rewordings(decks, journal, known)
    undecided = {rewording.note.id for rewording in rewordings}
    changed = [note for note in _snapshots(decks.notes) if note != known.get(note.id) and note.id not in undecided]
    needless = missing_notes(decks, known.keys() - journal.notes_with_progress(), known)
    if changed or needless:
        with journal.writing() as transaction:
            transaction.forget_seen_notes(needless)
            transaction.save_seen_notes(changed)
    return rewordings


def restore(rewording: Rewording) -> None:
    """Writes the old id beside the reworded question: progress, and the note in Anki, go on. Raises `DulyError`."""
    assert rewording.note.place is not None, "the notes of decks stand in files"
    from duly.deckfile.write.stamp import relink  # only who writes pays for a parser

    relink(rewording.note.place.file, rewording.note.id, rewording.old.id)


def keep_apart(rewording: Rewording, journal: Journal) -> None:
    """Treats the new note as a note of its own, for good."""
    with journal.writing() as transaction:
        transaction.save_seen_notes(_snapshots([rewording.note]))


def write_id(note: Note) -> None:
    """Writes a note's id into its file, unless it is there, before the question is edited. Raises `DulyError`."""
    if note.place is not None and not note.stamped:
        from duly.deckfile.write.stamp import stamp

        stamp(note.place.file, lambda candidate: candidate.id if candidate.id == note.id else None)


def rewording_problem(rewording: Rewording) -> Problem:
    """The warning for the author where nobody can be asked."""
    assert rewording.note.place is not None, "the notes of decks stand in files"
    sentence = message(
        "this seems to be the question {question!r} in other words; to keep its progress, write id: {id} here, or say"
        " yes in duly stamp",
        question=" ".join(rewording.old.question.split()),
        id=rewording.old.id,
    )
    return Problem(rewording.note.place, "reworded", sentence, Severity.WARNING)


def _rewordings(decks: Decks, journal: Journal, known: Mapping[NoteId, NoteSnapshot]) -> tuple[Rewording, ...]:
    fresh = [note for note in decks.notes if not note.stamped and note.id not in known]
    if not fresh:
        return ()
    lost = missing_notes(decks, journal.notes_with_progress() & known.keys(), known)
    new = {note.id: note for note in fresh}
    others = [note for note in decks.notes if note.id not in new] if lost else []
    pairs = find_rewordings([known[note] for note in sorted(lost)], _snapshots(fresh), _snapshots(others))
    return tuple(Rewording(old, new[snapshot.id]) for old, snapshot in pairs)


def _snapshots(notes: Iterable[Note]) -> list[NoteSnapshot]:
    resolved = cache(real_path)
    return [snapshot(note, resolved(note.place.file) if note.place else "") for note in notes]
