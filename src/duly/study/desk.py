"""The desk a learner sits at: decks, journal, settings and clock together, and what can be asked of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from duly.cards import Card, CardId, DeckName, Note
from duly.journal import Journal
from duly.scheduling.effects import effects
from duly.scheduling.schedule import NEW
from duly.scheduling.schedulers import named
from duly.settings import Settings
from duly.study.actions import Actions
from duly.study.authoring import Draft, write_card
from duly.study.clock import Clock
from duly.study.collection import Collection, Decks, read_decks
from duly.study.learned import Learned
from duly.study.outlook import Outlook, outlook
from duly.study.rewording import Rewording, look, part, restore
from duly.study.scope import Scope
from duly.study.session import Session
from duly.study.stamps import stamps
from duly.study.step import Step


class Desk:
    """Opens sessions on the decks of a collection. `now` is the clock of the face."""

    def __init__(self, collection: Collection, settings: Settings, now: Callable[[], datetime]) -> None:
        self.decks: Decks = collection.decks
        self._stamps = stamps(self.decks.paths)
        self.journal = collection.journal
        self.settings = settings
        self.now = now
        self.clock = Clock(self.journal, now, settings.rollover)
        self.actions = Actions(self.journal, self.clock)

    def configure(self, settings: Settings) -> None:
        """Goes by these settings from now on."""
        self.settings = settings
        self.clock.rollover = settings.rollover

    def move(self, paths: Sequence[Path]) -> None:
        """Goes over to other deck files and folders; the journal is the same."""
        self._stamps = stamps(paths)
        self.decks = read_decks(paths)

    def reread(self) -> None:
        """Reads the deck files again, and remembers the notes in them. Raises `DulyError`."""
        self.move(self.decks.paths)
        look(self.decks, self.journal)

    def outlook(self) -> Outlook:
        """The streak, the days to come and how long a card takes."""
        return outlook(self.journal, self.decks.cards, self.journal.schedules(), self.clock.today)

    def changed(self) -> bool:
        """Whether deck files were written, made or removed since they were read. Raises `DulyError`."""
        return stamps(self.decks.paths) != self._stamps

    def write_card(self, draft: Draft, deck: DeckName | None = None, file: Path | None = None) -> Note:
        """Adds a card to `file`, or to that of `deck`, and reads the files again. Raises `DulyError`."""
        note, _file = write_card(draft, self.decks, deck, file)
        self.reread()
        return note

    def learned(self) -> Learned:
        """All that was learned until now."""
        told = tuple(effects(self.journal.entries(), named))
        return Learned(told, self.decks.cards, self.journal.schedules(), self.clock.today)

    def cards(self, about: Scope | DeckName | None = None) -> tuple[Card, ...]:
        """The cards of a scope, or of a deck and those within it. Raises `DulyError` where its query is none."""
        return _scope(about).cards(self.decks.cards, self.journal.schedules(), self.clock.today)

    def rewordings(self) -> tuple[Rewording, ...]:
        """The questions that seem to be old ones in other words. All other notes are remembered as they are now."""
        return look(self.decks, self.journal)

    def settle(self, rewording: Rewording, *, keep: bool) -> None:
        """Gives the reworded question its progress back, or takes it for a new one. Raises `DulyError`."""
        if keep:
            restore(rewording)
            self.reread()
        else:
            part(rewording, self.journal)

    def undo(self) -> Step | None:
        """Takes the last step back that still counts; None if there is none. Raises `DulyError`."""
        return self.actions.undo(self._known)

    def redo(self) -> Step | None:
        """Takes the last undo back, unless something was done since. Raises `DulyError`."""
        return self.actions.redo(self._known)

    def session(self, about: Scope | DeckName | None = None) -> Session:
        """A session about a scope, or about a deck and those within it; about everything for None."""
        return Session(self.decks, self.journal, self.settings, self.now, _scope(about))

    def practice(self, about: Scope | DeckName | None = None) -> Session:
        """A session that asks every card of a scope that is not suspended, and writes none of the answers down.

        It is to be closed at its end.
        """
        schedules = self.journal.schedules()
        found = self.cards(about)
        only = frozenset(card.id for card in found if not schedules.get(card.id, NEW).suspended)
        return Session(self.decks, Journal.scratch(), self.settings, self.now, Scope(only=only), practice=True)

    @property
    def _known(self) -> set[CardId]:
        return {card.id for card in self.decks.cards}


def _scope(about: Scope | DeckName | None) -> Scope:
    return about if isinstance(about, Scope) else Scope(about)
