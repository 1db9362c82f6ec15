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

STEPS = (1, 3)
"""The queues of cards in learning steps."""
ORANGE = 2
"""The colour of a star in Anki; here, a flag of any colour is a star."""


@dataclass(slots=True)
class CardPlan:
    """The rows that Anki's review log lacks, and the changes to cards.

    `moved_rows` has the instant of each answer whose row had to take another id, by that id; `flags` the new flag bits
    of cards, by their ids in Anki.
    """

    answers: list[ReviewRow] = field(default_factory=list)
    cards: list[CardChange] = field(default_factory=list)
    moved_rows: dict[int, int] = field(default_factory=dict)
    flags: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalProgress:
    """What the journal knows of the cards.

    `anki_instants` are the instants of answers that were given in Anki; `cards` are all cards with an entry, undone or
    not.
    With `anki_rules`, Anki decides when cards that were answered there last come back.
    """

    histories: ReviewHistories
    anki_instants: Set[int]
    cards: Set[CardId]
    anki_rules: bool = False


def plan_cards(
    cards: Mapping[CardId, RawCard],
    state: AnkiState,
    progress: JournalProgress,
    calendar: Calendar,
    rows: Mapping[int, int],
) -> CardPlan:
    """Plans reviews and card changes. `cards` are those of our cards that Anki has; `rows` is `SyncBase.rows`."""
    plan = CardPlan(moved_rows=dict(rows))
    cards_of_rows = {row.id: row.card for row in state.all_reviews}
    carried_rows = {(rows.get(row, row), card) for row, card in cards_of_rows.items()}
    shift = (FIRST_DUE - EPOCH).days - calendar.first_day(state.settings)
    for card, raw in cards.items():
        history = progress.histories.by_card.get(card, NO_HISTORY)
        new_rows = [
            row for row in review_rows(progress.histories, card, raw.id) if (row[0], raw.id) not in carried_rows
        ]
        for row in new_rows:
            number = next(row_id for row_id in count(row[0]) if row_id not in cards_of_rows)
            cards_of_rows[number] = raw.id
            if number != row[0]:
                plan.moved_rows[number] = row[0]
            plan.answers.append((number, *row[1:]))
        if _is_in_steps_today(raw, history, progress):
            continue
        change = _change(card, raw, history, progress, shift, answered_here=bool(new_rows))
        if change is not None and change != replace(_current_state(raw), memory=_same_memory(raw, change)):
            plan.cards.append(change)
        if history.schedule.starred != is_flagged(raw):
            plan.flags[raw.id] = raw.flags & ~FLAG_COLOUR | (ORANGE if history.schedule.starred else 0)
    return plan


def _is_in_steps_today(raw: RawCard, history: History, progress: JournalProgress) -> bool:
    """Whether the card is in learning steps in Anki today, so that nothing about it may be changed."""
    was_in_anki = bool(history.answers) and history.answers[-1].instant in progress.anki_instants
    return raw.queue in STEPS and was_in_anki and history.schedule.last == progress.histories.today


def _change(
    card: CardId, raw: RawCard, history: History, progress: JournalProgress, shift: int, *, answered_here: bool
) -> CardChange | None:
    """The new state of the card; None where Anki keeps its own."""
    last = history.answers[-1] if history.answers else None
    today = progress.histories.today
    was_in_anki = last is not None and last.instant in progress.anki_instants
    kind, queue, due, interval, factor, reps, lapses, _data = card_columns(progress.histories, card, raw.due)
    if raw.queue in (BURIED, BURIED_BY_ANKI) and queue >= NEW and not answered_here:
        queue = raw.queue
    if kind == NEW and raw.type == NEW:
        return replace(_current_state(raw), queue=queue)
    if kind == NEW:  # reset to new here, or its only answer was undone after Anki got it
        return CardChange(raw.id, kind, queue, 0, 0, 0, 0, 0, None) if card in progress.cards else None
    if was_in_anki and progress.anki_rules:
        current = _current_state(raw)
        return replace(current, queue=queue if queue < NEW or current.queue < NEW else current.queue)
    if history.schedule.drill and history.schedule.last == today and due > _days(today):
        due = _days(today)
    if isinstance(history.schedule.memory, FsrsMemory) and raw.factor:
        factor = raw.factor  # FSRS has no ease; the ease that SM-2 computed in Anki stays
    reps = max(reps, raw.reps if raw.type != NEW else 0)
    answered = last.instant // 1000 if last is not None else None
    memory = history.memory_beyond_answers
    memory_values = memory_data(progress.histories.fsrs, memory) if memory is not None else {}
    return CardChange(raw.id, kind, queue, due + shift, interval, factor, reps, lapses, answered, memory_values)


def _current_state(raw: RawCard) -> CardChange:
    """The present state of the card. In a filtered deck, the due day of its home deck counts."""
    answered = _data(raw).get("lrt")
    return CardChange(
        raw.id, raw.type, raw.queue, raw.home_due if raw.home_deck else raw.due, raw.interval, raw.factor, raw.reps,
        raw.lapses, int(answered) if answered is not None and raw.type == REVIEW else None,
    )  # fmt: skip


def _same_memory(raw: RawCard, change: CardChange) -> dict[str, float]:
    """Those values of the memory in a change that the card has in its data, as they are there."""
    data = _data(raw)
    return {name: data[name] for name in change.memory if name in data}


def _data(raw: RawCard) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(raw.data) if raw.data else {}
    return data


def _days(day: StudyDay) -> int:
    return day - (FIRST_DUE - EPOCH).days


Faces = tuple[str, Sequence[int], Sequence[CardId]]
"""The guid of a note, the numbers of its cards in Anki, and their ids here."""


def find_raw_cards(faces: Iterable[Faces], state: AnkiState) -> dict[CardId, RawCard]:
    """Those of our cards that Anki has."""
    cards_by_ord = {(card.note, card.ord): card for card in state.all_cards}
    raw_cards: dict[CardId, RawCard] = {}
    for guid, numbers, cards in faces:
        note = state.notes_by_guid.get(guid)
        for number, card in zip(numbers, cards, strict=True):
            if note is not None and card.face and (note.id, number) in cards_by_ord:
                raw_cards[card] = cards_by_ord[note.id, number]
    return raw_cards


def is_flagged(raw: RawCard) -> bool:
    """Whether the card has a flag, of any colour."""
    return bool(raw.flags & FLAG_COLOUR)


def is_buried(raw: RawCard) -> bool:
    """Whether the learner set the card aside until tomorrow."""
    return raw.queue == BURIED
