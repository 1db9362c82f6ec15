"""What a session is about: a deck, what a query finds in it, and how many days ahead it looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId, DeckName
from duly.cards.deck import is_within
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import Schedule
from duly.study.search import search


@dataclass(frozen=True, slots=True)
class Scope:
    """The cards of a deck and those within it (of all decks for None) that `query` finds (all of them for "").

    With `ahead` above 0, what is asked are the reviews that come due in so many days, and no new cards. `only` names
    the cards one by one.
    """

    deck: DeckName | None = None
    query: str = ""
    ahead: int = 0
    only: frozenset[CardId] | None = None

    def cards(self, known: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay) -> tuple[Card, ...]:
        """The cards of `known` that lie in it. Raises `DulyError` where the query is none."""
        inside = [card for card in known if self.deck is None or is_within(card.note.deck, self.deck)]
        if self.only is not None:
            inside = [card for card in inside if card.id in self.only]
        return search(self.query, inside, schedules, today) if self.query else tuple(inside)


EVERYTHING = Scope()
