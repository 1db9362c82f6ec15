"""Reading a collection through: what has changed is parsed, and all of it audited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duly.cache import Cache
from duly.cards import Note
from duly.deckfile import remembered
from duly.deckfile.audit import audit
from duly.deckfile.finding import Audited
from duly.deckfile.media import shown
from duly.deckfile.parse import Entry, Parsed, parse
from duly.deckfile.remembered import Looked
from duly.deckfile.source import decoded
from duly.problem import Problem, Severity

_ESCAPE = re.compile(rb"\\(?:[xuU\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])")
"""What may stand for any character in double quotes, or for none."""


@dataclass(frozen=True, slots=True)
class Read:
    """The good notes of some files; those that would be good alone, but not in this collection; every problem."""

    notes: tuple[Note, ...]
    kept_out: tuple[Note, ...]
    problems: tuple[Problem, ...]


def read_through(files: Sequence[Looked], kept: Cache) -> Read:
    """Reads the files; problems are in the order of their places. What has none is kept for the next time."""
    collection: list[Audited] = []
    problems: list[Problem] = []
    sound: list[tuple[Looked, Sequence[Note]]] = []
    for looked in files:
        audited, found = _read(looked)
        collection.append(audited)
        problems += found
        if looked.known is None and not found:
            sound.append((looked, audited.notes))
    findings = audit(collection)
    problems += (finding.problem for finding in findings)
    remembered.remember_notes(sound, kept)
    if not problems:
        remembered.remember_sound(files, shown(collection), kept)
    kept_out = {id(finding.note): finding.note for finding in findings if finding.problem.severity is Severity.ERROR}
    return Read(
        tuple(note for audited in collection for note in audited.notes if id(note) not in kept_out),
        tuple(kept_out.values()),
        tuple(sorted(problems, key=lambda problem: problem.place)),
    )


def _read(looked: Looked) -> tuple[Audited, Sequence[Problem]]:
    """A file's notes, as they are remembered or else parsed, and its problems."""
    root, may_show = looked.deck_file.root, _may_show(looked.data)

    def entries() -> Sequence[Entry]:
        """They are parsed once more where they are needed: kept, they would take several times the notes' memory."""
        return _parsed(looked).entries

    if (notes := _remembered(looked)) is not None:
        return Audited(notes, root, entries, may_show), ()
    parsed = _parsed(looked)
    return Audited([entry.note for entry in parsed.entries], root, entries, may_show), parsed.problems


def _parsed(looked: Looked) -> Parsed:
    source = looked.data if isinstance(looked.data, Problem) else decoded(looked.file, looked.data)
    return Parsed((), (source,)) if isinstance(source, Problem) else parse(source, looked.deck_file.deck)


def _may_show(data: bytes | Problem) -> bool:
    """Whether an image or a sound may stand in a text of a file with these bytes."""
    return isinstance(data, bytes) and (b"![" in data or _ESCAPE.search(data) is not None)


def _remembered(looked: Looked) -> Sequence[Note] | None:
    try:
        return None if looked.known is None else remembered.notes(looked)
    except ValueError:
        return None
