"""Notes of deck files that differ from imported ones, and updating them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cards import Note, NoteId
from duly.cards.note_keys import KeyValue
from duly.errors import DulyError
from duly.problem import Place, Problem, legible

if TYPE_CHECKING:
    from duly.anki.importing.compare import EditedNote


@dataclass(frozen=True, slots=True)
class Difference:
    """A note of a deck file, and its new values by key; the values of keys to be removed are empty."""

    note: Note
    changes: Mapping[str, KeyValue]

    def as_json(self) -> dict[str, object]:
        """Its id, its place, and the keys of the values, for programs."""
        place = self.note.place
        location = {"file": legible(place.file), "line": place.line} if place else {}
        return {"id": self.note.id, **location, "keys": list(self.changes)}


def update_notes(differences: Iterable[Difference]) -> tuple[set[NoteId], list[Problem]]:
    """Updates the notes in their files. Returns the ids of the updated notes, and the problems of others."""
    from duly.deckfile.write.update import update_notes

    files: dict[Path, dict[NoteId, Mapping[str, KeyValue]]] = defaultdict(dict)
    for difference in differences:
        if difference.note.place is not None:
            files[difference.note.place.file][difference.note.id] = difference.changes
    updated_ids: set[NoteId] = set()
    problems: list[Problem] = []
    for file, changes in files.items():
        try:
            revision = update_notes(file, changes)
            updated_ids |= revision.notes
            problems += revision.problems
        except DulyError as error:
            problems.append(Problem(Place(file), "not-revised", error.message))
    return updated_ids, problems


class Outcome(Enum):
    """What was done about a note that differs in Anki, in the order of reports; the value is for programs."""

    UPDATED = "updated"
    EDITED_IN_ANKI = "there"
    EDITED_ON_BOTH_SIDES = "both"
    EDITED_HERE = "here"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class UpdateGroup:
    """The notes of one outcome, by place."""

    outcome: Outcome
    differences: Sequence[Difference]


def by_outcome(
    edited_notes: Sequence["EditedNote"], updated_ids: Collection[NoteId], known_notes: Mapping[NoteId, Note]
) -> list[UpdateGroup]:
    """The notes that differ in Anki, grouped by outcome; `known_notes` are the notes as they are here now."""
    groups: dict[Outcome, list[Difference]] = {outcome: [] for outcome in Outcome}
    for edited_note in edited_notes:
        note = known_notes[edited_note.note.id]
        if edited_note.note.id in updated_ids:
            groups[Outcome.UPDATED].append(Difference(note, edited_note.changes))
        elif not edited_note.changes:  # problems report the notes that could not be updated
            groups[_outcome(edited_note)].append(Difference(note, _differing_values(edited_note)))
    for members in groups.values():
        members.sort(key=lambda difference: difference.note.place or ())
    return [UpdateGroup(outcome, members) for outcome, members in groups.items() if members]


def _outcome(note: "EditedNote") -> Outcome:
    if note.edits.on_both_sides:
        return Outcome.EDITED_ON_BOTH_SIDES
    if note.edits.only_in_anki:
        return Outcome.EDITED_IN_ANKI
    return Outcome.EDITED_HERE if note.edits.only_here else Outcome.EMPTIED


def _differing_values(note: "EditedNote") -> Mapping[str, KeyValue]:
    return {**note.edits.only_in_anki, **note.edits.on_both_sides} or dict.fromkeys(note.edits.only_here, "")
