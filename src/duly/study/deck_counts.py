"""The counts of each deck: the cards to ask today, and all cards in it and the decks below it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from duly.cards import Card, CardId, DeckName
from duly.cards.deck_name import deck_levels
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule
from duly.study.card_state import MATURE
from duly.study.queue import AnsweredToday, Limits, Queue, candidates, within_limits


@dataclass(frozen=True, slots=True)
class DeckCount:
    """The counts of a deck, including the decks below it: cards to ask today by kind, and all cards.

    Each deck is counted as if it alone were studied within the day's limits. `next_day` is the study day on which the
    first of its other cards is due, None if none is; `mastery` is the mean progress of its cards towards maturity, 0 to
    1.
    """

    deck: DeckName
    new: int
    drills: int
    due: int
    total: int
    next_day: StudyDay | None = None
    mastery: float = 0.0

    @property
    def depth(self) -> int:
        """The number of decks that contain it."""
        return len(deck_levels(self.deck)) - 1

    @property
    def waiting_count(self) -> int:
        return self.new + self.drills + self.due


def deck_counts(
    cards: Iterable[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    answers: Sequence[AnsweredToday],
    limits: Limits,
) -> tuple[DeckCount, ...]:
    """The counts of every deck: outer decks before inner ones, otherwise in the order of their first cards."""
    total: Counter[DeckName] = Counter()
    mastered_days: Counter[DeckName] = Counter()
    next_days: dict[DeckName, StudyDay] = {}
    for deck, deck_cards in _by_name(cards).items():
        deck_schedules = [schedules.get(card.id, NEW) for card in deck_cards]
        first_day = min(
            (day for schedule in deck_schedules if (day := _next_day(schedule, today)) is not None), default=None
        )
        for level in deck_levels(deck):
            total[level] += len(deck_cards)
            mastered_days[level] += sum(min(schedule.interval, MATURE) for schedule in deck_schedules)
            if first_day is not None:
                next_days[level] = min(next_days.get(level, first_day), first_day)
    all_candidates = candidates(cards, schedules, today)
    reviews, new, drills = (
        _by_level(part) for part in (all_candidates.reviews, all_candidates.new, all_candidates.drills)
    )
    counts = []
    for deck in _in_nested_order(total):
        deck_queue = Queue(tuple(reviews[deck]), tuple(new[deck]), tuple(drills[deck]))
        today_queue = within_limits(deck_queue, answers, limits)
        if _leaves_cards_for_tomorrow(deck_queue, today_queue, limits):
            next_days[deck] = StudyDay(today + 1)
        mastery = mastered_days[deck] / (total[deck] * MATURE)
        today_counts = (len(today_queue.new), len(today_queue.drills), len(today_queue.reviews))
        counts.append(DeckCount(deck, *today_counts, total[deck], next_days.get(deck), mastery))
    return tuple(counts)


def _next_day(schedule: Schedule, today: StudyDay) -> StudyDay | None:
    """The day after `today` on which a card is due; None if it is due earlier or never."""
    if schedule.suspended:
        return None
    day = max(schedule.due or today, schedule.buried_until or today)
    return day if day > today else None


def _leaves_cards_for_tomorrow(deck_queue: Queue, today_queue: Queue, limits: Limits) -> bool:
    """Whether tomorrow has room for cards of the deck that are not chosen today."""
    if len(deck_queue) == len(today_queue):
        return False
    chosen_ids = {card.id for card in today_queue.cards}
    remaining_parts = (
        tuple(card for card in part if card.id not in chosen_ids) for part in (deck_queue.reviews, deck_queue.new)
    )
    return len(within_limits(Queue(*remaining_parts), (), limits)) > 0


def _by_name(cards: Iterable[Card]) -> Mapping[DeckName, list[Card]]:
    decks: dict[DeckName, list[Card]] = {}
    for card in cards:
        decks.setdefault(card.note.deck, []).append(card)
    return decks


def _by_level(cards: Iterable[Card]) -> Mapping[DeckName, list[Card]]:
    """By deck: its cards and those of the decks below it, in order."""
    decks: defaultdict[DeckName, list[Card]] = defaultdict(list)
    levels_of = cache(deck_levels)
    for card in cards:
        for level in levels_of(card.note.deck):
            decks[level].append(card)
    return decks


def _in_nested_order(decks: Iterable[DeckName]) -> list[DeckName]:
    """The decks in order, each followed by the decks below it."""
    first = {deck: position for position, deck in enumerate(decks)}
    return sorted(first, key=lambda deck: [first[level] for level in deck_levels(deck)])
