"""Entries from the future, written while a clock was ahead, or for a study day that such a clock had reached."""

from collections.abc import Iterable
from dataclasses import replace

from duly.journal import Journal
from duly.scheduling.day import StudyDay, study_day
from duly.scheduling.journal_entries import Bury, Entry, JournalEntry, Moment, Review, SetDue, Undo
from duly.scheduling.replay import DAY, replay, without_undone
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.clock import TOLERATED_DAYS, Clock


def future_entries(entries: Iterable[JournalEntry], clock: Clock) -> tuple[JournalEntry, ...]:
    """The entries of duly that count, but are on a future study day, in order."""
    last = study_day(clock.now(), clock.rollover) + TOLERATED_DAYS
    return tuple(
        item for item in without_undone(entries) if item.entry.moment.day > last and not item.id.is_from_elsewhere
    )


def undo_future(journal: Journal, clock: Clock) -> tuple[JournalEntry, ...]:
    """Undoes the entries from the future as one undo step, and returns them. Raises `DulyError`, and writes nothing."""
    return _undo_future(journal, clock, rewrite=False)


def redate_future(journal: Journal, clock: Clock) -> tuple[JournalEntry, ...]:
    """Undoes the entries from the future and writes them again with corrected moments, as one undo step.

    An entry keeps its time if that is not in the future, and gets the current one otherwise. Returns the old entries.
    Raises `DulyError`, and writes nothing.
    """
    return _undo_future(journal, clock, rewrite=True)


def _undo_future(journal: Journal, clock: Clock, *, rewrite: bool) -> tuple[JournalEntry, ...]:
    with journal.transaction() as transaction:
        now = clock.moment()
        entries = future_entries(transaction.entries(), clock)
        for journal_entry in entries:
            transaction.append(Undo(journal_entry.entry.card, now, journal_entry.id), NEW)
            if rewrite:
                transaction.append(_with_real_moment(journal_entry.entry, now, clock.rollover), NEW)
        schedules = replay(transaction.entries(), find_scheduler)
        for card in {journal_entry.entry.card for journal_entry in entries}:
            transaction.save_schedule(card, schedules.get(card, NEW))
    return entries


def _with_real_moment(entry: Entry, now: Moment, rollover: int) -> Entry:
    """The entry with the moment at which it was made, as far as that is known; its other days move with it."""
    old_moment = entry.moment
    moment = _with_real_day(old_moment, rollover) if old_moment.at <= now.at + DAY else now
    if moment.day > now.day + TOLERATED_DAYS:
        moment = now
    shift = moment.day - old_moment.day
    redated_entry = replace(entry, moment=moment)
    if isinstance(redated_entry, Bury):
        return replace(redated_entry, until=StudyDay(redated_entry.until + shift))
    if isinstance(redated_entry, (SetDue, Review)) and redated_entry.due is not None:
        return replace(redated_entry, due=StudyDay(redated_entry.due + shift))
    return redated_entry


def _with_real_day(moment: Moment, rollover: int) -> Moment:
    """The moment with the study day of its own wall clock."""
    day = (moment.at + (moment.offset - rollover * 60) * 60_000) // DAY
    return replace(moment, day=StudyDay(day))
