"""Where a card stands in Anki, as a schedule of ours."""

from dataclasses import replace

from duly.anki.incoming.values import RawCard, RawSettings
from duly.anki.progress_out import GREATEST_FACTOR, LEAST_FACTOR
from duly.anki.progress_time import Calendar
from duly.scheduling.day import StudyDay
from duly.scheduling.elsewhere import Planned
from duly.scheduling.schedule import NEW as NEVER_ANSWERED
from duly.scheduling.schedule import Schedule

NEW, REVIEW, RELEARNING = 0, 2, 3
"""Types of cards; 1, of those in their first steps, says nothing that lasts."""

SUSPENDED = -1
"""The queue of cards that are set aside."""

BURIED = (-2, -3)
"""The queues of cards that are set aside until the next day, by Anki or by hand."""

MOST_LAPSES = 9999


def standing(card: RawCard, settings: RawSettings, calendar: Calendar) -> Schedule | None:
    """The schedule of a card that was learned; None for one that is new, or still in its first steps."""
    if card.type not in (REVIEW, RELEARNING):
        return None
    schedule = taken_over(card.interval, card.factor, calendar.due_day(card, settings), calendar.now.day)
    lapses = max(0, min(card.lapses, MOST_LAPSES))
    return replace(schedule, lapses=lapses, repetitions=0 if card.type == RELEARNING else schedule.repetitions)


def taken_over(interval: int, factor: int, due: StudyDay, latest: StudyDay) -> Schedule:
    """A schedule of this interval in days and easiness in thousandths, last answered on `latest` or before."""
    easiness = min(factor, GREATEST_FACTOR) // 10 if factor >= LEAST_FACTOR else NEVER_ANSWERED.easiness
    return Planned(due, interval, easiness, "Anki").schedule(latest)
