"""A session: asks one card after another, grades and saves each answer at once, and undoes."""

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
from duly.study.queue import NO_LIMIT, UNLIMITED, AnsweredToday, Limits, Queue, queue
from duly.study.record_answer import record_answer, with_memory
from duly.study.scheduler_in_force import scheduler_in_force
from duly.study.scope import EVERYTHING, Scope
from duly.study.undo import ActionResult


@dataclass(frozen=True, slots=True)
class QueueProgress:
    """The progress of today's queue: the numbers of finished cards, of all cards, and of remaining cards by kind."""

    done: int
    total: int
    new: int
    drills: int
    due: int


class Session:
    """Asks the cards of today, one after another, and saves every answer before it shows the next card.

    A session is computed from the decks and the journal, so it has no state to save or resume. Undo reaches all cards
    of the decks, also those outside of `scope`. A practice has a temporary journal, so it starts without progress and
    asks every card of its scope regardless of the limits. `now` is the clock of the user interface.
    """

    def __init__(
        self,
        decks: Decks,
        journal: Journal,
        settings: Settings,
        now: Callable[[], datetime],
        scope: Scope = EVERYTHING,
        *,
        is_practice: bool = False,
    ) -> None:
        self.journal = journal
        self.settings = settings
        self.scope = scope
        self.is_practice = is_practice
        self.scheduler = scheduler_in_force(settings, journal)
        self.clock = Clock(journal, now, settings.rollover)
        self.actions = Actions(journal, self.clock)
        self.is_revealed = False
        self.cards_by_id: dict[CardId, Card] = {}
        self.scope_cards: tuple[Card, ...] = ()
        self._scope_ids: set[CardId] = set()
        self._queue: deque[Card] = deque()
        self._answers_today: list[AnsweredToday] = []
        self._day = self.today
        self.update_decks(decks)

    def update_decks(self, decks: Decks, first: CardId | None = None) -> None:
        """Uses the current state of the decks. The asked card stays, revealed or not.

        If `first` is given and is in the queue, that card is asked instead.
        """
        asked_card, was_revealed = self.card, self.is_revealed
        updated_card = current_card(asked_card, self.cards_by_id, decks) if asked_card else None
        self.cards_by_id = {card.id: card for card in decks.cards}
        if updated_card:
            self.cards_by_id[updated_card.id] = updated_card
        self.schedules = self.journal.schedules()
        ids = {card.id for card in self.scope.cards(self.cards_by_id.values(), self.schedules, self.today)}
        if updated_card:
            ids.add(updated_card.id)
        if self.scope.query:  # cards stay in the session although answers may change the result of the query
            ids |= {card.id for card in self.scope_cards}
        self.scope_cards = tuple(card for card in self.cards_by_id.values() if card.id in ids)
        self._scope_ids = ids
        self._rebuild_queue(first=first or (updated_card.id if updated_card else None))
        self.is_revealed = was_revealed and updated_card is not None and self.card == updated_card

    def close(self) -> None:
        """Deletes the journal of a practice; any other journal stays open, because its opener closes it."""
        if self.is_practice:
            self.journal.close()

    # The asked card and the queue

    @property
    def card(self) -> Card | None:
        """The asked card; None if there is none left today."""
        return self._queue[0] if self._queue else None

    @property
    def today(self) -> StudyDay:
        """The study day of this moment."""
        return self.clock.today

    @property
    def schedule(self) -> Schedule:
        """The schedule of the asked card."""
        return self.schedules.get(self.card.id, NEW) if self.card else NEW

    @property
    def outcomes(self) -> Mapping[Grade, Outcome]:
        """The outcome of each grade for the asked card."""
        entries_of = self.journal.entries_of
        schedule = with_memory(self.scheduler, self.card.id, self.schedule, entries_of) if self.card else self.schedule
        return self.scheduler.outcomes(schedule, self.today)

    @property
    def shuffle_seed(self) -> str:
        """The seed that shuffles the options of a card, different each time it is asked."""
        times = sum(1 for answer in self._answers_today if self.card and answer.card == self.card.id)
        return f"{self.today}:{times}"

    @property
    def queue(self) -> Queue:
        """The remaining queue of today."""
        parts: dict[str, list[Card]] = {"reviews": [], "new": [], "drills": []}
        for card in self._queue:
            parts[self._queue_part(card)].append(card)
        return Queue(*(tuple(parts[name]) for name in ("reviews", "new", "drills")))

    @property
    def progress(self) -> QueueProgress:
        """The progress of today, counted over `scope_cards`."""
        remaining_queue = self.queue
        waiting_ids = {card.id for card in self._queue}
        done_count = len(
            {answer.card for answer in self._answers_today if answer.card in self._scope_ids} - waiting_ids
        )
        return QueueProgress(
            done=done_count,
            total=done_count + len(remaining_queue),
            new=len(remaining_queue.new),
            drills=len(remaining_queue.drills),
            due=len(remaining_queue.reviews),
        )

    def counts(self) -> tuple[DeckCount, ...]:
        """The counts of every deck of `scope_cards`."""
        return deck_counts(self.scope_cards, self.schedules, self._day, self._answers_today, self._limits())

    def summary(self) -> DaySummary:
        """The summary of today, over `scope_cards`."""
        answered_cards = {item.entry.card for item in self.journal.answers_on(self.today)}
        steps = replay_steps(self.journal.entries_of(answered_cards), find_scheduler)
        return day_summary(steps, self.scope_cards, self.schedules, self.today)

    def reveal(self) -> None:
        """Reveals the answer of the asked card, which must precede grading."""
        self.is_revealed = self.card is not None

    # Actions of the learner. Each raises `DulyError`, and changes nothing, if the journal cannot be written.

    def grade(self, grade: Grade, took: int = 0) -> Outcome:
        """Saves the answer and goes on to the next card. `took` is in milliseconds, and counts up to a minute."""
        card = self._card_to_grade()
        today = self.today
        other_schedules = (self.schedules.get(card_id, NEW) for card_id in self.cards_by_id if card_id != card.id)
        self.scheduler, before, outcome = record_answer(
            self.journal, card.id, grade,
            took=took, settings=self.settings, moment=self.clock.moment(today), other_schedules=other_schedules,
        )  # fmt: skip
        self.schedules[card.id] = outcome.schedule
        if self._day != today:
            self._rebuild_queue()
            return outcome
        self._answers_today.append(AnsweredToday(card.id, before.is_new, card.note.deck))
        self.clock.record_answer_day(today)
        self._advance(card, asks_again=outcome.schedule.drill)
        return outcome

    def suspend(self, *, note: bool = False) -> ActionResult | None:
        """Suspends the asked card, or all cards of its note."""
        return self._continue(self.actions.suspend(self._selected_cards(note)))

    def bury(self, *, note: bool = False) -> ActionResult | None:
        """Buries the asked card, or all cards of its note, until tomorrow."""
        return self._continue(self.actions.bury(self._selected_cards(note)))

    def set_due(self, day: StudyDay) -> ActionResult | None:
        """Makes the asked card due on a study day."""
        return self._continue(self.actions.set_due(self._selected_cards(), day))

    def star(self) -> ActionResult | None:
        """Adds a star to the asked card, or removes it; the card stays."""
        step = self.actions.toggle_star(self._selected_cards())
        self.schedules |= step.schedules if step else {}
        return step

    def undo(self) -> ActionResult | None:
        """Undoes the last undo step that counts, of today or earlier, and asks its card; None if there is none.

        If the step was an answer, the card is revealed.
        """
        asked_card, was_revealed = self.card, self.is_revealed
        step = self.actions.undo(self.cards_by_id.keys())
        if step is not None:
            self.schedules |= step.schedules
            self._rebuild_queue(first=step.card)
            is_card_asked = self.card is not None and self.card.id == step.card
            self.is_revealed = is_card_asked and (
                isinstance(step.entry, Review) or (was_revealed and self.card == asked_card)
            )
        return step

    def redo(self) -> ActionResult | None:
        """Redoes the last undone step, unless another action followed; None if there is none.

        If the step was an answer, the next card is asked.
        """
        step = self.actions.redo(self.cards_by_id.keys())
        if step is None or not isinstance(step.entry, Review) or self.card is None or self.card.id != step.card:
            return self._continue(step)
        self.schedules |= step.schedules
        self._rebuild_queue()
        return step

    # The order of the cards

    def _selected_cards(self, whole_note: bool = False) -> tuple[CardId, ...]:
        """The asked card; with `whole_note`, followed by the other cards of its note."""
        if self.card is None:
            return ()
        first = self.card.id
        if not whole_note:
            return (first,)
        return (first, *(other for other in self.cards_by_id if other.note == first.note and other != first))

    def _continue(self, step: ActionResult | None) -> ActionResult | None:
        """Rebuilds the queue after an action; the asked card stays if it is still in the queue."""
        if step is not None:
            asked_card, was_revealed = self.card, self.is_revealed
            self.schedules |= step.schedules
            self._rebuild_queue(first=asked_card.id if asked_card else None)
            self.is_revealed = was_revealed and self.card == asked_card
        return step

    def _rebuild_queue(self, first: CardId | None = None) -> None:
        """Rebuilds the queue from decks and journal, beginning with the card `first`, if due, regardless of limits."""
        self.clock.refresh()
        self._day = self.today
        self._answers_today = self._answers_of(self._day)
        days_ahead = self.scope.days_ahead
        self._queue = deque(
            queue(
                self.scope_cards, self.schedules, self._day, self._answers_today, self._limits(), days_ahead=days_ahead
            ).cards
        )
        if first is not None:
            first_card = (card for card in self.scope_cards if card.id == first)
            first_cards = queue(first_card, self.schedules, self._day, limits=UNLIMITED, days_ahead=days_ahead).cards
            self._queue = deque((*first_cards, *(card for card in self._queue if card.id != first)))
        self.is_revealed = False

    def _limits(self) -> Limits:
        if self.is_practice:
            return UNLIMITED
        if self.scope.days_ahead:
            return Limits(NO_LIMIT, NO_LIMIT, self.settings.bury_siblings)
        return Limits.of(self.settings)

    def _advance(self, card: Card, *, asks_again: bool) -> None:
        """Goes on to the next card; with `asks_again`, this card comes again after all others."""
        self._queue.popleft()
        if asks_again:
            self._queue.append(card)
        self.is_revealed = False

    def _answers_of(self, day: StudyDay) -> list[AnsweredToday]:
        cards = {item.entry.card for item in self.journal.answers_on(day) if item.entry.card in self.cards_by_id}
        return [
            AnsweredToday(step.entry.card, step.before.is_new, self.cards_by_id[step.entry.card].note.deck)
            for step in replay_steps(self.journal.entries_of(cards), find_scheduler)
            if isinstance(step.entry, Review) and step.entry.moment.day == day
        ]

    def _queue_part(self, card: Card) -> str:
        schedule = self.schedules.get(card.id, NEW)
        if schedule.is_fresh:
            return "new"
        return "drills" if schedule.drill and schedule.last == self._day else "reviews"

    def _card_to_grade(self) -> Card:
        if self.card is None or not self.is_revealed:
            raise ValueError("an answer is graded once it shows")
        return self.card
