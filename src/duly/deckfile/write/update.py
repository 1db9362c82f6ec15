"""Updates notes of a deck file: replaces single values; all other bytes stay unchanged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file, replace_file
from duly.cards import DeckName, Note, NoteId
from duly.cards.note_keys import KeyValue, key_values, texts
from duly.deckfile.parse_file import NoteEntry, ParsedFile, parse
from duly.deckfile.walk import LARGEST
from duly.deckfile.write.edits import Edit, apply_edits
from duly.deckfile.write.update_edits import UnsafeEdit, edits_for
from duly.deckfile.yaml.source import Source, decode, encode, outgrown
from duly.message import Message, message
from duly.problem import Place, Problem

Changes = Mapping[str, KeyValue]
"""New values for keys of a note; an empty or false one removes its key."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """The updated notes, and why others were not updated."""

    notes: frozenset[NoteId]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Update:
    entry: NoteEntry
    changes: Changes
    edits: tuple[Edit, ...]


def update_notes(file: Path, wanted: Mapping[NoteId, Changes]) -> UpdateReport:
    """Gives notes of `file`, by their ids, new values: of each note all or none.

    A note is left unchanged if updating it would affect anything else in the file: comments, anchors, other notes.
    Raises `DulyError`, and leaves the file unchanged, if it cannot be read or written, or another program changed it.
    """
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source):
        return UpdateReport(frozenset(), (source,))
    before = parse(source, DeckName(file.stem))
    if before.errors:
        sentence = message("this file has mistakes, so no card in it was changed; correct them and try again")
        return UpdateReport(frozenset(), (Problem(Place(file), "not-revised", sentence),))
    problems: list[Problem] = []
    revisions: list[_Update] = []
    entries: dict[NoteId, list[NoteEntry]] = defaultdict(list)
    for entry in before.entries:
        entries[entry.note.id].append(entry)
    for note, changes in wanted.items():
        update = _update(source, entries[note], note, changes)
        if isinstance(update, _Update):
            revisions.append(update)
        else:
            problems.append(update)
    revisions, left = _proven(source, before, revisions)
    problems += left
    if revisions:
        new = encode(_text(source, revisions), old)
        if (problem := outgrown(file, new)) is not None:
            return UpdateReport(frozenset(), (*problems, problem))
        replace_file(file, old, new)
    return UpdateReport(frozenset(revision.entry.note.id for revision in revisions), tuple(problems))


def _update(source: Source, entries: list[NoteEntry], note: NoteId, changes: Changes) -> _Update | Problem:
    if len(entries) != 1:
        sentence = message("there is not one card {id} here any more, so none was changed; try again", id=note)
        return Problem(Place(source.file), "not-revised", sentence)
    entry = entries[0]
    changes = _own(entry, changes)
    try:
        return _Update(entry, changes, edits_for(entry, changes))
    except UnsafeEdit as unsafe:
        return _left(entry, unsafe.message)


def _own(entry: NoteEntry, changes: Changes) -> Changes:
    """The changes to the entry itself: tags without those of the head, and the id if it would change otherwise."""
    own = dict(changes)
    if isinstance(own.get("tags"), tuple):
        own["tags"] = tuple(tag for tag in texts(own["tags"]) if tag not in entry.shared)
    if not entry.note.stamped and {"q", "cloze", "image"} & own.keys():
        own["id"] = entry.note.id
    return own


def _left(entry: NoteEntry, why: Message) -> Problem:
    sentence = message("this card cannot be changed here without harm, for {why}; change it by hand", why=why)
    return entry.source.problem(entry.node.start, "not-revised", sentence)


def _text(source: Source, revisions: Iterable[_Update]) -> str:
    every = [edit for revision in revisions for edit in revision.edits]
    return apply_edits(source.text, sorted(every, key=lambda edit: (edit.start, edit.end)))


def _proven(source: Source, before: ParsedFile, revisions: list[_Update]) -> tuple[list[_Update], list[Problem]]:
    """As many of the updates as are safe together, and why others are not; found by halving, as each check is a
    parse.
    """
    fault = _fault(source, before, revisions)
    if fault is None:
        return revisions, []
    if len(revisions) == 1:
        return [], [_left(revisions[0].entry, fault)]
    middle = len(revisions) // 2
    first, left = _proven(source, before, revisions[:middle])
    rest, others = _proven(source, before, revisions[middle:])
    if first and rest and (fault := _fault(source, before, [*first, *rest])):
        return first, [*left, *others, *(_left(revision.entry, fault) for revision in rest)]
    return [*first, *rest], [*left, *others]


def _fault(source: Source, before: ParsedFile, revisions: list[_Update]) -> Message | None:
    """Why the file would not have the same notes with the updated values; None if it would."""
    after = parse(Source(source.file, _text(source, revisions)), DeckName(source.file.stem))
    if after.errors:
        return message("it would have a mistake then ({mistake})", mistake=after.errors[0].message)
    changes = {id(revision.entry): revision.changes for revision in revisions}
    expected = [_facts(entry.note, entry.shared, changes.get(id(entry), {})) for entry in before.entries]
    if expected == [_facts(entry.note, (), {}) for entry in after.entries]:
        return None
    return message("what stands around it would not stay as it is")


def _facts(note: Note, shared: tuple[str, ...], changes: Changes) -> tuple[object, ...]:
    """All values of a note except its place, with changes to it."""
    own = {**key_values(note), **changes}
    if isinstance(own.get("tags"), tuple):
        own["tags"] = tuple(dict.fromkeys((*shared, *texts(own["tags"]))))
    elif shared:
        own["tags"] = shared
    own.pop("id", None)
    written = {key: value for key, value in own.items() if value}
    return note.id, note.deck, note.language, note.stamped or "id" in changes, written
