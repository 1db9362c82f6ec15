"""Reading a collection through: what has changed is parsed, and all of it audited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from duly.cache import Cache
from duly.cards import Note
from duly.deckfile import remembered
from duly.deckfile.audit import audit
from duly.deckfile.finding import Audited
from duly.deckfile.media import shown
from duly.deckfile.parse import Entry, parse
from duly.deckfile.plain import plain
from duly.deckfile.remembered import Looked
from duly.deckfile.source import Source, decoded
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
    """A file's notes, by the shortest way there is to them, and its problems."""
    root, may_show = looked.deck_file.root, _may_show(looked.data)
    if (notes := _remembered(looked)) is not None:
        return Audited(notes, root, partial(_entries, looked), may_show), ()
    if isinstance(looked.data, Problem):
        return Audited((), root, tuple), (looked.data,)
    source = decoded(looked.file, looked.data)
    if isinstance(source, Problem):
        return Audited((), root, tuple), (source,)
    deck = looked.deck_file.deck
    if (notes := plain(source, deck)) is not None:
        return Audited(notes, root, lambda: parse(source, deck).entries, may_show), ()
    parsed = parse(source, deck)
    return Audited([entry.note for entry in parsed.entries], root, lambda: parsed.entries, may_show), parsed.problems


def _may_show(data: bytes | Problem) -> bool:
    """Whether an image or a sound may stand in a text of a file with these bytes."""
    return isinstance(data, bytes) and (b"![" in data or _ESCAPE.search(data) is not None)


def _remembered(looked: Looked) -> Sequence[Note] | None:
    try:
        return None if looked.known is None else remembered.notes(looked)
    except ValueError:
        return None


def _entries(looked: Looked) -> Sequence[Entry]:
    """The entries of a file that was read before without a problem."""
    source = decoded(looked.file, looked.data) if isinstance(looked.data, bytes) else None
    return parse(source, looked.deck_file.deck).entries if isinstance(source, Source) else ()
