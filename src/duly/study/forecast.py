"""The days ahead and the streak so far: how many cards are due when, and how long today will take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Review
from duly.scheduling.schedule import NEW, Schedule

DAYS = 14
"""How many days are looked ahead."""

PAST = 7
"""How many days with answers tell how long a card takes."""

USUAL = 10_000
"""Milliseconds assumed for all answers to a card on a day, as long as nothing is known."""


@dataclass(frozen=True, slots=True)
class HomeForecast:
    """`streak` days running until now; what is `due` on each day, today first; `takes` milliseconds for a card."""

    streak: int
    due: tuple[int, ...]
    takes: float


def home_forecast(
    journal: Journal, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> HomeForecast:
    """The forecast for these cards. How long a card takes is estimated from the latest days of the journal."""
    days = journal.days()
    answers = [
        (day, item.entry)
        for day in days[-PAST:]
        for item in journal.answers_on(day)
        if isinstance(item.entry, Review) and item.entry.took
    ]
    asked = len({(day, answer.card) for day, answer in answers})
    takes = sum(answer.took for _day, answer in answers) / asked if asked else USUAL
    return HomeForecast(streaks(days, today).current, forecast(cards, schedules, today, DAYS), takes)


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


@dataclass(frozen=True, slots=True)
class Streaks:
    """How many days running: the longest time ever, and now."""

    longest: int = 0
    current: int = 0


def streaks(days: Iterable[StudyDay], today: StudyDay) -> Streaks:
    """The streaks in a set of study days. One that reaches to yesterday still runs: today is not over."""
    longest = running = 0
    last: int | None = None
    for day in sorted(set(days)):
        running = running + 1 if last is not None and day == last + 1 else 1
        longest = max(longest, running)
        last = day
    return Streaks(longest, running if last is not None and last >= today - 1 else 0)
