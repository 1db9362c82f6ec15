"""The forecast of due cards and their time, and the streak of study days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Review
from duly.scheduling.schedule import NEW, Schedule

DAYS = 14
"""The number of days of the forecast."""

PAST_DAYS = 7
"""The number of latest days with answers from which the time of a card is estimated."""

DEFAULT_MILLISECONDS = 10_000
"""The assumed milliseconds of all answers to a card on a day, if there are no answers yet."""


@dataclass(frozen=True, slots=True)
class HomeForecast:
    """The current streak in days, the number of due cards on each day from today on, and the time of a card."""

    streak: int
    due: tuple[int, ...]
    milliseconds_per_card: float


def home_forecast(
    journal: Journal, cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> HomeForecast:
    """The forecast for these cards. The time of a card is estimated from the latest days of the journal."""
    days = journal.days()
    answers = [
        (day, item.entry)
        for day in days[-PAST_DAYS:]
        for item in journal.answers_on(day)
        if isinstance(item.entry, Review) and item.entry.took
    ]
    card_count = len({(day, answer.card) for day, answer in answers})
    milliseconds_per_card = (
        sum(answer.took for _day, answer in answers) / card_count if card_count else DEFAULT_MILLISECONDS
    )
    return HomeForecast(streaks(days, today).current, forecast(cards, schedules, today, DAYS), milliseconds_per_card)


def forecast(
    cards: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay, days: int
) -> tuple[int, ...]:
    """The number of reviews on each of `days` days from today on; today includes overdue ones.

    A card counts once, on the day when it is due and no longer buried. Suspended and new cards do not count.
    """
    due = [0] * days
    for card in cards:
        schedule = schedules.get(card.id, NEW)
        if schedule.due is None or schedule.suspended:
            continue
        days_ahead = max(schedule.due, schedule.buried_until or today, today) - today
        if days_ahead < days:
            due[days_ahead] += 1
    return tuple(due)


@dataclass(frozen=True, slots=True)
class Streaks:
    """The longest and the current number of consecutive study days."""

    longest: int = 0
    current: int = 0


def streaks(days: Iterable[StudyDay], today: StudyDay) -> Streaks:
    """The streaks in a set of study days. A streak that ends yesterday is current, because today is not over."""
    longest = length = 0
    last: int | None = None
    for day in sorted(set(days)):
        length = length + 1 if last is not None and day == last + 1 else 1
        longest = max(longest, length)
        last = day
    return Streaks(longest, length if last is not None and last >= today - 1 else 0)
