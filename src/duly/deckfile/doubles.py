"""Ids and questions that stand twice in a collection."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from duly.cards import Note
from duly.cards.ids import folded
from duly.deckfile.finding import Audited, Finding, found
from duly.deckfile.nodes import Scalar
from duly.deckfile.parse import Entry
from duly.message import message
from duly.problem import Severity


def ids(collection: Sequence[Audited]) -> Iterator[Finding]:
    """No id stands twice: the second note with it is kept out."""
    for other, note, entry in _repeated(collection, attrgetter("id")):
        if folded(other.question) == folded(note.question):
            said = message(
                "this question is asked already at {place}; ask for something else, or remove one", place=other.place
            )
            yield found(note, entry, _start(entry, "q", "cloze"), "same-question", said)
        else:
            said = message(
                "the id {id!r} is taken by {place}; give this card another", id=note.id, place=other.place
            )  # fmt: skip
            yield found(note, entry, _start(entry, "id"), "duplicate-id", said)


def questions(collection: Sequence[Audited]) -> Iterator[Finding]:
    """The same question under two ids is allowed, but seldom meant."""
    for other, note, entry in _repeated(collection, lambda note: folded(note.question)):
        if other.id != note.id:
            said = message("this question is asked at {place} too, under another id", place=other.place)
            yield found(note, entry, _start(entry, "q", "cloze"), "same-question", said, Severity.WARNING)


def _repeated(collection: Sequence[Audited], key: Callable[[Note], str]) -> Iterator[tuple[Note, Note, Entry]]:
    """For each note whose key stands earlier: the first note with it, and this one with its entry."""
    keys = [list(map(key, audited.notes)) for audited in collection]
    if len(set(chain.from_iterable(keys))) == sum(map(len, keys)):  # so it is nearly always
        return
    first: dict[str, Note] = {}
    for audited, own in zip(collection, keys, strict=True):
        for at, (note, one) in enumerate(zip(audited.notes, own, strict=True)):
            other = first.setdefault(one, note)
            if other is not note:
                yield other, note, audited.entries[at]


def _start(entry: Entry, *keys: str) -> int:
    """Where the value of the first of these keys that is there begins; else where the note begins."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in keys and not entry.node.aliased:
            return value.start
    return entry.node.start
