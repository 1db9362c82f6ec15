"""Statistics, computed from the journal: the answers of a period, and where the cards stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from duly.cards import Card, CardId, DeckName
from duly.cards.deck_name import is_within
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import ReplayStep
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_protocol import AnswerKind
from duly.scheduling.scheduler_registry import fitted_fsrs
from duly.study.card_state import MATURE, CardState, count_states
from duly.study.card_statistics import CardTime, DeckFigures, Leech, figures_by_deck, leeches_of, slowest_of
from duly.study.forecast import Streaks, forecast, streaks
from duly.study.recall import INTERVALS, Recall, Share, counted_in, recall_by_interval, share_of

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Evaluation

DEFAULT_FSRS = Fsrs()

FORECAST = 30
"""How many days ahead are counted."""

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
class Statistics:
    """The figures of one period, and those that know no period.

    Of the period: `answers`, the `cards` they were about, the `days` on which they were given, the milliseconds they
    `took`, their `grades`, how many took how long (`times`, by the upper ends `SECONDS`), and what was remembered of
    cards that were due, `young` and `mature` ones (interval before the answer below 21 days, or not); the same beside
    what the scheduler predicted, by interval before the answer (`recall`, classes as `intervals`, None where a class
    is empty); and for each of the `decks` with answers.
    Of always: answers on `every_day`, and `streaks`. Of now: the `forecast`, today first; the number of cards by
    interval (`intervals`, by the upper ends `INTERVALS` and one class above) and by state (`count_states`); the
    `leeches`, the worst first.
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
    recall: tuple[Recall | None, ...]
    decks: Mapping[DeckName, DeckFigures]
    leeches: tuple[Leech, ...]
    slowest: tuple[CardTime, ...]

    @property
    def retention(self) -> Share:
        """What was remembered of all cards that were due."""
        return self.young + self.mature


def statistics(
    steps: Iterable[ReplayStep],
    cards: Sequence[Card],
    schedules: Mapping[CardId, Schedule],
    today: StudyDay,
    period: Period = Period.ALL,
    *,
    fsrs: Fsrs = DEFAULT_FSRS,
) -> Statistics:
    """The statistics of the answers among these steps, and of the cards.

    `fsrs` predicts the recall of cards that FSRS scheduled.
    """
    answers = [(step, step.entry) for step in steps if isinstance(step.entry, Review)]
    every_day = Counter(entry.moment.day for _step, entry in answers)
    since = period.since(today)
    within = [(step, entry) for step, entry in answers if since is None or entry.moment.day >= since]
    of_due = [(step, entry) for step, entry in within if step.kind is AnswerKind.REVIEW and not step.before.is_new]
    mature = [entry for step, entry in of_due if step.before.interval >= MATURE]
    young = [entry for step, entry in of_due if step.before.interval < MATURE]
    took: dict[CardId, list[int]] = {}
    for _step, entry in within:
        took.setdefault(entry.card, []).append(entry.took)
    standing = [schedules.get(card.id, NEW) for card in cards]
    return Statistics(
        today=today,
        period=period,
        answers=len(within),
        cards=len({entry.card for _step, entry in within}),
        days=len({entry.moment.day for _step, entry in within}),
        took=sum(entry.took for _step, entry in within),
        grades=Counter(entry.grade for _step, entry in within),
        times=counted_in((entry.took / 1000 for _step, entry in within if entry.took), SECONDS)[: len(SECONDS)],
        young=share_of(young),
        mature=share_of(mature),
        every_day=every_day,
        streaks=streaks(every_day, today),
        forecast=forecast(cards, schedules, today, FORECAST),
        intervals=counted_in(
            (schedule.interval for schedule in standing if not schedule.is_new and not schedule.suspended), INTERVALS
        ),
        stages=count_states(cards, schedules),
        recall=recall_by_interval(of_due, fsrs),
        decks=figures_by_deck(cards, young, mature, took),
        leeches=leeches_of(cards, schedules, took),
        slowest=slowest_of(cards, took),
    )


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """The facts of a journal that count, each with what it did; the cards there are; where they stand."""

    steps: tuple[ReplayStep, ...]
    cards: tuple[Card, ...]
    schedules: Mapping[CardId, Schedule]
    today: StudyDay

    def evaluation(self) -> "Evaluation":
        """How well each scheduler would have predicted all answers, FSRS fitted to them where that can be done."""
        from duly.study.record_fitting import evaluation_of

        return evaluation_of(step.journal_entry for step in self.steps)

    def statistics(self, deck: DeckName | None = None, period: Period = Period.ALL) -> Statistics:
        """The figures of a deck and those within it. For None all answers count, those to cards that are gone too."""
        fsrs = fitted_fsrs([step.journal_entry for step in self.steps])
        if deck is None:
            return statistics(self.steps, self.cards, self.schedules, self.today, period, fsrs=fsrs)
        cards = tuple(card for card in self.cards if is_within(card.note.deck, deck))
        known = {card.id for card in cards}
        steps = (step for step in self.steps if step.entry.card in known)
        return statistics(steps, cards, self.schedules, self.today, period, fsrs=fsrs)
