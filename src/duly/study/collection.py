"""A learner's collection: decks, journal, settings and clock together. Everything a face asks for starts here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duly.cards import Card, CardId, DeckName, Note
from duly.deckfile.find import signatures
from duly.journal import Journal
from duly.scheduling.replay import replay_steps
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import Settings
from duly.study.authoring import Draft, write_card
from duly.study.card_actions import Actions
from duly.study.clock import Clock
from duly.study.decks import Decks, read_decks
from duly.study.deletion import Deletion, delete
from duly.study.forecast import HomeForecast, home_forecast
from duly.study.rewording import Rewording, keep_apart, restore, update_seen
from duly.study.scope import Scope
from duly.study.session import Session
from duly.study.undo import ActionResult

if TYPE_CHECKING:
    from duly.study.statistics import ReviewLog


class Collection:
    """Opens sessions on the decks of a collection. `now` is the clock of the face."""

    def __init__(self, decks: Decks, journal: Journal, settings: Settings, now: Callable[[], datetime]) -> None:
        self.decks = decks
        self._stamps = signatures(self.decks.paths)
        self.journal = journal
        self.settings = settings
        self.now = now
        self.clock = Clock(self.journal, now, settings.rollover)
        self.actions = Actions(self.journal, self.clock)
        self._deletion: Deletion | None = None

    def configure(self, settings: Settings) -> None:
        """Uses these settings from now on."""
        self.settings = settings
        self.clock.rollover = settings.rollover

    def move(self, paths: Sequence[Path]) -> None:
        """Switches to other deck files and folders; the journal stays the same."""
        self._stamps = signatures(paths)
        self.decks = read_decks(paths)

    def reread(self) -> None:
        """Reads the deck files again, and remembers the notes in them. Raises `DulyError`."""
        self.move(self.decks.paths)
        update_seen(self.decks, self.journal)

    def home_forecast(self) -> HomeForecast:
        """The streak, the days ahead and how long a card takes."""
        return home_forecast(self.journal, self.decks.cards, self.journal.schedules(), self.clock.today)

    def files_changed(self) -> bool:
        """Whether deck files were written, made or removed since they were read. Raises `DulyError`."""
        return signatures(self.decks.paths) != self._stamps

    def write_card(self, draft: Draft, deck: DeckName | None = None, file: Path | None = None) -> Note:
        """Adds a card to `file`, or to that of `deck`, and reads the files again. Raises `DulyError`."""
        note, _file = write_card(draft, self.decks, deck, file)
        self.reread()
        return note

    def delete(self, notes: Iterable[Note]) -> None:
        """Deletes notes from their files, all or none; their progress stays. Raises `DulyError`."""
        self._deletion = delete(notes, self.journal)
        self.reread()

    def put_back(self) -> tuple[Note, ...]:
        """Puts the notes back that were deleted last; none where something was written to the journal since.

        Raises `DulyError` where something was written to their file.
        """
        deletion, self._deletion = self._deletion, None
        if deletion is None or not deletion.is_last(self.journal):
            return ()
        deletion.take_back()
        self.reread()
        return deletion.notes

    def review_log(self) -> "ReviewLog":
        """All reviews until now, from which statistics and plans are computed."""
        from duly.study.statistics import ReviewLog  # only who looks at statistics pays for them

        steps = tuple(replay_steps(self.journal.entries(), find_scheduler))
        return ReviewLog(steps, self.decks.cards, self.journal.schedules(), self.clock.today)

    def cards(self, about: Scope | DeckName | None = None) -> tuple[Card, ...]:
        """The cards of a scope, or of a deck and those within it. Raises `DulyError` where its query is not valid."""
        return _scope(about).cards(self.decks.cards, self.journal.schedules(), self.clock.today)

    def rewordings(self) -> tuple[Rewording, ...]:
        """The questions that seem to be old ones in other words. All other notes are remembered as they are now."""
        return update_seen(self.decks, self.journal)

    def settle(self, rewording: Rewording, *, keep: bool) -> None:
        """Gives the reworded question its progress back, or takes it for a new one. Raises `DulyError`."""
        if keep:
            restore(rewording)
            self.reread()
        else:
            keep_apart(rewording, self.journal)

    def undo(self) -> ActionResult | None:
        """Takes the last step back that still counts; None if there is none. Raises `DulyError`."""
        return self.actions.undo(self._known)

    def redo(self) -> ActionResult | None:
        """Takes the last undo back, unless something was done since. Raises `DulyError`."""
        return self.actions.redo(self._known)

    def session(self, about: Scope | DeckName | None = None) -> Session:
        """A session about a scope, or about a deck and those within it; about everything for None."""
        return Session(self.decks, self.journal, self.settings, self.now, _scope(about))

    def practice(self, about: Scope | DeckName | None = None) -> Session:
        """A session that asks every card of a scope that is not suspended, and writes none of the answers down.

        The caller closes it at its end.
        """
        schedules = self.journal.schedules()
        cards = self.cards(about)
        only = frozenset(card.id for card in cards if not schedules.get(card.id, NEW).suspended)
        return Session(self.decks, Journal.scratch(), self.settings, self.now, Scope(only=only), practice=True)

    @property
    def _known(self) -> set[CardId]:
        return {card.id for card in self.decks.cards}


def _scope(about: Scope | DeckName | None) -> Scope:
    return about if isinstance(about, Scope) else Scope(about)


DueCounts = Mapping[str, Any]
"""The cards that are ``due``, to ``drill``, ``new`` and ``done`` today; in ``decks`` the same for each deck."""


def due_counts(decks: Decks, journal: Journal, settings: Settings, now: Callable[[], datetime]) -> DueCounts:
    """What is left of today. Raises `DulyError` where the journal cannot be read."""
    session = Collection(decks, journal, settings, now).session()
    progress, counts = session.progress, session.counts()
    rows = [
        {"deck": count.deck, "due": count.due, "drill": count.drills, "new": count.new, "total": count.total}
        for count in counts
    ]
    whole = {"due": progress.due, "drill": progress.drills, "new": progress.new, "done": progress.done}
    return {**whole, "decks": rows}
