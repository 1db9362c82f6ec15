"""Records answers: schedules the card, moves its due day by fuzz or load balancing, and writes the journal entry."""

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
    """The scheduler of an answer, the schedule of the card before it, and the outcome."""

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
    other_schedules: Iterable[Schedule],
) -> RecordedAnswer:
    """Writes an answer to the journal. `took` is in milliseconds; `other_schedules` are those of all other cards.

    Raises `DulyError`, and changes nothing, if the journal cannot be written.
    """
    with journal.transaction() as transaction:
        scheduler = scheduler_in_force(settings, transaction)
        before = transaction.schedule(card)
        schedule = with_memory(scheduler, card, before, transaction.entries_of)
        outcome = scheduler.answer(schedule, grade, moment.day)
        planned_schedule = outcome.schedule
        due = planned_schedule.due if scheduler.records_due else None
        if outcome.kind is AnswerKind.REVIEW or scheduler.records_due:  # under SM-2, only reviews set a due day
            answer_day = planned_schedule.last or moment.day
            if settings.balance:
                due_counts = Counter(
                    other.due for other in other_schedules if other.due is not None and not other.suspended
                )
                due = balanced_due(planned_schedule.interval, answer_day, due_counts)
            elif settings.fuzz:
                entry_count = sum(1 for item in transaction.entries_of((card,)) if item.entry.card == card)
                due = fuzzed_due(card, entry_count, planned_schedule.interval, answer_day)
        if due is not None:
            outcome = replace(outcome, schedule=scheduler.with_due(planned_schedule, due))
        entry = Review(card, moment, grade, scheduler.name, min(max(took, 0), LONGEST_ANSWER), due)
        transaction.append(entry, outcome.schedule)
    return RecordedAnswer(scheduler, before, outcome)


def with_memory(
    scheduler: Scheduler,
    card: CardId,
    schedule: Schedule,
    entries_of: Callable[[Iterable[CardId]], Iterable[JournalEntry]],
) -> Schedule:
    """The schedule of a card with the memory of this scheduler."""

    def earlier_entries() -> Iterator[Entry]:  # read only if needed, which is at most once for each card
        yield from (item.entry for item in without_undone(entries_of((card,))))

    return with_memory_of(scheduler, schedule, earlier_entries())
