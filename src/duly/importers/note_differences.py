"""How a note in a text differs from the same note in a deck file.

A text has only some values of a note. Values that only the deck file has are not differences.
"""

import re
from collections.abc import Collection, Sequence

from duly.cards import Note, NoteId, derived_id
from duly.cards.find_rewordings import find_rewordings
from duly.cards.ids import normalised
from duly.cards.note_keys import KeyValue, key_values, texts
from duly.cards.note_snapshot import snapshot

PLACE = re.compile(r"(?:^|\()(?P<name>[^()]+), line \d+\)?$")
"""``notes.txt, line 5``, or ``Limits (limits.md, line 9)``."""

QUESTION_KEYS = ("q", "cloze")


def differences(note: Note, known_note: Note, *, include_rewordings: bool = False) -> dict[str, KeyValue]:
    """The values by key of `note`, from a text, that differ in its `known_note`, in a deck file.

    A question that was reworded in the deck file is a difference only with `include_rewordings`. Trailing white space
    is ignored. Tags are added to the existing ones. A source that is only the place of the note in its text is ignored,
    because it changes with every line above.
    """
    existing_values = key_values(known_note)
    ignored_keys = {"tags", *(("source",) if _has_place_as_source(note) else ())}
    if not include_rewordings and is_reworded_in_deck(note, known_note):
        ignored_keys |= {*QUESTION_KEYS}
    values = {key: value for key, value in key_values(note).items() if key not in ignored_keys}
    changes = {key: value for key, value in values.items() if not _is_same(key, value, existing_values.get(key, ""))}
    new_tags = tuple(tag for tag in note.tags if tag not in known_note.tags)
    return {**changes, "tags": (*known_note.tags, *new_tags)} if new_tags else changes


def is_reworded_in_deck(note: Note, known_note: Note) -> bool:
    """Whether the question was reworded in the deck file: the id is still derived from the question in the text."""
    return note.id == derived_id(note.question) and normalised(note.question) != normalised(known_note.question)


def rewordings(
    new_notes: Sequence[Note], known_notes: Collection[Note], text_ids: Collection[NoteId]
) -> dict[NoteId, Note]:
    """The known notes that seem to be reworded in a text, by the ids of the new notes.

    The known notes came from a text of the same name that no longer has them; `text_ids` are the ids of its notes.
    """
    names = {name for note in new_notes if (name := _origin(note))}
    missing_notes = {note.id: note for note in known_notes if _origin(note) in names and note.id not in text_ids}
    new_notes_by_id = {note.id: note for note in new_notes if _origin(note)}
    other_snapshots = [snapshot(note, "") for note in known_notes if note.id not in missing_notes]
    pairs = find_rewordings(
        [snapshot(note, "") for note in missing_notes.values()],
        [snapshot(note, "") for note in new_notes_by_id.values()],
        other_snapshots,
    )
    return {rewording.id: missing_notes[old_note.id] for old_note, rewording in pairs}


def _origin(note: Note) -> str:
    """The name of the text that a note came from, according to its source; "" for any other source."""
    match = PLACE.search(note.source)
    return match["name"] if match else ""


def _has_place_as_source(note: Note) -> bool:
    return note.place is not None and f"{note.place.file.name}, line {note.place.line}" in note.source


def _is_same(key: str, value: KeyValue, other: KeyValue) -> bool:
    if key in QUESTION_KEYS:
        return normalised(str(value)) == normalised(str(other))
    if key == "typed":  # a text does not say whether every character counts
        return bool(value) == bool(other)
    if isinstance(value, str):
        return _lines(value) == _lines(str(other))
    return [*map(_lines, texts(value))] == [*map(_lines, texts(other))] if texts(value) else value == other


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]
