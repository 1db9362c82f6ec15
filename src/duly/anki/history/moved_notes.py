"""Notes whose deck changed since their last export. An import into Anki leaves their cards in the old deck."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duly.anki.history.search_queries import search_in, searches_for
from duly.anki.write.deck_and_row_ids import spellings
from duly.anki.write.package_rows import NoteRow
from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR


@dataclass(frozen=True, slots=True)
class MovedNotes:
    """How many notes moved from one deck to another, and the searches that find their cards in Anki."""

    notes: int
    old: DeckName
    new: DeckName
    searches: tuple[str, ...]


def moved_notes(rows: Sequence[NoteRow], before: Mapping[str, DeckName]) -> tuple[MovedNotes, ...]:
    """The moved notes of a package, grouped by old and new deck, in the order of the notes.

    `before` has the former deck of each note whose deck name changed, by guid.
    """
    if not before:
        return ()
    spelled = _spelled(rows, before)
    old_decks: set[DeckName] = set()
    moved: dict[tuple[DeckName, DeckName], list[NoteRow]] = {}
    for row in rows:
        new = spelled[row.deck]
        old = spelled[before.get(row.guid, row.deck)]
        if new == old:
            old_decks.add(new)
        else:
            moved.setdefault((old, new), []).append(row)
    left = [old for old, _ in moved]
    known = {*old_decks, *left, *(new for _, new in moved)}
    return tuple(
        MovedNotes(
            len(some), old, new, _searches(old, some, known, alone=old not in old_decks and left.count(old) == 1)
        )
        for (old, new), some in moved.items()
    )


def decks_before(rows: Sequence[NoteRow], before: Mapping[str, DeckName]) -> dict[str, DeckName]:
    """The former deck of each moved note, by guid; `before` is as for `moved_notes`."""
    spelled = _spelled(rows, before) if before else {}
    return {
        row.guid: spelled[before[row.guid]]
        for row in rows
        if row.guid in before and spelled[before[row.guid]] != spelled[row.deck]
    }


def _spelled(rows: Sequence[NoteRow], before: Mapping[str, DeckName]) -> Mapping[DeckName, DeckName]:
    return spellings([*before.values(), *(row.deck for row in rows)])


def _searches(old: DeckName, moved: Sequence[NoteRow], known: Iterable[DeckName], *, alone: bool) -> tuple[str, ...]:
    """A search for the deck if all of its notes have moved, else searches for the notes."""
    if not alone:
        return searches_for(moved)
    return (search_in(old, alone=any(name.startswith(old + SEPARATOR) for name in known)),)
