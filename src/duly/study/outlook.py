"""The outlook from today: the streak that runs, the days to come, and how long today will take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Review
from duly.scheduling.schedule import Schedule
from duly.study.forecast import forecast
from duly.study.streaks import streaks

DAYS = 14
"""How many days are looked ahead."""

PAST = 7
"""How many days with answers tell how long a card takes."""

USUAL = 10_000
"""Milliseconds that a card is thought to take, all its answers of a day together, while nothing is known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`streak` days running until now; what is `due` on each day, today first; `takes` milliseconds for a card."""

    streak: int
    due: tuple[int, ...]
    takes: float


def outlook(journal: Journal, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay) -> Outlook:
    """The outlook on these cards. How long a card takes is learned from the latest days of the journal."""
    days = journal.days()
    answers = [
        (day, one.entry)
        for day in days[-PAST:]
        for one in journal.answered_on(day)
        if isinstance(one.entry, Review) and one.entry.took
    ]
    asked = len({(day, answer.card) for day, answer in answers})
    takes = sum(answer.took for _day, answer in answers) / asked if asked else USUAL
    return Outlook(streaks(days, today).current, forecast(cards, schedules, today, DAYS), takes)
