"""How much there is to do: new, drilled, due and all cards of every deck, those below it included."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId, DeckName
from duly.cards.deck import levels
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule
from duly.study.queue import Queue
from duly.study.stages import MATURE


@dataclass(frozen=True, slots=True)
class DeckCount:
    """A deck with the cards that are left today in it and below it, and all that lie there.

    `next` is the study day on which the first of its other cards comes back, None if none does; `mastery` is how far
    its cards are on their way to being mature, on average, 0 to 1.
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
        return len(levels(self.deck)) - 1

    @property
    def waiting(self) -> int:
        return self.new + self.drills + self.due


def deck_counts(
    cards: Iterable[Card], queue: Queue, schedules: Mapping[CardId, Schedule], today: StudyDay
) -> tuple[DeckCount, ...]:
    """A count for every deck, outer decks before those within, otherwise in the order of their first cards."""
    total: Counter[DeckName] = Counter()
    learned: Counter[DeckName] = Counter()
    comes: dict[DeckName, StudyDay] = {}
    for deck, within in _by_name(cards).items():
        standing = [schedules.get(card.id, NEW) for card in within]
        first = min((day for one in standing if (day := _comes(one, today)) is not None), default=None)
        for level in levels(deck):
            total[level] += len(within)
            learned[level] += sum(min(one.interval, MATURE) for one in standing)
            if first is not None:
                comes[level] = min(comes.get(level, first), first)
    new, drills, due = (_by_deck(part) for part in (queue.new, queue.drills, queue.reviews))
    return tuple(
        DeckCount(
            deck,
            new[deck],
            drills[deck],
            due[deck],
            total[deck],
            comes.get(deck),
            learned[deck] / (total[deck] * MATURE),
        )
        for deck in _nested(total)
    )


def _comes(schedule: Schedule, today: StudyDay) -> StudyDay | None:
    """The day after `today` on which a card comes back; None if it comes sooner, or not at all."""
    if schedule.due is None or schedule.suspended:
        return None
    day = max(schedule.due, schedule.buried_until or schedule.due)
    return day if day > today else None


def _by_name(cards: Iterable[Card]) -> Mapping[DeckName, list[Card]]:
    decks: dict[DeckName, list[Card]] = {}
    for card in cards:
        decks.setdefault(card.note.deck, []).append(card)
    return decks


def _by_deck(cards: Iterable[Card]) -> Counter[DeckName]:
    return Counter(level for card in cards for level in levels(card.note.deck))


def _nested(decks: Iterable[DeckName]) -> list[DeckName]:
    """Every deck followed at once by those within it."""
    first = {deck: position for position, deck in enumerate(decks)}
    return sorted(first, key=lambda deck: [first[level] for level in levels(deck)])
