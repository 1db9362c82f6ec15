"""How a note in a text differs from the same note in a deck file.

A text has only some of the values of a note: values that it lacks were added here, and are not differences.
"""

import re
from collections.abc import Collection, Sequence

from duly.cards import Note, NoteId, derived_id
from duly.cards.find_rewordings import find_rewordings
from duly.cards.ids import normalised
from duly.cards.note_keys import KeyValue, key_values, texts
from duly.cards.note_snapshot import snapshot

ORIGIN = re.compile(r"(?:^|\()(?P<name>[^()]+), line \d+\)?$")
"""``notes.txt, line 5``, or ``Limits (limits.md, line 9)``."""

QUESTIONS = ("q", "cloze")


def differences(note: Note, twin: Note, *, anyway: bool = False) -> dict[str, KeyValue]:
    """The values by key of `note`, from a text, that differ in its `twin`, in a deck file.

    A question that was reworded in the deck file is not a difference, unless `anyway`. Trailing white space is ignored.
    Tags are added to the existing ones. A source that is only the place of the note in its text is ignored, because it
    changes with every line above.
    """
    here = key_values(twin)
    unsaid = {"tags", *(("source",) if _tells_place(note) else ())}
    if not anyway and reworded_here(note, twin):
        unsaid |= {*QUESTIONS}
    values = {key: value for key, value in key_values(note).items() if key not in unsaid}
    changes = {key: value for key, value in values.items() if not _same(key, value, here.get(key, ""))}
    more = tuple(tag for tag in note.tags if tag not in twin.tags)
    return {**changes, "tags": (*twin.tags, *more)} if more else changes


def reworded_here(note: Note, twin: Note) -> bool:
    """Whether the question was reworded in the deck file: the id is still derived from that of the text."""
    return note.id == derived_id(note.question) and normalised(note.question) != normalised(twin.question)


def rewordings(fresh: Sequence[Note], known: Collection[Note], text: Collection[NoteId]) -> dict[NoteId, Note]:
    """The known notes of which new notes of a text seem to be rewordings, by the ids of the new notes.

    They came from a text of the same name and are no longer in it: `text` has the ids of all notes in it.
    """
    names = {name for note in fresh if (name := _origin(note))}
    gone = {note.id: note for note in known if _origin(note) in names and note.id not in text}
    new = {note.id: note for note in fresh if _origin(note)}
    others = [snapshot(note, "") for note in known if note.id not in gone]
    pairs = find_rewordings(
        [snapshot(note, "") for note in gone.values()], [snapshot(note, "") for note in new.values()], others
    )
    return {rewording.id: gone[old.id] for old, rewording in pairs}


def _origin(note: Note) -> str:
    """The name of the text that a note came from, according to its source; "" if that is something else."""
    match = ORIGIN.search(note.source)
    return match["name"] if match else ""


def _tells_place(note: Note) -> bool:
    return note.place is not None and f"{note.place.file.name}, line {note.place.line}" in note.source


def _same(key: str, value: KeyValue, other: KeyValue) -> bool:
    if key in QUESTIONS:
        return normalised(str(value)) == normalised(str(other))
    if key == "typed":  # a text does not say whether every character counts
        return bool(value) == bool(other)
    if isinstance(value, str):
        return _lines(value) == _lines(str(other))
    return [*map(_lines, texts(value))] == [*map(_lines, texts(other))] if texts(value) else value == other


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]
