"""Entries from the future: written under a clock that was ahead, or counted to the day that one had reached."""

from collections.abc import Iterable
from dataclasses import replace

from duly.journal import Journal
from duly.scheduling.day import StudyDay, study_day
from duly.scheduling.journal_entries import Bury, Entry, JournalEntry, Moment, Review, SetDue, Undo
from duly.scheduling.replay import DAY, replay, without_undone
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.clock import BRIDGED, Clock


def future_entries(entries: Iterable[JournalEntry], clock: Clock) -> tuple[JournalEntry, ...]:
    """The entries that count and were made here, but on a study day that has yet to come, in order."""
    last = study_day(clock.now(), clock.rollover) + BRIDGED
    return tuple(
        item for item in without_undone(entries) if item.entry.moment.day > last and not item.id.is_from_elsewhere
    )


def undo_future(journal: Journal, clock: Clock) -> tuple[JournalEntry, ...]:
    """Undoes the entries from the future, as one step, and gives them. Raises `DulyError` with nothing written."""
    return _take_back(journal, clock, again=False)


def redate_future(journal: Journal, clock: Clock) -> tuple[JournalEntry, ...]:
    """Undoes the entries from the future and writes them again, as one step: each with its moment where that is past,
    only counted to a wrong day, else with this one. Gives the old ones. Raises `DulyError` with nothing written.
    """
    return _take_back(journal, clock, again=True)


def _take_back(journal: Journal, clock: Clock, *, again: bool) -> tuple[JournalEntry, ...]:
    with journal.writing() as transaction:
        now = clock.moment()
        wrong = future_entries(transaction.entries(), clock)
        for logged in wrong:
            transaction.append(Undo(logged.entry.card, now, logged.id), NEW)
            if again:
                transaction.append(_redated(logged.entry, now, clock.rollover), NEW)
        schedules = replay(transaction.entries(), find_scheduler)
        for card in {logged.entry.card for logged in wrong}:
            transaction.reschedule(card, schedules.get(card, NEW))
    return wrong


def _redated(entry: Entry, now: Moment, rollover: int) -> Entry:
    """The entry at the moment at which it was really made, as far as that is known; the days it names move with it."""
    old = entry.moment
    moment = _counted_anew(old, rollover) if old.at <= now.at + DAY else now
    if moment.day > now.day + BRIDGED:
        moment = now
    by = moment.day - old.day
    dated = replace(entry, moment=moment)
    if isinstance(dated, Bury):
        return replace(dated, until=StudyDay(dated.until + by))
    if isinstance(dated, (SetDue, Review)) and dated.due is not None:
        return replace(dated, due=StudyDay(dated.due + by))
    return dated


def _counted_anew(moment: Moment, rollover: int) -> Moment:
    """The moment, counting to the study day that its own wall clock told."""
    day = (moment.at + (moment.offset - rollover * 60) * 60_000) // DAY
    return replace(moment, day=StudyDay(day))
