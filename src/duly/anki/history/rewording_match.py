"""Matches lost exported notes with new ones, comparing the text that Anki shows: the ledger has nothing else."""

from collections.abc import Iterable, Sequence

from duly.anki.history.ledger_queries import ExportedNote
from duly.anki.notes.anki_note import anki_note
from duly.anki.notes.note_types import OCCLUSION, TYPES_BY_ID, NoteType
from duly.anki.raw_rows import FIELD_SEPARATOR
from duly.cards import DeckName, Note, NoteId
from duly.cards.find_rewordings import find_rewordings
from duly.cards.note_snapshot import NoteSnapshot, hidden_text, snapshot
from duly.markup.html.plain_text import plain_text

ANY_FILE = "*"
"""The file of new notes, and of lost notes whose deck no longer exists: its file may have been renamed."""


def matching_pairs(
    lost_notes: Iterable[ExportedNote], new_notes: Sequence[Note], all_notes: Iterable[Note]
) -> tuple[tuple[NoteSnapshot, Note], ...]:
    """Pairs of a lost note and the new one that seems to be the same; `all_notes` are all notes, including new ones.

    Notes of imported note types are skipped: they have an id in their file.
    """
    by_id = {note.id: note for note in new_notes}
    answers = {snapshot(note, "").answer for note in new_notes}
    other_notes = [note for note in all_notes if note.id not in by_id and snapshot(note, "").answer in answers]
    decks = {note.deck for note in all_notes}
    pairs = find_rewordings(
        [
            _exported_snapshot(note, "" if note.deck in decks else ANY_FILE)
            for note in lost_notes
            if note.type in TYPES_BY_ID
        ],
        [_new_snapshot(note) for note in new_notes],
        [_new_snapshot(note) for note in other_notes],
    )
    return tuple((old, by_id[snapshot.id]) for old, snapshot in pairs)


def _exported_snapshot(note: ExportedNote, file: str) -> NoteSnapshot:
    return _snapshot(NoteId(note.guid), note.deck, TYPES_BY_ID[note.type], note.fields.split(FIELD_SEPARATOR), file)


def _new_snapshot(note: Note) -> NoteSnapshot:
    built_note = anki_note(note, str)
    assert isinstance(built_note.type, NoteType), "only notes that came from Anki have another type"
    return _snapshot(note.id, note.deck, built_note.type, built_note.fields, ANY_FILE)


def _snapshot(note_id: NoteId, deck: DeckName, note_type: NoteType, fields: Sequence[str], file: str) -> NoteSnapshot:
    if note_type is OCCLUSION:
        _, image, header, extra, _ = fields
        return NoteSnapshot(note_id, deck, plain_text(header or image), plain_text(extra), file)
    question = plain_text(fields[0])
    return NoteSnapshot(
        note_id, deck, question, hidden_text(question) if note_type.is_cloze else plain_text(fields[1]), file
    )
