"""What no file can tell alone: ids and questions that stand twice in a collection, and the media that cards show."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.cards.ids import folded
from duly.cards.media import MediaReference, references
from duly.deckfile.fields import NOTE_FIELDS, Shape
from duly.deckfile.nodes import Node, Scalar
from duly.deckfile.nodes import Sequence as NodeSequence
from duly.deckfile.parse import Entry
from duly.message import Message, message
from duly.place import Place
from duly.problem import Problem, Severity

SHOWN = {field.key for field in NOTE_FIELDS if field.shape in (Shape.TEXT, Shape.TEXTS)} - {"source"}


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry and the root of the collection it belongs to."""

    entry: Entry
    root: Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the entry that has it."""

    entry: Entry
    problem: Problem


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
                "this question is asked already at {place}; ask for something else, or remove one", place=_at(other)
            )
            yield _finding(entry, _start(entry, "q", "cloze"), "same-question", said)
        else:
            said = message(
                "the id {id!r} is taken by {place}; give this card another", id=entry.note.id, place=_at(other)
            )
            yield _finding(entry, _start(entry, "id"), "duplicate-id", said)


def questions(collection: Sequence[Audited]) -> Iterator[Finding]:
    """The same question under two ids is allowed, but seldom meant."""
    first: dict[str, Entry] = {}
    for audited in collection:
        entry = audited.entry
        other = first.setdefault(folded(entry.note.question), entry)
        if other.note.id != entry.note.id:
            said = message("this question is asked at {place} too, under another id", place=_at(other))
            start = _start(entry, "q", "cloze")
            yield _finding(entry, start, "same-question", said, Severity.WARNING)


def media(collection: Sequence[Audited]) -> Iterator[Finding]:
    """Every image and sound is a file of the collection that holds something."""
    for audited in collection:
        if any("![" in text for text in audited.entry.note.texts):
            for scalar in _scalars(audited.entry):
                for reference in references(scalar.text):
                    yield from _media(audited, scalar, reference)


CHECKS: tuple[Callable[[Sequence[Audited]], Iterator[Finding]], ...] = (ids, questions, media)


def audit(collection: Sequence[Audited]) -> list[Finding]:
    """Everything the checks find, in the order of the checks."""
    return [finding for check in CHECKS for finding in check(collection)]


def _media(audited: Audited, scalar: Scalar, reference: MediaReference) -> Iterator[Finding]:
    entry = audited.entry
    start = _reference_start(entry, scalar, reference)
    path = reference.path
    if reference.is_remote:
        said = message("{path} is on the web: it is shown only where there is a connection, if at all", path=path)
        yield _finding(entry, start, "remote-media", said, Severity.WARNING)
        return
    folder = entry.source.file.parent
    file = _real(folder / path)
    if file is None:
        yield _finding(entry, start, "missing-media", message("no file can be named {path}; name another", path=path))
    elif not file.is_relative_to(os.path.realpath(audited.root)):
        said = message("{path} lies outside of {root}; copy the file into it", path=path, root=audited.root)
        yield _finding(entry, start, "media-outside", said)
    elif not _is_file(file):
        yield _finding(entry, start, "missing-media", _missing(folder, path))
    elif file.stat().st_size == 0:
        yield _finding(entry, start, "empty-media", message("{path} is an empty file; put one there", path=path))


def _real(path: Path) -> Path | None:
    """Where the path leads once links are followed; None if no file can have this name."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return None


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name longer than any file can have
        return False


def _missing(folder: Path, path: str) -> Message:
    from difflib import get_close_matches

    sought = Path(path.replace("\\", "/"))
    try:
        there = [file.name for file in (folder / sought.parent).iterdir()]
    except (OSError, ValueError):
        there = []
    if close := get_close_matches(sought.name, there, n=1):
        meant = (sought.parent / close[0]).as_posix()
        return message("there is no file {path}; did you mean {meant}?", path=path, meant=meant)
    return message("there is no file {path}; paths are relative to the file of the card", path=path)


def _scalars(entry: Entry) -> Iterator[Scalar]:
    """The Markdown texts of an entry as nodes."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in SHOWN:
            members: tuple[Node, ...] = value.children if isinstance(value, NodeSequence) else (value,)
            yield from (member for member in members if isinstance(member, Scalar))


def _reference_start(entry: Entry, scalar: Scalar, reference: MediaReference) -> int:
    """Where a reference stands in the file: the same count of such references into the text as in the value.

    Where quoting or folding spells it otherwise in the file, it is the text it stands in.
    """
    before = scalar.text[: reference.offset]
    opening = before[before.rfind("![") :]
    name = scalar.text[reference.offset :].partition(")")[0]
    at = scalar.start
    for _ in range(before.count(opening + name) + 1):
        at = entry.source.text.find(opening + name, at, scalar.end)
        if at < 0:
            return scalar.start
        at += len(opening)
    return at


def _start(entry: Entry, *keys: str) -> int:
    """Where the value of the first of these keys that is there begins; else where the note begins."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and key.text in keys and not entry.node.aliased:
            return value.start
    return entry.node.start


def _at(entry: Entry) -> Place | None:
    return entry.note.place


def _finding(
    entry: Entry, index: int, kind: str, said: Message, severity: Severity = Severity.ERROR
) -> Finding:  # fmt: skip
    return Finding(entry, entry.source.problem(index, kind, said, severity))
