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
    old_deck: DeckName
    new_deck: DeckName
    searches: tuple[str, ...]


def moved_notes(rows: Sequence[NoteRow], former_decks: Mapping[str, DeckName]) -> tuple[MovedNotes, ...]:
    """The moved notes of a package, grouped by old and new deck, in the order of the notes.

    `former_decks` has the former deck of each note whose deck name changed, by guid.
    """
    if not former_decks:
        return ()
    spelling_of = _spellings(rows, former_decks)
    old_decks: set[DeckName] = set()
    moved: dict[tuple[DeckName, DeckName], list[NoteRow]] = {}
    for row in rows:
        new = spelling_of[row.deck]
        old = spelling_of[former_decks.get(row.guid, row.deck)]
        if new == old:
            old_decks.add(new)
        else:
            moved.setdefault((old, new), []).append(row)
    emptied_decks = [old for old, _ in moved]
    all_decks = {*old_decks, *emptied_decks, *(new for _, new in moved)}
    return tuple(
        MovedNotes(
            len(moved_rows),
            old,
            new,
            _searches(old, moved_rows, all_decks, has_all_moved=old not in old_decks and emptied_decks.count(old) == 1),
        )
        for (old, new), moved_rows in moved.items()
    )


def spelled_former_decks(rows: Sequence[NoteRow], former_decks: Mapping[str, DeckName]) -> dict[str, DeckName]:
    """The former deck of each moved note, by guid; `former_decks` is as for `moved_notes`."""
    spelling_of = _spellings(rows, former_decks) if former_decks else {}
    return {
        row.guid: spelling_of[former_decks[row.guid]]
        for row in rows
        if row.guid in former_decks and spelling_of[former_decks[row.guid]] != spelling_of[row.deck]
    }


def _spellings(rows: Sequence[NoteRow], former_decks: Mapping[str, DeckName]) -> Mapping[DeckName, DeckName]:
    return spellings([*former_decks.values(), *(row.deck for row in rows)])


def _searches(
    old: DeckName, rows: Sequence[NoteRow], deck_names: Iterable[DeckName], *, has_all_moved: bool
) -> tuple[str, ...]:
    """A search for the deck if all of its notes have moved, else searches for the notes."""
    if not has_all_moved:
        return searches_for(rows)
    return (search_in(old, exclude_subdecks=any(name.startswith(old + SEPARATOR) for name in deck_names)),)
