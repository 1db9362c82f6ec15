"""Queries that find notes and decks in Anki's browser."""

from collections.abc import Sequence

from duly.anki.notes.note_types import OCCLUSION, TYPES_BY_ID
from duly.anki.write.package_rows import NoteRow
from duly.cards import DeckName
from duly.cards.deck_name import SEPARATOR
from duly.markup.characters import escape_html

_LITERAL = str.maketrans({sign: f"\\{sign}" for sign in '\\"*_'})
"""Characters with a meaning inside quotes. Without quotes, a query would end at the space in “Duly ID”."""

NOTES_A_SEARCH = 100
"""The most notes in one query; Anki rejects about a thousand as too large."""


def search_for(row: NoteRow) -> str:
    """The search for a note; "" if its note type has no field for duly's id."""
    return search_for_id(row.guid) if row.type in TYPES_BY_ID and row.type != OCCLUSION.id else ""


def search_for_id(guid: str) -> str:
    """The search for a note of duly's own note types."""
    return _quote(f"Duly ID:{escape_html(guid).translate(_LITERAL)}")


def searches_for(rows: Sequence[NoteRow]) -> tuple[str, ...]:
    """The searches that together find the notes; notes without a field for duly's id are not found."""
    searches = [search for search in map(search_for, rows) if search]
    return tuple(
        " OR ".join(searches[start : start + NOTES_A_SEARCH]) for start in range(0, len(searches), NOTES_A_SEARCH)
    )


def search_in(deck: DeckName, *, exclude_subdecks: bool) -> str:
    """The search for the cards of a deck; `exclude_subdecks` excludes its subdecks."""
    name = deck.translate(_LITERAL)
    exclusion = f" -{_quote(f'deck:{name}{SEPARATOR}*')}" if exclude_subdecks else ""
    return _quote(f"deck:{name}") + exclusion


def _quote(search: str) -> str:
    return f'"{search}"'
