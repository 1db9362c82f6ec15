"""A three-way comparison of a note here, in Anki, and in the versions that Anki may have had before.

The base is one of the exported or imported versions, not always the last one: a package may never have been imported
into Anki. The base is the version most similar to Anki's note. If there are several, a key counts as edited only in
Anki if that is true of each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duly.cards import Note
from duly.cards.note_keys import KeyValue, changed_values


@dataclass(frozen=True, slots=True)
class Edits:
    """Anki's values of the edited keys, empty for missing keys, and the keys that were edited `only_here`.

    `on_both_sides` includes keys for which that is not certain.
    """

    only_in_anki: Mapping[str, KeyValue]
    on_both_sides: Mapping[str, KeyValue]
    only_here: tuple[str, ...] = ()


def three_way_diff(ours: Note, theirs: Note, versions: Sequence[Note]) -> Edits:
    """The edits on both sides since one of the `versions`, which must not be empty."""
    distances = [(len(changed_values(version, theirs)), version) for version in versions]
    least = min(distance for distance, _ in distances)
    sides = [
        (changed_values(version, ours), changed_values(version, theirs))
        for distance, version in distances
        if distance == least
    ]
    changes = changed_values(ours, theirs)
    only_here = tuple(key for key in changes if all(key not in their_changes for _, their_changes in sides))
    only_in_anki = {
        key: value for key, value in changes.items() if all(key not in our_changes for our_changes, _ in sides)
    }
    on_both_sides = {key: value for key, value in changes.items() if key not in only_here and key not in only_in_anki}
    return Edits(only_in_anki, on_both_sides, only_here)
