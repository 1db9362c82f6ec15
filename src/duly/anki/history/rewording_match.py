"""Matches lost exported notes with new ones, comparing the text that Anki shows: the ledger has nothing else."""

from collections.abc import Iterable, Sequence

from duly.anki.history.ledger_queries import ExportedNote
from duly.anki.notes.anki_note import anki_note
from duly.anki.notes.note_types import OCCLUSION, TYPES, NoteType
from duly.anki.raw_rows import FIELD_SEPARATOR
from duly.cards import DeckName, Note, NoteId
from duly.cards.find_rewordings import find_rewordings
from duly.cards.note_snapshot import NoteSnapshot, hidden_text, snapshot
from duly.markup.html.plain_text import plain_text

ANYWHERE = "*"
"""The file of new notes, and of lost notes whose deck is gone, too: its file may have been renamed."""


def matching_pairs(
    gone: Iterable[ExportedNote], new: Sequence[Note], every: Iterable[Note]
) -> tuple[tuple[NoteSnapshot, Note], ...]:
    """Pairs of a lost note and the new one that seems to be the same; `every` are all notes, including new ones.

    Notes of imported note types are skipped: they have an id in their file.
    """
    by_id = {note.id: note for note in new}
    answers = {snapshot(note, "").answer for note in new}
    others = [note for note in every if note.id not in by_id and snapshot(note, "").answer in answers]
    decks = {note.deck for note in every}
    pairs = find_rewordings(
        [_comparable(note, "" if note.deck in decks else ANYWHERE) for note in gone if note.type in TYPES],
        [_shown(note) for note in new],
        [_shown(note) for note in others],
    )
    return tuple((old, by_id[snapshot.id]) for old, snapshot in pairs)


def _comparable(note: ExportedNote, file: str) -> NoteSnapshot:
    return _snapshot(NoteId(note.guid), note.deck, TYPES[note.type], note.fields.split(FIELD_SEPARATOR), file)


def _shown(note: Note) -> NoteSnapshot:
    made = anki_note(note, str)
    assert isinstance(made.type, NoteType), "only notes that came from Anki have another type"
    return _snapshot(note.id, note.deck, made.type, made.fields, ANYWHERE)


def _snapshot(note: NoteId, deck: DeckName, kind: NoteType, fields: Sequence[str], file: str) -> NoteSnapshot:
    if kind is OCCLUSION:
        _, image, header, extra, _ = fields
        return NoteSnapshot(note, deck, plain_text(header or image), plain_text(extra), file)
    question = plain_text(fields[0])
    return NoteSnapshot(note, deck, question, hidden_text(question) if kind.is_cloze else plain_text(fields[1]), file)
