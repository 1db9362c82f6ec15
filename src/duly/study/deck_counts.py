"""How much there is to do: what studying each deck brings today, and all that lies in it and below it."""

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
    """A deck, with what comes today if it is studied, and all cards that lie in it and below it.

    Each deck is counted as if it alone were studied, with all that the day's limits allow.
    `next` is the study day on which the first of its other cards comes, None if none does; `mastery` is how far its
    cards are on their way to being mature, on average, 0 to 1.
    """

    deck: DeckName
    new: int
    drills: int
    due: int
    total: int
    next: StudyDay | None = None
    mastery: float = 0.0

    @property
    def depth(self) -> int:
        """How many decks it lies in."""
        return len(deck_levels(self.deck)) - 1

    @property
    def waiting(self) -> int:
        return self.new + self.drills + self.due


def deck_counts(
    cards: Iterable[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    answered: Sequence[AnsweredToday],
    limits: Limits,
) -> tuple[DeckCount, ...]:
    """A count for every deck, outer decks before those within, otherwise in the order of their first cards."""
    total: Counter[DeckName] = Counter()
    learned: Counter[DeckName] = Counter()
    comes: dict[DeckName, StudyDay] = {}
    for deck, within in _by_name(cards).items():
        standing = [schedules.get(card.id, NEW) for card in within]
        first = min((day for schedule in standing if (day := _comes(schedule, today)) is not None), default=None)
        for level in deck_levels(deck):
            total[level] += len(within)
            learned[level] += sum(min(schedule.interval, MATURE) for schedule in standing)
            if first is not None:
                comes[level] = min(comes.get(level, first), first)
    every = candidates(cards, schedules, today)
    reviews, new, drills = (_by_level(part) for part in (every.reviews, every.new, every.drills))
    counts = []
    for deck in _nested(total):
        waits = Queue(tuple(reviews[deck]), tuple(new[deck]), tuple(drills[deck]))
        chosen = within_limits(waits, answered, limits)
        if _rest_comes(waits, chosen, limits):
            comes[deck] = StudyDay(today + 1)
        mastery = learned[deck] / (total[deck] * MATURE)
        left = (len(chosen.new), len(chosen.drills), len(chosen.reviews))
        counts.append(DeckCount(deck, *left, total[deck], comes.get(deck), mastery))
    return tuple(counts)


def _comes(schedule: Schedule, today: StudyDay) -> StudyDay | None:
    """The day after `today` on which a card comes back; None if it comes sooner, or not at all."""
    if schedule.suspended:
        return None
    day = max(schedule.due or today, schedule.buried_until or today)
    return day if day > today else None


def _rest_comes(waits: Queue, chosen: Queue, limits: Limits) -> bool:
    """Whether tomorrow has room for something of what waits and is not chosen today."""
    if len(waits) == len(chosen):
        return False
    chosen_ids = {card.id for card in chosen.cards}
    rest = (tuple(card for card in part if card.id not in chosen_ids) for part in (waits.reviews, waits.new))
    return len(within_limits(Queue(*rest), (), limits)) > 0


def _by_name(cards: Iterable[Card]) -> Mapping[DeckName, list[Card]]:
    decks: dict[DeckName, list[Card]] = {}
    for card in cards:
        decks.setdefault(card.note.deck, []).append(card)
    return decks


def _by_level(cards: Iterable[Card]) -> Mapping[DeckName, list[Card]]:
    """The cards of every deck and those within it, in their order."""
    decks: defaultdict[DeckName, list[Card]] = defaultdict(list)
    levels_of = cache(deck_levels)
    for card in cards:
        for level in levels_of(card.note.deck):
            decks[level].append(card)
    return decks


def _nested(decks: Iterable[DeckName]) -> list[DeckName]:
    """Every deck followed at once by those within it."""
    first = {deck: position for position, deck in enumerate(decks)}
    return sorted(first, key=lambda deck: [first[level] for level in deck_levels(deck)])
