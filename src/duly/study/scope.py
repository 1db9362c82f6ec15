"""The scope of a session or a command: a deck, a query, and how many days it looks ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from duly.cards import Card, CardId, DeckName
from duly.cards.deck_name import SEPARATOR, deck_levels, is_within
from duly.errors import DulyError
from duly.message import message
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import Schedule
from duly.study.search import search, search_key


@dataclass(frozen=True, slots=True)
class Scope:
    """The cards of a deck and its subdecks (None: of every deck) that match `query` ("": every card).

    With `days_ahead` above 0, reviews that are due within so many days are asked, and no new cards. `card_ids`
    restricts the scope to single cards.
    """

    deck: DeckName | None = None
    query: str = ""
    days_ahead: int = 0
    card_ids: frozenset[CardId] | None = None

    def cards(
        self, all_cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
    ) -> tuple[Card, ...]:
        """The cards of the scope among `all_cards`. Raises `DulyError` if the query is invalid."""
        scope_cards = [card for card in all_cards if self.deck is None or is_within(card.note.deck, self.deck)]
        if self.card_ids is not None:
            scope_cards = [card for card in scope_cards if card.id in self.card_ids]
        return search(self.query, scope_cards, schedules, today) if self.query else tuple(scope_cards)


EVERYTHING = Scope()


def find_deck(name: str, cards: Iterable[Card]) -> DeckName:
    """The deck of this name or, if just one deck name ends in ``::name``, that deck; case and width are ignored.

    Raises `DulyError` if there is none, suggesting decks with similar names.
    """
    deck_names = {level for card in cards for level in deck_levels(card.note.deck)}
    if DeckName(name) in deck_names:
        return DeckName(name)
    wanted_key, decks_by_key = search_key(name), {search_key(deck): deck for deck in sorted(deck_names)}
    matching_decks = [deck for key, deck in decks_by_key.items() if (SEPARATOR + key).endswith(SEPARATOR + wanted_key)]
    if len(matching_decks) == 1:
        return matching_decks[0]
    containing_decks = [deck for key, deck in decks_by_key.items() if wanted_key in key][:3]
    suggestions = (
        matching_decks
        or containing_decks
        or [decks_by_key[key] for key in get_close_matches(wanted_key, decks_by_key, n=3)]
    )
    if suggestions:
        raise DulyError(message("there is no deck {deck!r}; did you mean {meant}?", deck=name, meant=suggestions))
    raise DulyError(message("there is no deck {deck!r}", deck=name))


def find_tag(name: str, cards: Iterable[Card]) -> str:
    """The tag of this name. Raises `DulyError` if no card has this tag or one below it."""
    wanted_tag = DeckName(name)
    if not any(is_within(DeckName(tag), wanted_tag) for card in cards for tag in card.note.tags):
        raise DulyError(message("there is no tag {tag!r}", tag=name))
    return name
