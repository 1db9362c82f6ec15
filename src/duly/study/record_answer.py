"""Where a grade becomes an entry of the journal: what the scheduler says of it, the day that is planned, the answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.fuzz import balanced_due, fuzzed_due
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import LONGEST_ANSWER, Entry, JournalEntry, Moment, Review
from duly.scheduling.replay import with_memory_of, without_undone
from duly.scheduling.schedule import Schedule
from duly.scheduling.scheduler_protocol import AnswerKind, Outcome, Scheduler
from duly.settings import Settings
from duly.study.scheduler_in_force import scheduler_in_force


class RecordedAnswer(NamedTuple):
    """The scheduler that was in force, where the card stood before the answer, and what came of it."""

    scheduler: Scheduler
    before: Schedule
    outcome: Outcome


def record_answer(
    journal: Journal,
    card: CardId,
    grade: Grade,
    *,
    took: int,
    settings: Settings,
    moment: Moment,
    others: Iterable[Schedule],
) -> RecordedAnswer:
    """Writes an answer down. `took` is in milliseconds; `others` are the schedules of all other cards.

    Raises `DulyError` if the journal cannot be written: then nothing has changed.
    """
    with journal.writing() as transaction:
        scheduler = scheduler_in_force(settings, transaction)
        before = transaction.schedule(card)
        remembered = with_memory(scheduler, card, before, transaction.entries_of)
        outcome = scheduler.answer(remembered, grade, moment.day)
        planned = outcome.schedule
        due = planned.due if scheduler.records_due else None
        if outcome.kind is AnswerKind.REVIEW or scheduler.records_due:  # under SM-2 only reviews plan a day to be moved
            answered = planned.last or moment.day
            if settings.balance:
                cards = Counter(other.due for other in others if other.due is not None and not other.suspended)
                due = balanced_due(planned.interval, answered, cards)
            elif settings.fuzz:
                number = sum(1 for item in transaction.entries_of((card,)) if item.entry.card == card)
                due = fuzzed_due(card, number, planned.interval, answered)
        if due is not None:
            outcome = replace(outcome, schedule=scheduler.with_due(planned, due))
        entry = Review(card, moment, grade, scheduler.name, min(max(took, 0), LONGEST_ANSWER), due)
        transaction.append(entry, outcome.schedule)
    return RecordedAnswer(scheduler, before, outcome)


def with_memory(
    scheduler: Scheduler,
    card: CardId,
    schedule: Schedule,
    entries_of: Callable[[Iterable[CardId]], Iterable[JournalEntry]],
) -> Schedule:
    """The schedule of a card with what this scheduler remembers of it."""

    def past() -> Iterator[Entry]:  # read only where it is needed, which is at most once for a card
        yield from (item.entry for item in without_undone(entries_of((card,))))

    return with_memory_of(scheduler, schedule, past())
