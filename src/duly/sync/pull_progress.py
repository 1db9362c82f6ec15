"""Pulls what was learned in Anki since the last sync into the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.from_anki import read_progress
from duly.anki.progress.from_revlog import MANUAL
from duly.anki.raw_rows import REVIEW, SUSPENDED, RawCard, RawReview
from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.foreign_progress import ForeignProgress
from duly.scheduling.journal_entries import ANKI, EntryId, JournalEntry, Review, SetDue
from duly.study.import_into_journal import ImportReport, import_into_journal
from duly.sync.anki_interface import AnkiState
from duly.sync.card_plan import is_buried, is_flagged
from duly.sync.sync_base import BaseCard, SyncBase

HIGHEST_DRILL_BUTTON = 2
"""The highest button after which a card may be drilled here."""


@dataclass(frozen=True, slots=True)
class PullContext:
    """What a pull needs besides the state of Anki.

    `cards` are those of our cards that Anki has, `identities` their guids and numbers there. `scheduler` is the name of
    the scheduler here that rules the answers. `keep_due` takes over the days on which cards come back in Anki.
    """

    cards: Mapping[CardId, RawCard]
    identities: Mapping[CardId, tuple[str, int]]
    calendar: Calendar
    scheduler: str
    keep_due: bool = False


def pull_progress(journal: Journal, state: AnkiState, sync_base: SyncBase, context: PullContext) -> ImportReport:
    """Writes to the journal what is new in Anki, in one transaction. Raises `DulyError`."""
    log = sorted((_with_our_instant(row, sync_base) for row in state.all_reviews), key=lambda row: row.id)
    calendar, identities = context.calendar, context.identities
    anki_progress = read_progress(replace(state, all_reviews=log), identities, calendar, context.scheduler, identities)
    last_rows = {row.card: row for row in log}
    imported_progress = []
    for card_progress in anki_progress.cards:
        raw_card = context.cards[card_progress.card]
        due = calendar.due_day(raw_card, state.settings)
        row = last_rows.get(raw_card.id)
        with_day = _with_due_by_hand(card_progress, raw_card, row, due, calendar)
        if row is not None and _planned_by(row, raw_card, state):
            with_day = _on_day(with_day, row, due - raw_card.interval)
        imported_progress.append(_since(with_day, raw_card, sync_base.cards.get(raw_card.id)))
    return import_into_journal(journal, imported_progress, calendar.now, keep_due=context.keep_due)


def card_states(cards: Iterable[RawCard]) -> dict[int, BaseCard]:
    """The states of cards in Anki, for the base of the next sync."""
    return {
        raw_card.id: BaseCard(raw_card.queue == SUSPENDED, is_buried(raw_card), is_flagged(raw_card))
        for raw_card in cards
    }


def _with_our_instant(row: RawReview, sync_base: SyncBase) -> RawReview:
    """The row with the instant of the answer in the journal, where that id was not free in Anki's log."""
    return replace(row, id=sync_base.rows[row.id]) if row.id in sync_base.rows else row


def _with_due_by_hand(
    card_progress: ForeignProgress, raw_card: RawCard, row: RawReview | None, due: StudyDay, calendar: Calendar
) -> ForeignProgress:
    """Adds the due day that was set by hand; `row` is the last row about the card, and does not contain the day."""
    is_by_hand = row is not None and row.type == MANUAL and not row.ease and row.factor
    if row is None or not is_by_hand or raw_card.type != REVIEW:
        return card_progress
    by_hand = JournalEntry(EntryId(ANKI, row.id), SetDue(card_progress.card, calendar.moment(row.id), due))
    return replace(card_progress, entries=(*card_progress.entries, by_hand))


def _planned_by(row: RawReview, raw_card: RawCard, state: AnkiState) -> bool:
    """Whether the due day of the card follows from this answer, given in Anki.

    A due day that was set by a sync may be another: a card that is drilled here is due on the day of its answer.
    """
    is_last_change = abs(state.change_times.get(raw_card.id, 0) - row.id // 1000) <= 1
    return (
        raw_card.type == REVIEW
        and row.interval == raw_card.interval > 0
        and row.ease > HIGHEST_DRILL_BUTTON
        and is_last_change
    )


def _since(card_progress: ForeignProgress, raw_card: RawCard, base: BaseCard | None) -> ForeignProgress:
    """Adds what was suspended, buried or flagged since the last sync."""
    was_flagged = base is not None and base.flagged
    star = is_flagged(raw_card) if is_flagged(raw_card) != was_flagged else None
    if base is None:
        return replace(card_progress, star_change=star)
    return replace(
        card_progress, was_suspended=base.suspended, is_buried=is_buried(raw_card) and not base.buried, star_change=star
    )


def _on_day(card_progress: ForeignProgress, row: RawReview, day: int) -> ForeignProgress:
    """Corrects the study day of the last answer, which may have been given on a phone in another time zone.

    The row does not contain the zone, but the due day does. A difference of more than a day has another cause.
    """
    answer = card_progress.entries[-1] if card_progress.entries else None
    if answer is None or answer.id != EntryId(ANKI, row.id) or not isinstance(answer.entry, Review):
        return card_progress
    moment = answer.entry.moment
    if abs(moment.day - day) != 1:
        return card_progress
    due = None if answer.entry.due is None else StudyDay(day + row.interval)
    with_day = replace(answer, entry=replace(answer.entry, moment=replace(moment, day=StudyDay(day)), due=due))
    return replace(card_progress, entries=(*card_progress.entries[:-1], with_day))
