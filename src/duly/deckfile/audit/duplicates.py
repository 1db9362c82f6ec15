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
    for other, note, entry in _repeated(collection, attrgetter("id")):
        if normalised(other.question) == normalised(note.question):
            sentence = message(
                "this question is asked already at {place}; ask for something else, or remove one", place=other.place
            )
            yield finding_at(note, entry, _start(entry, "image", "q", "cloze"), "same-question", sentence)
        else:
            sentence = message(
                "the id {id!r} is taken by {place}; give this card another", id=note.id, place=other.place
            )  # fmt: skip
            yield finding_at(note, entry, _start(entry, "id"), "duplicate-id", sentence)


def duplicate_questions(collection: Sequence[FileNotes]) -> Iterator[Finding]:
    """Warnings about the same question with another id, which is allowed but seldom intended."""
    for other, note, entry in _repeated(collection, lambda note: normalised(note.question)):
        if other.id != note.id:
            sentence = message("this question is asked at {place} too, under another id", place=other.place)
            yield finding_at(
                note, entry, _start(entry, "image", "q", "cloze"), "same-question", sentence, Severity.WARNING
            )


def _repeated(collection: Sequence[FileNotes], key: Callable[[Note], str]) -> Iterator[tuple[Note, Note, NoteEntry]]:
    """For each note whose key occurred before: the first note with that key, and this one with its entry."""
    keys = [list(map(key, file_notes.notes)) for file_notes in collection]
    if len(set(chain.from_iterable(keys))) == sum(map(len, keys)):  # the usual case
        return
    first: dict[str, Note] = {}
    for file_notes, own in zip(collection, keys, strict=True):
        for at, (note, value) in enumerate(zip(file_notes.notes, own, strict=True)):
            other = first.setdefault(value, note)
            if other is not note:
                yield other, note, file_notes.entries[at]


def _start(entry: NoteEntry, *keys: str) -> int:
    """The start of the value of the first of these keys in the entry; else the start of the entry."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in keys and not entry.node.aliased:
            return value.start
    return entry.node.start
