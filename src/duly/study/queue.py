"""Which cards come today, in which order and within which limits: a function of what is known, without state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from duly.cards import Card, CardId, DeckName, NoteId
from duly.cards.deck_name import deck_levels
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule
from duly.settings import DeckLimits, Settings

NO_END = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards a study day may bring, and whether one card of a note a day is enough.

    `decks` are the limits of single decks, those within them included; the overall ones hold besides.
    """

    new: int = 20
    reviews: int = 200
    bury_siblings: bool = True
    decks: Mapping[str, DeckLimits] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(settings.new_per_day, settings.reviews_per_day, settings.bury_siblings, settings.decks)

    def room_for_new(self, answered: Iterable[DeckName]) -> "Room":
        """Room for new cards, where today so many were begun in these decks."""
        return Room(self.new, {name: limit.new_per_day for name, limit in self.decks.items()}, answered)

    def room_for_reviews(self, answered: Iterable[DeckName]) -> "Room":
        """Room for reviews, where today so many were answered in these decks."""
        return Room(self.reviews, {name: limit.reviews_per_day for name, limit in self.decks.items()}, answered)


USUAL = Limits()
UNLIMITED = Limits(NO_END, NO_END, bury_siblings=False)


class Room:
    """The room that is left, overall and in each limited deck; each card that is taken needs a place in all of them."""

    def __init__(self, overall: int, decks: Mapping[str, int | None], answered: Iterable[DeckName]) -> None:
        self._left = overall
        self._decks = {name.casefold(): limit for name, limit in decks.items() if limit is not None}
        for deck in answered:
            self._take(deck)

    @property
    def is_full(self) -> bool:
        return self._left <= 0

    def takes(self, deck: DeckName) -> bool:
        """Whether there is room for a card of this deck; then it is taken."""
        free = self._left > 0 and all(self._decks[name] > 0 for name in self._limited(deck))
        if free:
            self._take(deck)
        return free

    def _take(self, deck: DeckName) -> None:
        self._left -= 1
        for name in self._limited(deck):
            self._decks[name] -= 1

    def _limited(self, deck: DeckName) -> list[str]:
        """The limited decks that this one is or lies in."""
        if not self._decks:
            return []
        return [name for name in map(str.casefold, deck_levels(deck)) if name in self._decks]


@dataclass(frozen=True, slots=True)
class AnsweredToday:
    """A card answered today, whether that was the first time ever, and its deck. One for each answer, in order."""

    card: CardId
    first: bool
    deck: DeckName


@dataclass(frozen=True, slots=True)
class Queue:
    """What is left of today: reviews that are due, new cards, and the drills that follow them (SM-2, step 7)."""

    reviews: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    drills: tuple[Card, ...] = ()

    def __len__(self) -> int:
        return len(self.reviews) + len(self.new) + len(self.drills)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them in the order in which they are asked."""
        return (*self.reviews, *self.new, *self.drills)


def queue(
    cards: Iterable[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    answered: Sequence[AnsweredToday] = (),
    limits: Limits = USUAL,
    *,
    ahead: int = 0,
) -> Queue:
    """Today's queue: `candidates` within its limits. With `ahead` above 0, reviews come so many days before they are
    due, and new cards not at all.
    """
    return within_limits(candidates(cards, schedules, today, ahead=ahead), answered, limits)


def candidates(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay, *, ahead: int = 0
) -> Queue:
    """All that waits, whatever the limits: reviews by due day, new cards as written.

    A card that has a day is a review on that day, even if it was given one before it was ever answered.
    """
    due: list[tuple[StudyDay, Card]] = []
    fresh: list[Card] = []
    drills: list[Card] = []
    for card in cards:
        schedule = schedules.get(card.id, NEW)
        if is_set_aside(schedule, today):
            continue
        if schedule.is_fresh:
            if not ahead:
                fresh.append(card)
        elif schedule.drill and schedule.last is not None and schedule.last >= today:
            drills.append(card)
        elif is_due(schedule, today, ahead):
            due.append((schedule.due or today, card))
    due.sort(key=lambda pair: pair[0])
    return Queue(tuple(card for _, card in due), tuple(fresh), tuple(drills))


def within_limits(every: Queue, answered: Sequence[AnsweredToday] = (), limits: Limits = USUAL) -> Queue:
    """What of all that waits comes today: as much as the limits hold, less what was answered today.

    A note of which a card was answered today, or comes earlier in the queue, keeps its other cards for another day
    when `limits.bury_siblings` says so. Drills are in the order of their last answers, the longest ago first.
    """
    card_of_note: dict[NoteId, CardId] = (
        {answer.card.note: answer.card for answer in answered} if limits.bury_siblings else {}
    )
    first_time = {answer.card: answer.deck for answer in answered if answer.first}
    again = {answer.card: answer.deck for answer in answered if answer.card not in first_time}
    one_a_note = limits.bury_siblings
    reviews = _within(every.reviews, limits.room_for_reviews(again.values()), card_of_note, one_a_note)
    new = _within(every.new, limits.room_for_new(first_time.values()), card_of_note, one_a_note)
    last_answer = {answer.card: position for position, answer in enumerate(answered)}
    return Queue(reviews, new, tuple(sorted(every.drills, key=lambda card: last_answer.get(card.id, -1))))


def is_due(schedule: Schedule, today: StudyDay, ahead: int = 0) -> bool:
    """Whether the card waits for its review: its day comes in `ahead` days, and it was not answered today already."""
    came = schedule.due is not None and schedule.due <= today + ahead
    return came and (schedule.last is None or schedule.last < today)


def is_set_aside(schedule: Schedule, today: StudyDay) -> bool:
    return schedule.suspended or (schedule.buried_until is not None and schedule.buried_until > today)


def _within(
    cards: Iterable[Card], room: Room, card_of_note: dict[NoteId, CardId], one_a_note: bool
) -> tuple[Card, ...]:
    chosen: list[Card] = []
    for card in cards:
        if room.is_full:
            break
        if one_a_note and card_of_note.get(card.note.id, card.id) != card.id:
            continue
        if room.takes(card.note.deck):
            card_of_note[card.note.id] = card.id
            chosen.append(card)
    return tuple(chosen)
