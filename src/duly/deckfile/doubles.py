"""Ids and questions that stand twice in a collection."""

from collections.abc import Iterator, Sequence

from duly.cards.ids import folded
from duly.deckfile.finding import Audited, Finding, found
from duly.deckfile.nodes import Scalar
from duly.deckfile.parse import Entry
from duly.message import message
from duly.problem import Severity


def ids(collection: Sequence[Audited]) -> Iterator[Finding]:
    """No id stands twice: the second note with it is kept out."""
    first: dict[str, Entry] = {}
    for audited in collection:
        entry = audited.entry
        other = first.setdefault(entry.note.id, entry)
        if other is entry:
            continue
        if folded(other.note.question) == folded(entry.note.question):
            said = message(
                "this question is asked already at {place}; ask for something else, or remove one",
                place=other.note.place,
            )
            yield found(entry, _start(entry, "q", "cloze"), "same-question", said)
        else:
            said = message(
                "the id {id!r} is taken by {place}; give this card another", id=entry.note.id, place=other.note.place
            )
            yield found(entry, _start(entry, "id"), "duplicate-id", said)


def questions(collection: Sequence[Audited]) -> Iterator[Finding]:
    """The same question under two ids is allowed, but seldom meant."""
    first: dict[str, Entry] = {}
    for audited in collection:
        entry = audited.entry
        other = first.setdefault(folded(entry.note.question), entry)
        if other.note.id != entry.note.id:
            said = message("this question is asked at {place} too, under another id", place=other.note.place)
            start = _start(entry, "q", "cloze")
            yield found(entry, start, "same-question", said, Severity.WARNING)


def _start(entry: Entry, *keys: str) -> int:
    """Where the value of the first of these keys that is there begins; else where the note begins."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in keys and not entry.node.aliased:
            return value.start
    return entry.node.start
