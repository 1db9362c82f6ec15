"""Which cards come today, and in which order: one function of what is known, with no state of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duly.cards import Card, CardId, DeckName, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule
from duly.study.limits import USUAL, Limits, Room


@dataclass(frozen=True, slots=True)
class Answered:
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
    answered: Sequence[Answered] = (),
    limits: Limits = USUAL,
    *,
    ahead: int = 0,
) -> Queue:
    """Today's queue: `waiting` within its limits. With `ahead` above 0, reviews come so many days before they are due,
    and new cards not at all."""
    return limited(waiting(cards, schedules, today, ahead=ahead), answered, limits)


def waiting(cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay, *, ahead: int = 0) -> Queue:
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


def limited(every: Queue, answered: Sequence[Answered] = (), limits: Limits = USUAL) -> Queue:
    """What of all that waits comes today: as much as the limits hold, less what was answered today.

    A note of which a card was answered today, or comes earlier in the queue, keeps its other cards for another day
    when `limits.bury_siblings` says so. Drills are in the order of their last answers, the longest ago first.
    """
    taken: dict[NoteId, CardId] = {one.card.note: one.card for one in answered} if limits.bury_siblings else {}
    first_time = {one.card: one.deck for one in answered if one.first}
    again = {one.card: one.deck for one in answered if one.card not in first_time}
    one_a_note = limits.bury_siblings
    reviews = _within(every.reviews, limits.room_for_reviews(again.values()), taken, one_a_note)
    new = _within(every.new, limits.room_for_new(first_time.values()), taken, one_a_note)
    last_answer = {one.card: position for position, one in enumerate(answered)}
    return Queue(reviews, new, tuple(sorted(every.drills, key=lambda card: last_answer.get(card.id, -1))))


def is_due(schedule: Schedule, today: StudyDay, ahead: int = 0) -> bool:
    """Whether the card waits for its review: its day comes in `ahead` days, and it was not answered today already."""
    came = schedule.due is not None and schedule.due <= today + ahead
    return came and (schedule.last is None or schedule.last < today)


def is_set_aside(schedule: Schedule, today: StudyDay) -> bool:
    return schedule.suspended or (schedule.buried_until is not None and schedule.buried_until > today)


def _within(cards: Iterable[Card], room: Room, taken: dict[NoteId, CardId], one_a_note: bool) -> tuple[Card, ...]:
    chosen: list[Card] = []
    for card in cards:
        if room.is_full:
            break
        if one_a_note and taken.get(card.note.id, card.id) != card.id:
            continue
        if room.takes(card.note.deck):
            taken[card.note.id] = card.id
            chosen.append(card)
    return tuple(chosen)
