"""Plans what a sync changes about cards in Anki: reviews that its log lacks, and the new states of cards."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.to_anki import (
    FIRST_DUE,
    NO_HISTORY,
    ReviewHistories,
    ReviewRow,
    card_columns,
    memory_data,
    review_rows,
)
from duly.anki.raw_rows import BURIED, BURIED_BY_ANKI, FLAG_COLOUR, NEW, REVIEW, RawCard
from duly.cards import CardId
from duly.scheduling.day import EPOCH, StudyDay
from duly.scheduling.review_history import History
from duly.scheduling.schedule import FsrsMemory
from duly.sync.anki_interface import AnkiState, CardChange

STEP_QUEUES = (1, 3)
"""The queues of cards in learning steps."""
ORANGE_FLAG = 2
"""The colour of a star in Anki; here, a flag of any colour is a star."""


@dataclass(slots=True)
class CardPlan:
    """The rows that Anki's review log lacks, and the changes to cards.

    `moved_rows` has the instant of each answer whose row could not have it as its id, by the id that it got; `flags`
    has the new flag bits of cards, by their ids in Anki.
    """

    answers: list[ReviewRow] = field(default_factory=list)
    cards: list[CardChange] = field(default_factory=list)
    moved_rows: dict[int, int] = field(default_factory=dict)
    flags: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalProgress:
    """What the journal knows of the cards.

    `anki_instants` are the instants of answers that were given in Anki; `cards` are all cards with an entry, undone or
    not. With `anki_decides_due`, Anki decides when cards that were answered there last come back.
    """

    histories: ReviewHistories
    anki_instants: Set[int]
    cards: Set[CardId]
    anki_decides_due: bool = False


def plan_cards(
    cards: Mapping[CardId, RawCard],
    state: AnkiState,
    progress: JournalProgress,
    calendar: Calendar,
    moved_rows: Mapping[int, int],
) -> CardPlan:
    """Plans reviews and card changes. `cards` are those of our cards that Anki has; `moved_rows` are those of earlier
    syncs, as in `CardPlan`."""
    plan = CardPlan(moved_rows=dict(moved_rows))
    cards_of_rows = {row.id: row.card for row in state.all_reviews}
    rows_in_anki = {(moved_rows.get(row, row), card) for row, card in cards_of_rows.items()}
    day_shift = (FIRST_DUE - EPOCH).days - calendar.first_day(state.settings)
    for card, raw_card in cards.items():
        history = progress.histories.by_card.get(card, NO_HISTORY)
        new_rows = [
            row
            for row in review_rows(progress.histories, card, raw_card.id)
            if (row[0], raw_card.id) not in rows_in_anki
        ]
        for row in new_rows:
            number = next(row_id for row_id in count(row[0]) if row_id not in cards_of_rows)
            cards_of_rows[number] = raw_card.id
            if number != row[0]:
                plan.moved_rows[number] = row[0]
            plan.answers.append((number, *row[1:]))
        if _is_in_steps_today(raw_card, history, progress):
            continue
        change = _change(card, raw_card, history, progress, day_shift, answered_here=bool(new_rows))
        if change is not None and change != replace(_current_state(raw_card), memory=_same_memory(raw_card, change)):
            plan.cards.append(change)
        if history.schedule.starred != is_flagged(raw_card):
            plan.flags[raw_card.id] = raw_card.flags & ~FLAG_COLOUR | (ORANGE_FLAG if history.schedule.starred else 0)
    return plan


def _is_in_steps_today(raw_card: RawCard, history: History, progress: JournalProgress) -> bool:
    """Whether the card is in learning steps in Anki today, so that nothing about it may be changed."""
    was_in_anki = bool(history.answers) and history.answers[-1].instant in progress.anki_instants
    return raw_card.queue in STEP_QUEUES and was_in_anki and history.schedule.last == progress.histories.today


def _change(
    card: CardId, raw_card: RawCard, history: History, progress: JournalProgress, day_shift: int, *, answered_here: bool
) -> CardChange | None:
    """The new state of the card; None where Anki keeps its own."""
    last_answer = history.answers[-1] if history.answers else None
    today = progress.histories.today
    was_in_anki = last_answer is not None and last_answer.instant in progress.anki_instants
    kind, queue, due, interval, factor, reps, lapses, _data = card_columns(progress.histories, card, raw_card.due)
    if raw_card.queue in (BURIED, BURIED_BY_ANKI) and queue >= NEW and not answered_here:
        queue = raw_card.queue
    if kind == NEW and raw_card.type == NEW:
        return replace(_current_state(raw_card), queue=queue)
    if kind == NEW:  # reset to new here, or its only answer was undone after Anki got it
        return CardChange(raw_card.id, kind, queue, 0, 0, 0, 0, 0, None) if card in progress.cards else None
    if was_in_anki and progress.anki_decides_due:
        current = _current_state(raw_card)
        return replace(current, queue=queue if queue < NEW or current.queue < NEW else current.queue)
    if history.schedule.drill and history.schedule.last == today and due > _days(today):
        due = _days(today)
    if isinstance(history.schedule.memory, FsrsMemory) and raw_card.factor:
        factor = raw_card.factor  # FSRS has no ease; the ease that SM-2 computed in Anki stays
    reps = max(reps, raw_card.reps if raw_card.type != NEW else 0)
    answered = last_answer.instant // 1000 if last_answer is not None else None
    memory = history.memory_beyond_answers
    memory_values = memory_data(progress.histories.fsrs, memory) if memory is not None else {}
    return CardChange(
        raw_card.id, kind, queue, due + day_shift, interval, factor, reps, lapses, answered, memory_values
    )


def _current_state(raw_card: RawCard) -> CardChange:
    """The present state of the card. In a filtered deck, the due day of its home deck counts."""
    answered = _data(raw_card).get("lrt")
    return CardChange(
        raw_card.id,
        raw_card.type,
        raw_card.queue,
        raw_card.home_due if raw_card.home_deck else raw_card.due,
        raw_card.interval,
        raw_card.factor,
        raw_card.reps,
        raw_card.lapses,
        int(answered) if answered is not None and raw_card.type == REVIEW else None,
    )


def _same_memory(raw_card: RawCard, change: CardChange) -> dict[str, float]:
    """The memory values of the card's data, for those names that the change sets."""
    data = _data(raw_card)
    return {name: data[name] for name in change.memory if name in data}


def _data(raw_card: RawCard) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(raw_card.data) if raw_card.data else {}
    return data


def _days(day: StudyDay) -> int:
    return day - (FIRST_DUE - EPOCH).days


NoteCards = tuple[str, Sequence[int], Sequence[CardId]]
"""The guid of a note, the numbers of its cards in Anki, and their ids here."""


def find_raw_cards(notes: Iterable[NoteCards], state: AnkiState) -> dict[CardId, RawCard]:
    """Those of our cards that Anki has."""
    cards_by_ord = {(card.note, card.ord): card for card in state.all_cards}
    raw_cards: dict[CardId, RawCard] = {}
    for guid, numbers, cards in notes:
        note = state.notes_by_guid.get(guid)
        for number, card in zip(numbers, cards, strict=True):
            if note is not None and card.face and (note.id, number) in cards_by_ord:
                raw_cards[card] = cards_by_ord[note.id, number]
    return raw_cards


def is_flagged(raw_card: RawCard) -> bool:
    """Whether the card has a flag, of any colour."""
    return bool(raw_card.flags & FLAG_COLOUR)


def is_buried(raw_card: RawCard) -> bool:
    """Whether the learner set the card aside until tomorrow."""
    return raw_card.queue == BURIED
