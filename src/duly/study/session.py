"""A session: the card that is asked, its answer graded and written down at once, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from duly.cards import Card, CardId
from duly.journal import Journal, Page
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Review
from duly.scheduling.fuzz import fuzzed_due
from duly.scheduling.grade import Grade
from duly.scheduling.replay import effective
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import AnswerKind, Outcome, Scheduler
from duly.scheduling.sm2 import PROFILES
from duly.settings import Settings
from duly.study.actions import Actions
from duly.study.clock import Clock
from duly.study.counts import DeckCount, deck_counts
from duly.study.queue import Answered, Limits, Queue, queue
from duly.study.step import Step
from duly.study.summary import Summary, summary


@dataclass(frozen=True, slots=True)
class Progress:
    """How far today's queue has come: cards that are done, all that it holds, and what is left of each sort."""

    done: int
    total: int
    new: int
    drills: int
    due: int


class Session:
    """Asks the cards of today, one after another, and writes every answer down before it shows the next.

    There is nothing to save and nothing to resume: a session is made anew from the decks and the journal. `scope` are
    the cards that are asked; undo reaches every card of `known`. `now` is the clock of the face.
    """

    def __init__(
        self,
        known: Iterable[Card],
        scope: Iterable[Card],
        journal: Journal,
        settings: Settings,
        now: Callable[[], datetime],
    ) -> None:
        self.journal = journal
        self.settings = settings
        self.scheduler: Scheduler = PROFILES[settings.scheduler]
        self.clock = Clock(journal, now, settings.rollover)
        self.actions = Actions(journal, self.clock)
        self.revealed = False
        self._queue: list[Card] = []
        self._answered: list[Answered] = []
        self._day = self.today
        self.read(known, scope)

    def read(self, known: Iterable[Card], scope: Iterable[Card]) -> None:
        """Takes up the decks as they are now; the card that is asked stays, if it is still there."""
        asked = self.card
        self.known = {card.id: card for card in known}
        self.scope = tuple(scope)
        self.schedules = self.journal.schedules()
        self._line_up(first=asked.id if asked else None)

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
        return self.scheduler.futures(self.schedule, self.today)

    @property
    def showing(self) -> str:
        """A text that is another one at each showing of a card: what shuffles its options."""
        times = sum(1 for one in self._answered if self.card and one.card == self.card.id)
        return f"{self.today}:{times}"

    @property
    def queue(self) -> Queue:
        """What is left of today, by sort."""
        parts: dict[str, list[Card]] = {"reviews": [], "new": [], "drills": []}
        for card in self._queue:
            parts[self._sort(card)].append(card)
        return Queue(*(tuple(parts[name]) for name in ("reviews", "new", "drills")))

    @property
    def progress(self) -> Progress:
        """How far today has come, counted over `scope`."""
        left = self.queue
        waiting = {card.id for card in self._queue}
        scope = {card.id for card in self.scope}
        done = len({one.card for one in self._answered if one.card in scope} - waiting)
        return Progress(done, done + len(left), len(left.new), len(left.drills), len(left.reviews))

    def counts(self) -> tuple[DeckCount, ...]:
        """Every deck of `scope` with what is left of today, and all it holds."""
        return deck_counts(self.scope, self.queue)

    def summary(self) -> Summary:
        """What today came to, over `scope`."""
        return summary(self.journal.answered_on(self.today), self.scope, self.schedules, self.today)

    def reveal(self) -> None:
        """Turns the card over. Only then is it graded."""
        self.revealed = self.card is not None

    # What the learner does

    def grade(self, grade: Grade, took: int = 0) -> Outcome:
        """Writes the answer down, in one transaction, and goes on. `took` is in milliseconds, counted up to a minute.

        Raises `DulyError` if the journal cannot be written: then nothing has changed, and the card is still asked.
        """
        card = self._turned_over()
        today = self.today
        with self.journal.writing() as page:
            before = page.schedule(card.id)
            outcome = self.scheduler.answer(before, grade, today)
            due = self._fuzzed(card.id, outcome, today, page)
            if due is not None:
                outcome = replace(outcome, schedule=replace(outcome.schedule, due=due))
            moment = self.clock.moment(today)
            entry = Review(card.id, moment, grade, self.scheduler.name, min(max(took, 0), 60_000), due)
            page.append(entry, outcome.schedule)
        self.schedules[card.id] = outcome.schedule
        if self._day != today:
            self._line_up()
            return outcome
        self._answered.append(Answered(card.id, before.is_new))
        self.clock.reached(today)
        self._go_on(card, again=outcome.schedule.drill)
        return outcome

    def suspend(self) -> Card | None:
        """Sets the asked card aside until it is taken up again."""
        card = self.card
        if card is None:
            return None
        if step := self.actions.suspend([card.id]):
            self.schedules |= step.schedules
        self._line_up()
        return card

    def undo(self) -> Step | None:
        """Takes the last step back that still counts, today's or any earlier one; its card is asked, turned over."""
        step = self.actions.undo(self.known.keys())
        if step is not None:
            self.schedules |= step.schedules
            self._line_up(first=step.card)
            self.revealed = self.card is not None and self.card.id == step.card
        return step

    def redo(self) -> Step | None:
        """Takes the last undo back, unless something was done since."""
        step = self.actions.redo(self.known.keys())
        if step is not None:
            self.schedules |= step.schedules
            self._line_up()
        return step

    # How it goes on

    def _line_up(self, first: CardId | None = None) -> None:
        """Makes the queue anew from what is known. A card that is named comes first, past the limits, if it waits."""
        self.clock.look()
        self._day = self.today
        self._answered = self._answers_of(self._day)
        settings = self.settings
        limits = Limits(settings.new_per_day, settings.reviews_per_day, settings.bury_siblings)
        self._queue = list(queue(self.scope, self.schedules, self._day, self._answered, limits).cards)
        if first is not None:
            front = queue((card for card in self.scope if card.id == first), self.schedules, self._day).cards
            self._queue = [*front, *(card for card in self._queue if card.id != first)]
        self.revealed = False

    def _go_on(self, card: Card, *, again: bool) -> None:
        """To the next card; one that is to be drilled comes again after all the others."""
        self._queue.pop(0)
        if again:
            self._queue.append(card)
        self.revealed = False

    def _answers_of(self, day: StudyDay) -> list[Answered]:
        answers = [one.entry for one in self.journal.answered_on(day) if one.entry.card in self.known]
        cards = {entry.card for entry in answers}
        seen = {
            one.entry.card
            for one in effective(self.journal.entries_of(cards))
            if one.entry.moment.day < day and isinstance(one.entry, Review)
        }
        return [Answered(entry.card, entry.card not in seen) for entry in answers]

    def _sort(self, card: Card) -> str:
        schedule = self.schedules.get(card.id, NEW)
        if schedule.is_new:
            return "new"
        return "drills" if schedule.drill and schedule.last == self._day else "reviews"

    def _turned_over(self) -> Card:
        if self.card is None or not self.revealed:
            raise ValueError("an answer is graded once it shows")
        return self.card

    def _fuzzed(self, card: CardId, outcome: Outcome, today: StudyDay, page: Page) -> StudyDay | None:
        if not self.settings.fuzz or outcome.kind is not AnswerKind.REVIEW:
            return None
        return fuzzed_due(card, len(page.entries_of(card)), outcome.schedule.interval, today)
