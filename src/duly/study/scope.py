"""What a session or a command is about: a deck or tag, what a query finds in it, how many days ahead it looks."""

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
    """The cards of a deck and those within it (of all decks for None) that `query` finds (all of them for "").

    With `ahead` above 0, what is asked are the reviews that come due in so many days, and no new cards. `only` names
    the cards one by one.
    """

    deck: DeckName | None = None
    query: str = ""
    ahead: int = 0
    only: frozenset[CardId] | None = None

    def cards(self, known: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay) -> tuple[Card, ...]:
        """The cards of `known` that lie in it. Raises `DulyError` where the query is not valid."""
        inside = [card for card in known if self.deck is None or is_within(card.note.deck, self.deck)]
        if self.only is not None:
            inside = [card for card in inside if card.id in self.only]
        return search(self.query, inside, schedules, today) if self.query else tuple(inside)


EVERYTHING = Scope()


def find_deck(name: str, cards: Iterable[Card]) -> DeckName:
    """The deck of this name, or the one deck whose last part is it, whatever its case and width.

    Raises `DulyError` where there is none, with the names that hold this one or are like it.
    """
    known = {outer for card in cards for outer in deck_levels(card.note.deck)}
    if DeckName(name) in known:
        return DeckName(name)
    wanted, folded = search_key(name), {search_key(deck): deck for deck in sorted(known)}
    inner = [deck for key, deck in folded.items() if (SEPARATOR + key).endswith(SEPARATOR + wanted)]
    if len(inner) == 1:
        return inner[0]
    holding = [deck for key, deck in folded.items() if wanted in key][:3]
    meant = inner or holding or [folded[key] for key in get_close_matches(wanted, folded, n=3)]
    if meant:
        raise DulyError(message("there is no deck {deck!r}; did you mean {meant}?", deck=name, meant=meant))
    raise DulyError(message("there is no deck {deck!r}", deck=name))


def find_tag(name: str, cards: Iterable[Card]) -> str:
    """The tag of this name. Raises `DulyError` where no card has it, or one below it."""
    outer = DeckName(name)
    if not any(is_within(DeckName(tag), outer) for card in cards for tag in card.note.tags):
        raise DulyError(message("there is no tag {tag!r}", tag=name))
    return name
