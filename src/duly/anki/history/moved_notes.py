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
    unmoved_decks: set[DeckName] = set()
    rows_by_move: dict[tuple[DeckName, DeckName], list[NoteRow]] = {}
    for row in rows:
        new_deck = spelling_of[row.deck]
        old_deck = spelling_of[former_decks.get(row.guid, row.deck)]
        if new_deck == old_deck:
            unmoved_decks.add(new_deck)
        else:
            rows_by_move.setdefault((old_deck, new_deck), []).append(row)
    decks_left = [old_deck for old_deck, _ in rows_by_move]
    all_decks = {*unmoved_decks, *decks_left, *(new_deck for _, new_deck in rows_by_move)}
    return tuple(
        MovedNotes(
            len(moved_rows),
            old_deck,
            new_deck,
            _searches(
                old_deck,
                moved_rows,
                all_decks,
                has_all_moved=old_deck not in unmoved_decks and decks_left.count(old_deck) == 1,
            ),
        )
        for (old_deck, new_deck), moved_rows in rows_by_move.items()
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
    old_deck: DeckName, rows: Sequence[NoteRow], deck_names: Iterable[DeckName], *, has_all_moved: bool
) -> tuple[str, ...]:
    """A search for the deck if all of its notes have moved, else searches for the notes."""
    if not has_all_moved:
        return searches_for(rows)
    return (search_in(old_deck, exclude_subdecks=any(name.startswith(old_deck + SEPARATOR) for name in deck_names)),)
