"""Statistics, computed from the journal: the answers of a period, where the cards stand, and the same as JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duly.cards import Card, CardId, DeckName
from duly.cards.deck import is_within
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Review
from duly.scheduling.grade import Grade
from duly.scheduling.replay import ReplayStep
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import AnswerKind
from duly.study.forecast import Streaks, forecast, streaks
from duly.study.maturity import MATURE, CardState, count_states

FORECAST = 30
"""How many days ahead are counted."""

INTERVALS = (1, 3, 7, 14, 20, 30, 60, 90, 180, 365)
"""The upper ends, in days, of the classes into which intervals are counted; one class more holds what is longer."""

SECONDS = (5, 10, 20, 30, 60)
"""The upper ends of the classes into which the seconds of answers are counted: no answer counts more than a minute."""


class Period(StrEnum):
    """How far back answers are counted."""

    MONTH = "month"
    YEAR = "year"
    ALL = "all"

    def since(self, today: StudyDay) -> StudyDay | None:
        """Its first study day; None where there is no first one."""
        days = {Period.MONTH: 30, Period.YEAR: 365}.get(self)
        return None if days is None else StudyDay(today - days + 1)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some answers were remembered."""

    passed: int = 0
    number: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there was nothing to remember."""
        return self.passed / self.number if self.number else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.passed + other.passed, self.number + other.number)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of one period, and those that know no period.

    Of the period: `answers`, the `cards` they were about, the `days` on which they were given, the milliseconds they
    `took`, their `grades`, how many took how long (`times`, by the upper ends `SECONDS`), and what was remembered of
    cards that were due, `young` and `mature` ones (interval before the answer below 21 days, or not).
    Of always: answers on `every_day`, and `streaks`. Of now: the `forecast`, today first; the number of cards by
    interval (`intervals`, by the upper ends `INTERVALS` and one class above) and by stage (`count_states`).
    """

    today: StudyDay
    period: Period
    answers: int
    cards: int
    days: int
    took: int
    grades: Mapping[Grade, int]
    times: tuple[int, ...]
    young: Share
    mature: Share
    every_day: Mapping[StudyDay, int]
    streaks: Streaks
    forecast: tuple[int, ...]
    intervals: tuple[int, ...]
    stages: Mapping[CardState, int]

    @property
    def retention(self) -> Share:
        """What was remembered of all cards that were due."""
        return self.young + self.mature


def statistics(
    effects: Iterable[ReplayStep],
    cards: Sequence[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    period: Period = Period.ALL,
) -> Statistics:
    """The statistics of these effects and cards. Only answers count, and those undone are no effects."""
    answers = [(step, step.logged.entry) for step in effects if isinstance(step.logged.entry, Review)]
    every_day = Counter(entry.moment.day for _one, entry in answers)
    since = period.since(today)
    within = [(one, entry) for one, entry in answers if since is None or entry.moment.day >= since]
    of_due = [(one, entry) for one, entry in within if one.kind is AnswerKind.REVIEW and not one.before.is_new]
    mature = [entry for one, entry in of_due if one.before.interval >= MATURE]
    young = [entry for one, entry in of_due if one.before.interval < MATURE]
    standing = [schedules.get(card.id, NEW) for card in cards]
    return Statistics(
        today=today,
        period=period,
        answers=len(within),
        cards=len({entry.card for _one, entry in within}),
        days=len({entry.moment.day for _one, entry in within}),
        took=sum(entry.took for _one, entry in within),
        grades=Counter(entry.grade for _one, entry in within),
        times=_classes((entry.took / 1000 for _one, entry in within if entry.took), SECONDS)[: len(SECONDS)],
        young=_share(young),
        mature=_share(mature),
        every_day=every_day,
        streaks=streaks(every_day, today),
        forecast=forecast(cards, schedules, today, FORECAST),
        intervals=_classes(
            (schedule.interval for schedule in standing if not schedule.is_new and not schedule.suspended), INTERVALS
        ),
        stages=count_states(cards, schedules),
    )


def _share(reviews: Sequence[Review]) -> Share:
    return Share(sum(review.grade.passed for review in reviews), len(reviews))


def _classes(values: Iterable[float], ends: Sequence[int]) -> tuple[int, ...]:
    """How many values lie in each class, its upper end included; the last class has none."""
    classes = [0] * (len(ends) + 1)
    for value in values:
        classes[next((index for index, end in enumerate(ends) if value <= end), len(ends))] += 1
    return tuple(classes)


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """The facts of a journal that count, each with what it did; the cards there are; where they stand."""

    steps: tuple[ReplayStep, ...]
    cards: tuple[Card, ...]
    schedules: Mapping[CardId, Schedule]
    today: StudyDay

    def statistics(self, deck: DeckName | None = None, period: Period = Period.ALL) -> Statistics:
        """The figures of a deck and those within it. For None all answers count, those to cards that are gone too."""
        if deck is None:
            return statistics(self.steps, self.cards, self.schedules, self.today, period)
        cards = tuple(card for card in self.cards if is_within(card.note.deck, deck))
        known = {card.id for card in cards}
        effects = (step for step in self.steps if step.logged.entry.card in known)
        return statistics(effects, cards, self.schedules, self.today, period)
