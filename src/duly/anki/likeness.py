"""Notes that were exported compared with new ones: both as the text that Anki shows, for only that was remembered."""

from collections.abc import Iterable, Sequence

from duly.anki.exports import Past
from duly.anki.notes import anki_note
from duly.anki.notetypes import TYPES, NoteType
from duly.anki.rows import BETWEEN
from duly.cards import DeckName, Note, NoteId
from duly.cards.rewording import reworded
from duly.cards.seen import Seen, hidden, seen
from duly.markup.plain import plain_text

ANYWHERE = "*"
"""The file of new notes, and of those that are gone together with their deck: it may have another name now."""


def pairs(gone: Iterable[Past], new: Sequence[Note], every: Iterable[Note]) -> tuple[tuple[Seen, Note], ...]:
    """Each note that is gone and the new one that seems to be the same; `every` are all notes, the new ones too.

    Notes whose type came from Anki are passed over: they have an id in their file.
    """
    by_id = {note.id: note for note in new}
    answers = {seen(note, "").answer for note in new}
    others = [note for note in every if note.id not in by_id and seen(note, "").answer in answers]
    decks = {note.deck for note in every}
    found = reworded(
        [_past(one, "" if one.deck in decks else ANYWHERE) for one in gone if one.type in TYPES],
        [_shown(note) for note in new],
        [_shown(note) for note in others],
    )
    return tuple((old, by_id[one.id]) for old, one in found)


def _past(one: Past, file: str) -> Seen:
    return _seen(NoteId(one.guid), one.deck, TYPES[one.type], one.fields.split(BETWEEN), file)


def _shown(note: Note) -> Seen:
    made = anki_note(note, str)
    assert isinstance(made.type, NoteType), "only notes that came from Anki have another type"
    return _seen(note.id, note.deck, made.type, made.fields, ANYWHERE)


def _seen(note: NoteId, deck: DeckName, kind: NoteType, fields: Sequence[str], file: str) -> Seen:
    question = plain_text(fields[0])
    return Seen(note, deck, question, hidden(question) if kind.is_cloze else plain_text(fields[1]), file)
