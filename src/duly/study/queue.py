"""The queue of a study day: which cards are asked, in which order and within which limits. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from duly.cards import Card, CardId, DeckName, NoteId
from duly.cards.deck_name import deck_levels
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule
from duly.settings import DeckLimits, Settings

NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a study day, and whether only one card of each note is asked per day (`bury_siblings`).

    `decks` are additional limits of single decks, which include the decks below them.
    """

    new: int = 20
    reviews: int = 200
    bury_siblings: bool = True
    decks: Mapping[str, DeckLimits] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(settings.new_per_day, settings.reviews_per_day, settings.bury_siblings, settings.decks)

    def room_for_new(self, answer_decks: Iterable[DeckName]) -> "Room":
        """The room for new cards, after new cards were answered today in these decks, one for each card."""
        return Room(self.new, {name: limit.new_per_day for name, limit in self.decks.items()}, answer_decks)

    def room_for_reviews(self, answer_decks: Iterable[DeckName]) -> "Room":
        """The room for reviews, after reviews were answered today in these decks, one for each card."""
        return Room(self.reviews, {name: limit.reviews_per_day for name, limit in self.decks.items()}, answer_decks)


DEFAULT_LIMITS = Limits()
UNLIMITED = Limits(NO_LIMIT, NO_LIMIT, bury_siblings=False)


class Room:
    """The remaining room for cards, in total and in each limited deck. A card takes one place in each of them."""

    def __init__(
        self, total_limit: int, deck_limits: Mapping[str, int | None], answer_decks: Iterable[DeckName]
    ) -> None:
        self._free = total_limit
        self._free_by_deck = {name.casefold(): limit for name, limit in deck_limits.items() if limit is not None}
        for deck in answer_decks:
            self._take(deck)

    @property
    def is_full(self) -> bool:
        return self._free <= 0

    def try_take(self, deck: DeckName) -> bool:
        """Takes the room for a card of this deck, if there is any; returns whether there was."""
        has_room = self._free > 0 and all(self._free_by_deck[name] > 0 for name in self._limited_decks(deck))
        if has_room:
            self._take(deck)
        return has_room

    def _take(self, deck: DeckName) -> None:
        self._free -= 1
        for name in self._limited_decks(deck):
            self._free_by_deck[name] -= 1

    def _limited_decks(self, deck: DeckName) -> list[str]:
        """The limited decks among this one and those that contain it, in lower case."""
        if not self._free_by_deck:
            return []
        return [name for name in map(str.casefold, deck_levels(deck)) if name in self._free_by_deck]


@dataclass(frozen=True, slots=True)
class AnsweredToday:
    """An answer of today: its card, whether it was the card's first answer ever, and the deck of the card."""

    card: CardId
    is_first: bool
    deck: DeckName


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards to ask: due reviews, new cards, and the drills that follow them (SM-2, step 7)."""

    reviews: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    drills: tuple[Card, ...] = ()

    def __len__(self) -> int:
        return len(self.reviews) + len(self.new) + len(self.drills)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in the order in which they are asked."""
        return (*self.reviews, *self.new, *self.drills)


def queue(
    cards: Iterable[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    answers: Sequence[AnsweredToday] = (),
    limits: Limits = DEFAULT_LIMITS,
    *,
    days_ahead: int = 0,
) -> Queue:
    """Today's queue: the `candidates` within the limits.

    With `days_ahead` above 0, reviews come up to so many days before they are due, and there are no new cards.
    """
    return within_limits(candidates(cards, schedules, today, days_ahead=days_ahead), answers, limits)


def candidates(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay, *, days_ahead: int = 0
) -> Queue:
    """All cards that could be asked, regardless of limits: reviews by due day, new cards in the order of the files.

    A card with a due day is a review, even if it was never answered.
    """
    due: list[tuple[StudyDay, Card]] = []
    fresh: list[Card] = []
    drills: list[Card] = []
    for card in cards:
        schedule = schedules.get(card.id, NEW)
        if is_set_aside(schedule, today):
            continue
        if schedule.is_fresh:
            if not days_ahead:
                fresh.append(card)
        elif schedule.drill and schedule.last is not None and schedule.last >= today:
            drills.append(card)
        elif is_due(schedule, today, days_ahead):
            due.append((schedule.due or today, card))
    due.sort(key=lambda pair: pair[0])
    return Queue(tuple(card for _, card in due), tuple(fresh), tuple(drills))


def within_limits(
    candidate_queue: Queue, answers: Sequence[AnsweredToday] = (), limits: Limits = DEFAULT_LIMITS
) -> Queue:
    """The part of the candidates that is asked today: the limits minus the cards that were answered today.

    With `limits.bury_siblings`, a note of which a card was answered today, or comes earlier in the queue, keeps its
    other cards for another day. Drills are in the order of their last answers, the oldest first.
    """
    card_of_note: dict[NoteId, CardId] = (
        {answer.card.note: answer.card for answer in answers} if limits.bury_siblings else {}
    )
    decks_of_new = {answer.card: answer.deck for answer in answers if answer.is_first}
    decks_of_reviewed = {answer.card: answer.deck for answer in answers if answer.card not in decks_of_new}
    one_per_note = limits.bury_siblings
    reviews = _fitting_cards(
        candidate_queue.reviews, limits.room_for_reviews(decks_of_reviewed.values()), card_of_note, one_per_note
    )
    new = _fitting_cards(candidate_queue.new, limits.room_for_new(decks_of_new.values()), card_of_note, one_per_note)
    last_answer = {answer.card: position for position, answer in enumerate(answers)}
    return Queue(reviews, new, tuple(sorted(candidate_queue.drills, key=lambda card: last_answer.get(card.id, -1))))


def is_due(schedule: Schedule, today: StudyDay, days_ahead: int = 0) -> bool:
    """Whether a card is due within `days_ahead` days, and was not answered today already."""
    is_day_reached = schedule.due is not None and schedule.due <= today + days_ahead
    return is_day_reached and (schedule.last is None or schedule.last < today)


def is_set_aside(schedule: Schedule, today: StudyDay) -> bool:
    return schedule.suspended or (schedule.buried_until is not None and schedule.buried_until > today)


def _fitting_cards(
    cards: Iterable[Card], room: Room, card_of_note: dict[NoteId, CardId], one_per_note: bool
) -> tuple[Card, ...]:
    chosen_cards: list[Card] = []
    for card in cards:
        if room.is_full:
            break
        if one_per_note and card_of_note.get(card.note.id, card.id) != card.id:
            continue
        if room.try_take(card.note.deck):
            card_of_note[card.note.id] = card.id
            chosen_cards.append(card)
    return tuple(chosen_cards)
