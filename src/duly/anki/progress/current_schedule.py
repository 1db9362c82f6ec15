"""Where a card stands in Anki, as a schedule of ours."""

from dataclasses import replace

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.to_anki import GREATEST_FACTOR, LEAST_FACTOR
from duly.anki.raw import RawCard, RawSettings
from duly.scheduling.day import StudyDay
from duly.scheduling.foreign import ForeignSchedule
from duly.scheduling.schedule import Schedule, Sm2Memory

NEW, REVIEW, RELEARNING = 0, 2, 3
"""Types of cards; 1, of those in their first steps, says nothing that lasts."""

SUSPENDED = -1
"""The queue of cards that are set aside."""

BURIED = (-2, -3)
"""The queues of cards that are set aside until the next day, by Anki or by hand."""

MOST_LAPSES = 9999


def current_schedule(card: RawCard, settings: RawSettings, calendar: Calendar) -> Schedule | None:
    """The schedule of a card that was learned; None for one that is new, or still in its first steps."""
    if card.type not in (REVIEW, RELEARNING):
        return None
    schedule = imported_schedule(card.interval, card.factor, calendar.due_day(card, settings), calendar.now.day)
    lapses = max(0, min(card.lapses, MOST_LAPSES))
    if card.type == RELEARNING:
        schedule = replace(schedule, memory=Sm2Memory(0, easiness_of(card.factor)))
    return replace(schedule, lapses=lapses)


def imported_schedule(interval: int, factor: int, due: StudyDay, latest: StudyDay) -> Schedule:
    """A schedule of this interval in days and easiness in thousandths, last answered on `latest` or before."""
    return ForeignSchedule(due, interval, easiness_of(factor), "Anki").schedule(latest)


def easiness_of(factor: int) -> int:
    """SM-2's easiness in hundredths of an ease in thousandths; a new card's where FSRS left none."""
    return min(factor, GREATEST_FACTOR) // 10 if factor >= LEAST_FACTOR else Sm2Memory().easiness
