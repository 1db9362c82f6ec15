"""Reading a collection through: what has changed is parsed, and all of it audited."""

from collections.abc import Sequence
from functools import cached_property

from duly.cache import Cache
from duly.cards import Note
from duly.deckfile import remembered
from duly.deckfile.audit import audit
from duly.deckfile.finding import Audited
from duly.deckfile.media import shown
from duly.deckfile.nodes import Mapping
from duly.deckfile.parse import Entry, Parsed, parse
from duly.deckfile.remembered import Looked
from duly.deckfile.source import Source, decoded
from duly.problem import Problem, Severity


def read_through(files: Sequence[Looked], kept: Cache) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """The good notes of the files and every problem, by place. What has none is kept for the next time."""
    collection: list[Audited] = []
    problems: list[Problem] = []
    sound: list[tuple[Looked, list[Note]]] = []
    for looked in files:
        parsed = _remembered(looked) or _parsed(looked)
        problems += parsed.problems
        collection += (Audited(entry, looked.deck_file.root) for entry in parsed.entries)
        if looked.known is None and not parsed.problems:
            sound.append((looked, [entry.note for entry in parsed.entries]))
    findings = audit(collection)
    problems += (finding.problem for finding in findings)
    remembered.remember_notes(sound, kept)
    if not problems:
        remembered.remember_sound(files, shown(collection), kept)
    kept_out = {id(finding.entry) for finding in findings if finding.problem.severity is Severity.ERROR}
    return (
        tuple(audited.entry.note for audited in collection if id(audited.entry) not in kept_out),
        tuple(sorted(problems, key=lambda problem: problem.place)),
    )


def _parsed(looked: Looked) -> Parsed:
    if isinstance(looked.data, Problem):
        return Parsed((), (looked.data,))
    source = decoded(looked.file, looked.data)
    return parse(source, looked.deck_file.deck) if isinstance(source, Source) else Parsed((), (source,))


def _remembered(looked: Looked) -> Parsed | None:
    if looked.known is None:
        return None
    try:
        notes = remembered.notes(looked)
    except ValueError:
        return None
    again = _Again(looked)
    return Parsed(tuple(_Remembered(note, again, at) for at, note in enumerate(notes)), ())


class _Again:
    """A file that is parsed after all, once, where something must be shown in it."""

    def __init__(self, looked: Looked) -> None:
        self.looked = looked

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return _parsed(self.looked).entries


class _Remembered(Entry):
    """An entry of a file that was not parsed."""

    __slots__ = ("_again", "_at")
    _again: _Again
    _at: int

    def __init__(self, note: Note, again: _Again, at: int) -> None:
        for name, value in (("note", note), ("_again", again), ("_at", at)):
            object.__setattr__(self, name, value)

    @property
    def node(self) -> Mapping:
        return self._again.entries[self._at].node

    @property
    def source(self) -> Source:
        return self._again.entries[self._at].source
