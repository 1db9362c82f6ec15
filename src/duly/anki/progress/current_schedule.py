"""The schedule of a card in Anki as a schedule of duly."""

import json
from dataclasses import replace

from duly.anki.progress.calendar import Calendar
from duly.anki.progress.to_anki import GREATEST_FACTOR, LEAST_FACTOR
from duly.anki.raw_rows import RELEARNING, REVIEW, RawCard, RawSettings
from duly.scheduling.day import StudyDay
from duly.scheduling.foreign_progress import ForeignSchedule
from duly.scheduling.fsrs import GREATEST_STABILITY, LEAST_STABILITY
from duly.scheduling.fsrs import NAME as FSRS
from duly.scheduling.schedule import FsrsMemory, Schedule, Sm2Memory

MOST_LAPSES = 9999


def current_schedule(card: RawCard, settings: RawSettings, calendar: Calendar, scheduler: str) -> Schedule | None:
    """The schedule of a card in review or relearning; None for a card that is new or in its first learning steps.

    If FSRS is duly's scheduler and the card has an FSRS memory state in Anki, that state is used.
    """
    if card.type not in (REVIEW, RELEARNING):
        return None
    schedule = imported_schedule(card.interval, card.factor, calendar.due_day(card, settings), calendar.now.day)
    lapses = max(0, min(card.lapses, MOST_LAPSES))
    if card.type == RELEARNING:
        schedule = replace(schedule, memory=Sm2Memory(0, easiness_of(card.factor)))
    if scheduler == FSRS and (memory := fsrs_memory(card)) is not None:
        schedule = replace(schedule, memory=memory)
    return replace(schedule, lapses=lapses)


def fsrs_memory(card: RawCard) -> FsrsMemory | None:
    """The FSRS memory state of a card in Anki; None if it has none, or an impossible one."""
    try:
        data = json.loads(card.data) if card.data else {}
        memory = FsrsMemory(float(data["s"]), float(data["d"]))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    is_possible = LEAST_STABILITY <= memory.stability <= GREATEST_STABILITY and 1 <= memory.difficulty <= 10
    return memory if is_possible else None


def imported_schedule(interval: int, factor: int, due: StudyDay, latest_day: StudyDay) -> Schedule:
    """A schedule of this interval in days and easiness in thousandths, last answered on `latest_day` or before."""
    return ForeignSchedule(due, interval, easiness_of(factor), "Anki").schedule(latest_day)


def easiness_of(factor: int) -> int:
    """SM-2's easiness in hundredths for an ease in thousandths; that of a new card if FSRS has removed it."""
    return min(factor, GREATEST_FACTOR) // 10 if factor >= LEAST_FACTOR else Sm2Memory().easiness
