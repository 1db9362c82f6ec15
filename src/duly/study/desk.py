"""The desk a learner sits at: decks, journal, settings and clock together, and what can be asked of them."""

from collections.abc import Callable
from datetime import datetime

from duly.cards import Card, DeckName
from duly.cards.deck import is_within
from duly.scheduling.effects import effects
from duly.scheduling.sm2 import PROFILES
from duly.settings import Settings
from duly.study.actions import Actions
from duly.study.clock import Clock
from duly.study.collection import Collection, Decks, read_decks
from duly.study.history import History
from duly.study.session import Session
from duly.study.step import Step


class Desk:
    """Opens sessions on the decks of a collection. `now` is the clock of the face."""

    def __init__(self, collection: Collection, settings: Settings, now: Callable[[], datetime]) -> None:
        self.decks: Decks = collection.decks
        self.journal = collection.journal
        self.settings = settings
        self.now = now
        self.clock = Clock(self.journal, now, settings.rollover)
        self.actions = Actions(self.journal, self.clock)

    def reread(self) -> None:
        """Reads the deck files again."""
        self.decks = read_decks(self.decks.paths)

    def history(self) -> History:
        """All that was learned until now."""
        told = tuple(effects(self.journal.entries(), PROFILES.__getitem__))
        return History(told, self.decks.cards, self.journal.schedules(), self.clock.today)

    def cards(self, deck: DeckName | None = None) -> tuple[Card, ...]:
        """The cards of a deck and those within it; all cards for None."""
        return tuple(card for card in self.decks.cards if deck is None or is_within(card.note.deck, deck))

    def undo(self) -> Step | None:
        """Takes the last step back that still counts; None if there is none. Raises `DulyError`."""
        return self.actions.undo({card.id for card in self.decks.cards})

    def redo(self) -> Step | None:
        """Takes the last undo back, unless something was done since. Raises `DulyError`."""
        return self.actions.redo({card.id for card in self.decks.cards})

    def session(self, deck: DeckName | None = None) -> Session:
        """A session over a deck and those within it; over everything for None."""
        return Session(self.decks.cards, self.cards(deck), self.journal, self.settings, self.now)
