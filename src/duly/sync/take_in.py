"""What was done in Anki since the last sync, as entries of the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.from_anki import read_progress
from duly.anki.progress.review_log import MANUAL
from duly.anki.progress.to_anki import REVIEW, SUSPENDED
from duly.anki.raw import RawCard, RawReview
from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import ANKI, EntryId, JournalEntry, Review, SetDue
from duly.scheduling.foreign import ForeignProgress
from duly.study.import_progress import ImportReport, import_progress
from duly.sync.anki_port import AnkiState
from duly.sync.card_plan import is_buried
from duly.sync.given import Given, GivenCard


@dataclass(frozen=True, slots=True)
class TakeIn:
    """What is needed to take progress in: the cards of ours that are there, by their guids and numbers, and the clock
    of the learner; `scheduler` is the name of the one that answers are given to."""

    cards: Mapping[CardId, RawCard]
    there: Mapping[CardId, tuple[str, int]]
    calendar: Calendar
    scheduler: str
    keep_due: bool = False


def take_in(journal: Journal, state: AnkiState, given: Given, wish: TakeIn) -> ImportReport:
    """Writes to the journal what is new in Anki, in one transaction. Raises `DulyError`."""
    ours = replace(state, all_reviews=[_as_given(row, given) for row in state.all_reviews])
    read = read_progress(ours, wish.there, wish.calendar, wish.scheduler, wish.there)
    last = {row.card: row for row in sorted(ours.all_reviews, key=lambda row: row.id)}
    found = []
    for foreign in read.cards:
        raw = wish.cards[foreign.card]
        due = wish.calendar.due_day(raw, state.settings)
        dated = _completed(foreign, raw, last.get(raw.id), due, wish.calendar)
        found.append(_since(dated, raw, given.cards.get(raw.id)))
    return import_progress(journal, found, wish.calendar.now, keep_due=wish.keep_due)


def card_states(cards: Iterable[RawCard]) -> dict[int, GivenCard]:
    """Where cards stand in Anki, as the base of the next sync."""
    return {raw.id: GivenCard(raw.queue == SUSPENDED, is_buried(raw)) for raw in cards}


def _as_given(row: RawReview, given: Given) -> RawReview:
    return replace(row, id=given.rows[row.id]) if row.id in given.rows else row


def _completed(
    foreign: ForeignProgress, raw: RawCard, row: RawReview | None, due: StudyDay, calendar: Calendar
) -> ForeignProgress:
    """With the day that was set by hand, or that of the last answer: the log does not tell these.

    `row` is the last line of the log about the card.
    """
    entries = foreign.entries
    if row is None or raw.type != REVIEW or not entries:
        return foreign
    if row.type == MANUAL and not row.ease and row.factor:
        by_hand = JournalEntry(EntryId(ANKI, row.id), SetDue(foreign.card, calendar.moment(row.id), due))
        return replace(foreign, entries=(*entries, by_hand))
    if row.interval == raw.interval > 0 and row.ease and entries[-1].id == EntryId(ANKI, row.id):
        return replace(foreign, entries=(*entries[:-1], _on_day(entries[-1], due - raw.interval)))
    return foreign


def _since(foreign: ForeignProgress, raw: RawCard, base: GivenCard | None) -> ForeignProgress:
    """With what was set aside since the last sync."""
    if base is None:
        return foreign
    return replace(foreign, given_suspended=base.suspended, bury=is_buried(raw) and not base.buried)


def _on_day(answer: JournalEntry, day: int) -> JournalEntry:
    """The answer on the study day of a phone that was in another zone, which its row does not tell, but the card does.

    A day that is further off than zones are was set by something else.
    """
    entry = answer.entry
    if not isinstance(entry, Review) or abs(entry.moment.day - day) != 1:
        return answer
    return replace(answer, entry=replace(entry, moment=replace(entry.moment, day=StudyDay(day))))
