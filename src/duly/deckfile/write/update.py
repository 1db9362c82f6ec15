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
from duly.deckfile.yaml.source import Source, decode, encode, size_problem
from duly.message import Message, message
from duly.problem import Place, Problem

Changes = Mapping[str, KeyValue]
"""New values for keys of a note; an empty or false one removes its key."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """The updated notes, and the problems of those that were not updated."""

    notes: frozenset[NoteId]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Update:
    entry: NoteEntry
    changes: Changes
    edits: tuple[Edit, ...]


def update_notes(file: Path, changes_by_note: Mapping[NoteId, Changes]) -> UpdateReport:
    """Gives notes of `file`, by id, new values: for each note all of them or none.

    A note is left unchanged if updating it would affect anything else in the file: comments, anchors, other notes.
    Raises `DulyError`, and leaves the file unchanged, if it cannot be read or written, or another program changed it.
    """
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source):
        return UpdateReport(frozenset(), (source,))
    old_contents = parse(source, DeckName(file.stem))
    if old_contents.errors:
        sentence = message("this file has mistakes, so no card in it was changed; correct them and try again")
        return UpdateReport(frozenset(), (Problem(Place(file), "not-revised", sentence),))
    problems: list[Problem] = []
    updates: list[_Update] = []
    entries: dict[NoteId, list[NoteEntry]] = defaultdict(list)
    for entry in old_contents.entries:
        entries[entry.note.id].append(entry)
    for note, changes in changes_by_note.items():
        update = _update(source, entries[note], note, changes)
        if isinstance(update, _Update):
            updates.append(update)
        else:
            problems.append(update)
    updates, unsafe_problems = _safe_updates(source, old_contents, updates)
    problems += unsafe_problems
    if updates:
        new = encode(_text(source, updates), old)
        if (problem := size_problem(file, new)) is not None:
            return UpdateReport(frozenset(), (*problems, problem))
        replace_file(file, old, new)
    return UpdateReport(frozenset(update.entry.note.id for update in updates), tuple(problems))


def _update(source: Source, entries: list[NoteEntry], note: NoteId, changes: Changes) -> _Update | Problem:
    if len(entries) != 1:
        sentence = message("there is not one card {id} here any more, so none was changed; try again", id=note)
        return Problem(Place(source.file), "not-revised", sentence)
    entry = entries[0]
    changes = _changes_of_entry(entry, changes)
    try:
        return _Update(entry, changes, edits_for(entry, changes))
    except UnsafeEdit as unsafe:
        return _unsafe_problem(entry, unsafe.message)


def _changes_of_entry(entry: NoteEntry, changes: Changes) -> Changes:
    """The changes to the entry itself: tags without those of the header, and the id if it would change otherwise."""
    entry_changes = dict(changes)
    if isinstance(entry_changes.get("tags"), tuple):
        entry_changes["tags"] = tuple(tag for tag in texts(entry_changes["tags"]) if tag not in entry.file_tags)
    if not entry.note.is_stamped and {"q", "cloze", "image"} & entry_changes.keys():
        entry_changes["id"] = entry.note.id
    return entry_changes


def _unsafe_problem(entry: NoteEntry, reason: Message) -> Problem:
    sentence = message("this card cannot be changed here without harm, for {why}; change it by hand", why=reason)
    return entry.source.problem(entry.node.start, "not-revised", sentence)


def _text(source: Source, updates: Iterable[_Update]) -> str:
    edits = [edit for update in updates for edit in update.edits]
    return apply_edits(source.text, sorted(edits, key=lambda edit: (edit.start, edit.end)))


def _safe_updates(
    source: Source, old_contents: ParsedFile, updates: list[_Update]
) -> tuple[list[_Update], list[Problem]]:
    """The updates that are safe together, and the problems of the others; found by halving, because each check parses
    the file.
    """
    fault = _fault(source, old_contents, updates)
    if fault is None:
        return updates, []
    if len(updates) == 1:
        return [], [_unsafe_problem(updates[0].entry, fault)]
    middle = len(updates) // 2
    first_safe, first_problems = _safe_updates(source, old_contents, updates[:middle])
    second_safe, second_problems = _safe_updates(source, old_contents, updates[middle:])
    if first_safe and second_safe and (fault := _fault(source, old_contents, [*first_safe, *second_safe])):
        return first_safe, [
            *first_problems,
            *second_problems,
            *(_unsafe_problem(update.entry, fault) for update in second_safe),
        ]
    return [*first_safe, *second_safe], [*first_problems, *second_problems]


def _fault(source: Source, old_contents: ParsedFile, updates: list[_Update]) -> Message | None:
    """Why the file would not have the same notes with the updated values; None if it would."""
    new_contents = parse(Source(source.file, _text(source, updates)), DeckName(source.file.stem))
    if new_contents.errors:
        return message("it would have a mistake then ({mistake})", mistake=new_contents.errors[0].message)
    changes = {id(update.entry): update.changes for update in updates}
    expected = [_values(entry.note, entry.file_tags, changes.get(id(entry), {})) for entry in old_contents.entries]
    if expected == [_values(entry.note, (), {}) for entry in new_contents.entries]:
        return None
    return message("what stands around it would not stay as it is")


def _values(note: Note, file_tags: tuple[str, ...], changes: Changes) -> tuple[object, ...]:
    """All values of a note except its place, with changes to it."""
    values = {**key_values(note), **changes}
    if isinstance(values.get("tags"), tuple):
        values["tags"] = tuple(dict.fromkeys((*file_tags, *texts(values["tags"]))))
    elif file_tags:
        values["tags"] = file_tags
    values.pop("id", None)
    written_values = {key: value for key, value in values.items() if value}
    return note.id, note.deck, note.language, note.is_stamped or "id" in changes, written_values
