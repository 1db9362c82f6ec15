"""A session: the card that is asked, its answer graded and written down at once, and undo."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from duly.cards import Card, CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import replay_steps
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_protocol import Outcome
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import Settings
from duly.study.card_actions import Actions
from duly.study.clock import Clock
from duly.study.day_summary import DaySummary, day_summary
from duly.study.deck_counts import DeckCount, deck_counts
from duly.study.decks import Decks, current_card
from duly.study.queue import NO_END, UNLIMITED, AnsweredToday, Limits, Queue, queue
from duly.study.record_answer import record_answer, with_memory
from duly.study.scheduler_in_force import scheduler_in_force
from duly.study.scope import EVERYTHING, Scope
from duly.study.undo import ActionResult


@dataclass(frozen=True, slots=True)
class QueueProgress:
    """How far today's queue has come: cards that are done, all that it holds, and what is left of each sort."""

    done: int
    total: int
    new: int
    drills: int
    due: int


class Session:
    """Asks the cards of today, one after another, and writes every answer down before it shows the next.

    There is nothing to save and nothing to resume: a session is computed from the decks and the journal. Undo reaches
    every card of the decks, also those outside of `about`. A `practice` has a journal that is thrown away at its end,
    so it starts from nothing and asks every card of its scope, whatever the limits say. `now` is the clock of the face.
    """

    def __init__(
        self,
        decks: Decks,
        journal: Journal,
        settings: Settings,
        now: Callable[[], datetime],
        about: Scope = EVERYTHING,
        *,
        practice: bool = False,
    ) -> None:
        self.journal = journal
        self.settings = settings
        self.about = about
        self.practice = practice
        self.scheduler = scheduler_in_force(settings, journal)
        self.clock = Clock(journal, now, settings.rollover)
        self.actions = Actions(journal, self.clock)
        self.revealed = False
        self.known: dict[CardId, Card] = {}
        self.scope: tuple[Card, ...] = ()
        self._in_scope: set[CardId] = set()
        self._queue: deque[Card] = deque()
        self._answered: list[AnsweredToday] = []
        self._day = self.today
        self.read(decks)

    def read(self, decks: Decks, first: CardId | None = None) -> None:
        """Takes up the decks as they are now. The card that is asked stays, with the side that is up.

        Where another card is named `first`, that is asked, if it waits.
        """
        asked, revealed = self.card, self.revealed
        still = current_card(asked, self.known, decks) if asked else None
        self.known = {card.id: card for card in decks.cards} | ({still.id: still} if still else {})
        self.schedules = self.journal.schedules()
        ids = {card.id for card in self.about.cards(self.known.values(), self.schedules, self.today)}
        if still:
            ids.add(still.id)
        if self.about.query:  # what it found once stays, although an answer may have changed what it finds
            ids |= {card.id for card in self.scope}
        self.scope = tuple(card for card in self.known.values() if card.id in ids)
        self._in_scope = ids
        self._rebuild_queue(first=first or (still.id if still else None))
        self.revealed = revealed and still is not None and self.card == still

    def close(self) -> None:
        """Throws the journal of a practice away; any other stays open, for it is not the session's own."""
        if self.practice:
            self.journal.close()

    # What is asked

    @property
    def card(self) -> Card | None:
        """The card that is asked, None when today is done."""
        return self._queue[0] if self._queue else None

    @property
    def today(self) -> StudyDay:
        """The study day of this moment."""
        return self.clock.today

    @property
    def schedule(self) -> Schedule:
        """Where the asked card stands."""
        return self.schedules.get(self.card.id, NEW) if self.card else NEW

    @property
    def futures(self) -> Mapping[Grade, Outcome]:
        """Where each grade would lead the asked card."""
        past = self.journal.entries_of
        schedule = with_memory(self.scheduler, self.card.id, self.schedule, past) if self.card else self.schedule
        return self.scheduler.futures(schedule, self.today)

    @property
    def shuffle_seed(self) -> str:
        """A text that is another one at each showing of a card: what shuffles its options."""
        times = sum(1 for answer in self._answered if self.card and answer.card == self.card.id)
        return f"{self.today}:{times}"

    @property
    def queue(self) -> Queue:
        """What is left of today, by sort."""
        parts: dict[str, list[Card]] = {"reviews": [], "new": [], "drills": []}
        for card in self._queue:
            parts[self._sort(card)].append(card)
        return Queue(*(tuple(parts[name]) for name in ("reviews", "new", "drills")))

    @property
    def progress(self) -> QueueProgress:
        """How far today has come, counted over `scope`."""
        left = self.queue
        waiting = {card.id for card in self._queue}
        done = len({answer.card for answer in self._answered if answer.card in self._in_scope} - waiting)
        return QueueProgress(done, done + len(left), len(left.new), len(left.drills), len(left.reviews))

    def counts(self) -> tuple[DeckCount, ...]:
        """Every deck of `scope` with what studying it brings today, and all it holds."""
        return deck_counts(self.scope, self.schedules, self._day, self._answered, self._limits())

    def summary(self) -> DaySummary:
        """What today came to, over `scope`."""
        answered = {item.entry.card for item in self.journal.answers_on(self.today)}
        steps = replay_steps(self.journal.entries_of(answered), find_scheduler)
        return day_summary(steps, self.scope, self.schedules, self.today)

    def reveal(self) -> None:
        """Turns the card over. Only then is it graded."""
        self.revealed = self.card is not None

    # What the learner does. Each raises `DulyError` if the journal cannot be written: then nothing has changed.

    def grade(self, grade: Grade, took: int = 0) -> Outcome:
        """Writes the answer down and goes on. `took` is in milliseconds, counted up to a minute."""
        card = self._revealed_card()
        today = self.today
        others = (self.schedules.get(other, NEW) for other in self.known if other != card.id)
        self.scheduler, before, outcome = record_answer(
            self.journal, card.id, grade,
            took=took, settings=self.settings, moment=self.clock.moment(today), others=others,
        )  # fmt: skip
        self.schedules[card.id] = outcome.schedule
        if self._day != today:
            self._rebuild_queue()
            return outcome
        self._answered.append(AnsweredToday(card.id, before.is_new, card.note.deck))
        self.clock.reached(today)
        self._advance(card, again=outcome.schedule.drill)
        return outcome

    def suspend(self, *, note: bool = False) -> ActionResult | None:
        """Sets the asked card, or all of its note, aside until it is taken up again."""
        return self._continue(self.actions.suspend(self._asked(note)))

    def bury(self, *, note: bool = False) -> ActionResult | None:
        """Sets the asked card, or all of its note, aside until tomorrow."""
        return self._continue(self.actions.bury(self._asked(note)))

    def set_due(self, day: StudyDay) -> ActionResult | None:
        """Has the asked card come back on a study day."""
        return self._continue(self.actions.set_due(self._asked(), day))

    def star(self) -> ActionResult | None:
        """Marks the asked card with a star, or takes it off; the card stays."""
        step = self.actions.toggle_star(self._asked())
        self.schedules |= step.schedules if step else {}
        return step

    def undo(self) -> ActionResult | None:
        """Takes the last step back that still counts, today's or any earlier one; its card is asked.

        After an answer it shows turned over. None if there is nothing to take back.
        """
        asked, revealed = self.card, self.revealed
        step = self.actions.undo(self.known.keys())
        if step is not None:
            self.schedules |= step.schedules
            self._rebuild_queue(first=step.card)
            back = self.card is not None and self.card.id == step.card
            self.revealed = back and (isinstance(step.entry, Review) or (revealed and self.card == asked))
        return step

    def redo(self) -> ActionResult | None:
        """Takes the last undo back, unless something was done since; after an answer the next card is asked, as then.

        None if there is nothing to do again.
        """
        step = self.actions.redo(self.known.keys())
        if step is None or not isinstance(step.entry, Review) or self.card is None or self.card.id != step.card:
            return self._continue(step)
        self.schedules |= step.schedules
        self._rebuild_queue()
        return step

    # How it goes on

    def _asked(self, note: bool = False) -> tuple[CardId, ...]:
        """The asked card, followed by the others of its note if these are meant too."""
        if self.card is None:
            return ()
        first = self.card.id
        return (first, *(other for other in self.known if note and other.note == first.note and other != first))

    def _continue(self, step: ActionResult | None) -> ActionResult | None:
        """Lines up anew after a step; the card that is asked stays if it still waits."""
        if step is not None:
            asked, revealed = self.card, self.revealed
            self.schedules |= step.schedules
            self._rebuild_queue(first=asked.id if asked else None)
            self.revealed = revealed and self.card == asked
        return step

    def _rebuild_queue(self, first: CardId | None = None) -> None:
        """Makes the queue anew from what is known. A card that is named comes first, past the limits, if it waits."""
        self.clock.refresh()
        self._day = self.today
        self._answered = self._answers_of(self._day)
        ahead = self.about.ahead
        self._queue = deque(
            queue(self.scope, self.schedules, self._day, self._answered, self._limits(), ahead=ahead).cards
        )
        if first is not None:
            first_card = (card for card in self.scope if card.id == first)
            front = queue(first_card, self.schedules, self._day, limits=UNLIMITED, ahead=ahead).cards
            self._queue = deque((*front, *(card for card in self._queue if card.id != first)))
        self.revealed = False

    def _limits(self) -> Limits:
        if self.practice:
            return UNLIMITED
        if self.about.ahead:
            return Limits(NO_END, NO_END, self.settings.bury_siblings)
        return Limits.of(self.settings)

    def _advance(self, card: Card, *, again: bool) -> None:
        """To the next card; one that is to be drilled comes again after all the others."""
        self._queue.popleft()
        if again:
            self._queue.append(card)
        self.revealed = False

    def _answers_of(self, day: StudyDay) -> list[AnsweredToday]:
        cards = {item.entry.card for item in self.journal.answers_on(day) if item.entry.card in self.known}
        return [
            AnsweredToday(step.entry.card, step.before.is_new, self.known[step.entry.card].note.deck)
            for step in replay_steps(self.journal.entries_of(cards), find_scheduler)
            if isinstance(step.entry, Review) and step.entry.moment.day == day
        ]

    def _sort(self, card: Card) -> str:
        schedule = self.schedules.get(card.id, NEW)
        if schedule.is_fresh:
            return "new"
        return "drills" if schedule.drill and schedule.last == self._day else "reviews"

    def _revealed_card(self) -> Card:
        if self.card is None or not self.revealed:
            raise ValueError("an answer is graded once it shows")
        return self.card
