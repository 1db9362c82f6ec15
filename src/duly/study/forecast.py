"""How many cards are due on each day to come, as the schedules stand now."""

from collections.abc import Iterable, Mapping

from duly.cards import Card, CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.schedule import NEW, Schedule


def forecast(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay, days: int
) -> tuple[int, ...]:
    """The reviews of `days` days, today first, which holds all that is overdue.

    A card counts once, on the day it is due or comes out of being buried; suspended ones do not, nor do new ones.
    """
    due = [0] * days
    for card in cards:
        schedule = schedules.get(card.id, NEW)
        if schedule.due is None or schedule.suspended:
            continue
        ahead = max(schedule.due, schedule.buried_until or today, today) - today
        if ahead < days:
            due[ahead] += 1
    return tuple(due)
