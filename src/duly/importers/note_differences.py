"""What a text says otherwise of a note that a deck file has already.

A text knows only a part of what a note may hold: what it does not say was written here, and is no difference.
"""

import re
from collections.abc import Collection, Sequence

from duly.cards import Note, NoteId, derived_id
from duly.cards.find_rewordings import find_rewordings
from duly.cards.ids import normalised
from duly.cards.note_keys import KeyValue, key_values, texts
from duly.cards.snapshot import snapshot

ORIGIN = re.compile(r"(?:^|\()(?P<name>[^()]+), line \d+\)?$")
"""``notes.txt, line 5``, or ``Limits (limits.md, line 9)``."""

QUESTIONS = ("q", "cloze")


def differences(note: Note, twin: Note, *, anyway: bool = False) -> dict[str, KeyValue]:
    """The values by key that `note`, out of a text, has and its `twin`, in a deck file, has not.

    A question that was reworded in the deck file is no difference, unless it is wanted `anyway`.
    White space at the ends of lines is no difference. Tags are added to those that are there. A source that tells no
    more than where the note stands in its text changes with every line above it, and is no difference either.
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
    """Whether the question was worded otherwise in the deck file: the id still tells that it was that of the text."""
    return note.id == derived_id(note.question) and normalised(note.question) != normalised(twin.question)


def rewordings(fresh: Sequence[Note], known: Collection[Note], text: Collection[NoteId]) -> dict[NoteId, Note]:
    """For the ids of new notes of a text, the cards that seem to be them in other words.

    These came from a text of the same name and stand in it no more: `text` has the ids of all cards that do.
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
    """The name of the text that a note came from; "" where its source tells anything else."""
    match = ORIGIN.search(note.source)
    return match["name"] if match else ""


def _tells_place(note: Note) -> bool:
    return note.place is not None and f"{note.place.file.name}, line {note.place.line}" in note.source


def _same(key: str, value: KeyValue, other: KeyValue) -> bool:
    if key in QUESTIONS:
        return normalised(str(value)) == normalised(str(other))
    if key == "typed":  # a text does not tell whether every sign counts
        return bool(value) == bool(other)
    if isinstance(value, str):
        return _lines(value) == _lines(str(other))
    return [*map(_lines, texts(value))] == [*map(_lines, texts(other))] if texts(value) else value == other


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]
