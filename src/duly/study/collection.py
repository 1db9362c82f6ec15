"""A learner's collection: decks, journal, settings and clock. The entry point for user interfaces."""

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
from duly.study.rewording import Rewording, keep_apart, restore, update_seen_notes
from duly.study.scope import Scope
from duly.study.session import Session
from duly.study.undo import ActionResult

if TYPE_CHECKING:
    from duly.study.statistics import ReviewLog


class Collection:
    """A learner's decks with their journal and settings. `now` is the clock of the user interface."""

    def __init__(self, decks: Decks, journal: Journal, settings: Settings, now: Callable[[], datetime]) -> None:
        self.decks = decks
        self._signatures = signatures(self.decks.paths)
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

    def switch_paths(self, paths: Sequence[Path]) -> None:
        """Switches to other deck files and folders; the journal stays the same."""
        self._signatures = signatures(paths)
        self.decks = read_decks(paths)

    def reread(self) -> None:
        """Reads the deck files again, and saves snapshots of their notes. Raises `DulyError`."""
        self.switch_paths(self.decks.paths)
        update_seen_notes(self.decks, self.journal)

    def home_forecast(self) -> HomeForecast:
        """The streak, the due cards of the next days, and the mean time of a card."""
        return home_forecast(self.journal, self.decks.cards, self.journal.schedules(), self.clock.today)

    def files_changed(self) -> bool:
        """Whether deck files were changed, created or removed since they were read. Raises `DulyError`."""
        return signatures(self.decks.paths) != self._signatures

    def write_card(self, draft: Draft, deck: DeckName | None = None, file: Path | None = None) -> Note:
        """Adds a card to `file` or to the file of `deck`, and reads the files again. Raises `DulyError`."""
        note, _file = write_card(draft, self.decks, deck, file)
        self.reread()
        return note

    def delete(self, notes: Iterable[Note]) -> None:
        """Deletes notes from their files, all or none; their progress stays. Raises `DulyError`."""
        self._deletion = delete(notes, self.journal)
        self.reread()

    def put_back(self) -> tuple[Note, ...]:
        """Restores the notes that were deleted last, and returns them; none if the journal has changed since.

        Raises `DulyError` if their file has changed since.
        """
        deletion, self._deletion = self._deletion, None
        if deletion is None or not deletion.is_last(self.journal):
            return ()
        deletion.take_back()
        self.reread()
        return deletion.notes

    def review_log(self) -> "ReviewLog":
        """All reviews until now, for statistics and exam plans."""
        from duly.study.statistics import ReviewLog  # imported only when statistics are needed

        steps = tuple(replay_steps(self.journal.entries(), find_scheduler))
        return ReviewLog(steps, self.decks.cards, self.journal.schedules(), self.clock.today)

    def cards(self, scope: Scope | DeckName | None = None) -> tuple[Card, ...]:
        """The cards of a scope, or of a deck and the decks below it. Raises `DulyError` if the query is invalid."""
        return _as_scope(scope).cards(self.decks.cards, self.journal.schedules(), self.clock.today)

    def rewordings(self) -> tuple[Rewording, ...]:
        """The questions that seem to be reworded old ones. Saves snapshots of all other notes."""
        return update_seen_notes(self.decks, self.journal)

    def decide_rewording(self, rewording: Rewording, *, keep: bool) -> None:
        """Restores the progress of a reworded question, or with `keep` off treats it as new. Raises `DulyError`."""
        if keep:
            restore(rewording)
            self.reread()
        else:
            keep_apart(rewording, self.journal)

    def undo(self) -> ActionResult | None:
        """Undoes the last undo step that counts; None if there is none. Raises `DulyError`."""
        return self.actions.undo(self._card_ids)

    def redo(self) -> ActionResult | None:
        """Redoes the last undone step, unless another action followed. Raises `DulyError`."""
        return self.actions.redo(self._card_ids)

    def session(self, scope: Scope | DeckName | None = None) -> Session:
        """A session on a scope, or on a deck and the decks below it; on all decks for None."""
        return Session(self.decks, self.journal, self.settings, self.now, _as_scope(scope))

    def practice(self, scope: Scope | DeckName | None = None) -> Session:
        """A session that asks every card of a scope that is not suspended, and saves no answers.

        The caller must close it.
        """
        schedules = self.journal.schedules()
        cards = self.cards(scope)
        card_ids = frozenset(card.id for card in cards if not schedules.get(card.id, NEW).suspended)
        return Session(
            self.decks, Journal.in_memory(), self.settings, self.now, Scope(card_ids=card_ids), is_practice=True
        )

    @property
    def _card_ids(self) -> set[CardId]:
        return {card.id for card in self.decks.cards}


def _as_scope(scope: Scope | DeckName | None) -> Scope:
    return scope if isinstance(scope, Scope) else Scope(scope)


DueCounts = Mapping[str, Any]
"""The cards that are ``due``, to ``drill``, ``new`` and ``done`` today; in ``decks`` the same for each deck."""


def due_counts(decks: Decks, journal: Journal, settings: Settings, now: Callable[[], datetime]) -> DueCounts:
    """The cards to ask today. Raises `DulyError` if the journal cannot be read."""
    session = Collection(decks, journal, settings, now).session()
    progress, counts = session.progress, session.counts()
    rows = [
        {"deck": count.deck, "due": count.due, "drill": count.drills, "new": count.new, "total": count.total}
        for count in counts
    ]
    totals = {"due": progress.due, "drill": progress.drills, "new": progress.new, "done": progress.done}
    return {**totals, "decks": rows}
