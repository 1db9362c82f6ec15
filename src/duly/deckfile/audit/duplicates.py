"""Finds duplicate ids and questions in a collection."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from duly.cards import Note
from duly.cards.ids import normalised
from duly.deckfile.audit.finding import FileNotes, Finding, finding_at
from duly.deckfile.parse_file import NoteEntry
from duly.deckfile.yaml.nodes import Scalar
from duly.message import message
from duly.problem import Severity


def duplicate_ids(collection: Sequence[FileNotes]) -> Iterator[Finding]:
    """Notes whose id occurs earlier in the collection; such notes are excluded."""
    for first_note, note, entry in _repetitions(collection, attrgetter("id")):
        if normalised(first_note.question) == normalised(note.question):
            sentence = message(
                "this question is asked already at {place}; ask for something else, or remove one",
                place=first_note.place,
            )
            yield finding_at(note, entry, _value_start(entry, "image", "q", "cloze"), "same-question", sentence)
        else:
            sentence = message(
                "the id {id!r} is taken by {place}; give this card another", id=note.id, place=first_note.place
            )  # fmt: skip
            yield finding_at(note, entry, _value_start(entry, "id"), "duplicate-id", sentence)


def duplicate_questions(collection: Sequence[FileNotes]) -> Iterator[Finding]:
    """Warnings about the same question with another id, which is allowed but seldom intended."""
    for first_note, note, entry in _repetitions(collection, lambda note: normalised(note.question)):
        if first_note.id != note.id:
            sentence = message("this question is asked at {place} too, under another id", place=first_note.place)
            yield finding_at(
                note, entry, _value_start(entry, "image", "q", "cloze"), "same-question", sentence, Severity.WARNING
            )


def _repetitions(collection: Sequence[FileNotes], key: Callable[[Note], str]) -> Iterator[tuple[Note, Note, NoteEntry]]:
    """For each note with a repeated key: the first note with that key, and this one with its entry."""
    keys = [list(map(key, file_notes.notes)) for file_notes in collection]
    if len(set(chain.from_iterable(keys))) == sum(map(len, keys)):  # the usual case
        return
    first_notes: dict[str, Note] = {}
    for file_notes, note_keys in zip(collection, keys, strict=True):
        for index, (note, value) in enumerate(zip(file_notes.notes, note_keys, strict=True)):
            first_note = first_notes.setdefault(value, note)
            if first_note is not note:
                yield first_note, note, file_notes.entries[index]


def _value_start(entry: NoteEntry, *keys: str) -> int:
    """The start of the value of the first of these keys in the entry; else the start of the entry."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in keys and not entry.node.is_alias:
            return value.start
    return entry.node.start
