"""Simulates the days until an exam: the cards that are asked, the cards that are recalled, and the time this takes.

The learner's memory follows FSRS whichever scheduler is in force, because FSRS predicts answers better; the scheduler
only decides when a card is due. Numbers instead of schedules keep 10,000 cards over 180 days well under a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from duly.planning.habits import Habits
from duly.scheduling.fsrs import AGAIN, EASY, GOOD, HARD, Fsrs, retrievability
from duly.scheduling.schedule import FsrsMemory
from duly.scheduling.sm2 import CHANGES, LEAST_EASINESS, LONGEST

CRAM_DAYS = 7
"""The number of days before an exam in which a cram repeats unsafe cards."""

SAFE = 0.9
"""The least probability of recall of a safe card."""


@dataclass(slots=True)
class SimulatedCard:
    """A card in the simulation. Days count from today, which is 0; a card that was never answered has no `memory`."""

    memory: FsrsMemory | None = None
    last: int = 0
    due: int = 0
    repetitions: int = 0
    interval: int = 0
    easiness: int = 250


@dataclass(frozen=True, slots=True)
class Policy:
    """How the learner studies: limits per day, the scheduler, and the minutes per day of a cram in the last week, or 0.

    `reviews_today` and `new_today` were answered already today, and count against the limits of the first day.
    """

    new_per_day: int
    reviews_per_day: int
    sm2: bool = True
    cram_minutes: float = 0.0
    reviews_today: int = 0
    new_today: int = 0


@dataclass(slots=True)
class SimulatedDay:
    """A simulated day. `waiting` is the number of due cards beyond the limit."""

    reviews: float = 0
    new: float = 0
    minutes: float = 0
    waiting: float = 0


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """The days of a simulation, and numbers of cards on the morning of the exam; `known_cards` is an expectation."""

    days: tuple[SimulatedDay, ...]
    known_cards: float
    safe_cards: float
    unseen_cards: float


def sm2_step(card: SimulatedCard, rating: int, day: int) -> None:
    """SM-2's update of a card after an answer on a later day; a forgotten card is drilled until it is known."""
    if rating == AGAIN:
        card.repetitions, card.interval = 1, 1
    elif day < card.due and card.interval:
        if card.repetitions >= 2:
            card.interval = max(card.interval, -(-(day - card.last) * card.easiness // 100))
    else:
        card.repetitions += 1
        if card.repetitions <= 2:
            card.interval = 1 if card.repetitions == 1 else 6
        else:
            card.interval = -(-card.interval * card.easiness // 100)
        card.easiness = max(LEAST_EASINESS, card.easiness + CHANGES[rating + 1])
    card.interval = min(card.interval, LONGEST)
    card.last, card.due = day, day + card.interval


@dataclass(frozen=True, slots=True)
class World:
    """What all plans share: the days until the exam, the learner's habits and memory."""

    days: int
    habits: Habits
    fsrs: Fsrs


def simulate(cards: Sequence[SimulatedCard], world: World, policy: Policy, dice: Random) -> SimulationResult:
    """Simulates the days with these cards, which are modified. The exam is on the morning after the last day."""
    return _Simulation(cards, world, policy, dice).result()


class _Simulation:
    def __init__(self, cards: Sequence[SimulatedCard], world: World, policy: Policy, dice: Random) -> None:
        self.cards, self.policy, self.dice = cards, policy, dice
        self.days, self.habits, self.fsrs = world.days, world.habits, world.fsrs
        self.curve = world.fsrs.curve
        self.new = [card for card in reversed(cards) if card.memory is None]
        self.due: list[list[SimulatedCard]] = [[] for _ in range(self.days)]
        self.waiting: list[SimulatedCard] = []
        for card in sorted((card for card in cards if card.memory is not None), key=lambda card: card.due):
            if card.due < self.days:
                self.due[max(0, card.due)].append(card)

    def result(self) -> SimulationResult:
        days = tuple(map(self._day, range(self.days)))
        recall_probabilities = [self._recall(card, self.days) for card in self.cards if card.memory is not None]
        return SimulationResult(
            days,
            sum(recall_probabilities),
            sum(probability >= SAFE for probability in recall_probabilities),
            len(self.new),
        )

    def _day(self, day: int) -> SimulatedDay:
        result = SimulatedDay()
        if self.dice.random() >= self.habits.studied_share:
            self.waiting += self.due[day]
            result.waiting = len(self.waiting)
            return result
        policy = self.policy
        # A cram may have brought a card forward since it was put on this day.
        due = [card for card in (*self.waiting, *self.due[day]) if card.due <= day]
        limit = max(0, policy.reviews_per_day - (policy.reviews_today if day == 0 else 0))
        reviewed_cards, self.waiting = due[:limit], due[limit:]
        seconds = sum(self._review(card, day) for card in reviewed_cards)
        if policy.cram_minutes and day >= self.days - CRAM_DAYS:
            seconds += self._cram(day, policy.cram_minutes * 60 - seconds, result)
        limit = max(0, policy.new_per_day - (policy.new_today if day == 0 else 0))
        while self.new and result.new < limit:
            seconds += self._learn(self.new.pop(), day)
            result.new += 1
        result.reviews += len(reviewed_cards)
        result.minutes, result.waiting = seconds / 60, len(self.waiting)
        return result

    def _cram(self, day: int, seconds: float, result: SimulatedDay) -> float:
        """Repeats unsafe cards, the least known first, while there is time; returns the seconds it took."""
        unsafe = [
            (recall, index)
            for index, card in enumerate(self.cards)
            if card.memory is not None and card.last < day and (recall := self._recall(card, day)) < SAFE
        ]
        spent_seconds = 0.0
        crammed_cards: set[int] = set()
        for _recall, index in sorted(unsafe):
            if spent_seconds >= seconds:
                break
            spent_seconds += self._review(self.cards[index], day)
            crammed_cards.add(id(self.cards[index]))
            result.reviews += 1
        self.waiting = [card for card in self.waiting if id(card) not in crammed_cards]
        return spent_seconds

    def _recall(self, card: SimulatedCard, day: int) -> float:
        assert card.memory is not None, "a card that was answered"
        return retrievability(card.memory.stability, max(0, day - card.last), self.curve)

    def _review(self, card: SimulatedCard, day: int) -> float:
        """Asks a learned card; returns the seconds this took."""
        assert card.memory is not None, "a card that was answered"
        if self.dice.random() >= self._recall(card, day):
            rating, seconds = AGAIN, self.habits.failure_seconds
        else:
            rating, seconds = self._draw_rating((HARD, GOOD, EASY), self.habits.pass_shares), self.habits.pass_seconds
        card.memory = self.fsrs.next_memory(card.memory, rating, day - card.last)
        return seconds + self._reschedule(card, rating, day)

    def _learn(self, card: SimulatedCard, day: int) -> float:
        rating = self._draw_rating((AGAIN, HARD, GOOD, EASY), self.habits.first_shares)
        card.memory = self.fsrs.first_memory(rating)
        card.last = day - 1
        return self.habits.new_seconds + self._reschedule(card, rating, day)

    def _reschedule(self, card: SimulatedCard, rating: int, day: int) -> float:
        """Drills a forgotten card until it is known, and schedules its next review; returns the seconds of the
        drill.
        """
        assert card.memory is not None, "a card that was answered"
        seconds = 0.0
        if rating == AGAIN:
            seconds = self.habits.drills_per_lapse * self.habits.drill_seconds
            card.memory = self._memory_after_drill(card.memory)
        if self.policy.sm2:
            sm2_step(card, rating, day)
        else:
            card.interval = self.fsrs.interval(card.memory.stability)
            card.last, card.due = day, day + card.interval
        if card.due < self.days:
            self.due[card.due].append(card)
        return seconds

    def _memory_after_drill(self, memory: FsrsMemory) -> FsrsMemory:
        """The memory after the Good that ends a drill; the small change of the difficulty is ignored."""
        return FsrsMemory(self.fsrs.same_day_stability(memory.stability, GOOD), memory.difficulty)

    def _draw_rating(self, ratings: Sequence[int], shares: Sequence[float]) -> int:
        chance = self.dice.random()
        for rating, share in zip(ratings, shares, strict=True):
            if chance < share:
                return rating
            chance -= share
        return ratings[-1]
