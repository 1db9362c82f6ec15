"""Finds questions that were exported and then reworded: in Anki they would become second notes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from duly.cards import Note
from duly.study.rewording import Rewording


class DeckNotes(Protocol):
    """The notes of deck files; `excluded_notes` are those excluded because of an error."""

    @property
    def notes(self) -> tuple[Note, ...]: ...
    @property
    def excluded_notes(self) -> tuple[Note, ...]: ...


def exported_rewordings(decks: DeckNotes, paths: Iterable[Path], target: Path | None = None) -> tuple[Rewording, ...]:
    """The questions in `paths` that were exported in other words, and would be second notes in Anki.

    `target` is the package that is about to be made. Raises `DulyError` if the ledger of exports cannot be used.
    """
    from duly.anki.history.rewording_candidates import rewordings
    from duly.locations import exports_file

    excluded_ids = {note.id for note in decks.excluded_notes}
    pairs = rewordings(decks.notes, paths, exports_file(), excluded_ids=excluded_ids, target=target)
    return tuple(Rewording(old, note) for old, note in pairs)


def unlearned_rewordings(
    decks: DeckNotes, paths: Iterable[Path], learned_rewordings: Sequence[Rewording]
) -> list[Rewording]:
    """The `exported_rewordings` that are not among `learned_rewordings`. Raises `DulyError` as that function does."""
    learned_ids = {note_id for rewording in learned_rewordings for note_id in (rewording.note.id, rewording.old.id)}
    return [
        rewording
        for rewording in exported_rewordings(decks, paths)
        if not learned_ids & {rewording.note.id, rewording.old.id}
    ]
