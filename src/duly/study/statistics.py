"""Statistics, computed from the journal: the answers of a period, and the state of the cards."""

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
from duly.study.recall import INTERVALS, Recall, Share, count_by_class, recall_by_interval, share_of

if TYPE_CHECKING:
    from duly.evaluation.evaluate import Evaluation

DEFAULT_FSRS = Fsrs()

FORECAST_DAYS = 30
"""The number of days of the forecast."""

SECONDS = (5, 10, 20, 30, 60)
"""The upper ends of classes of answer times in seconds. No answer counts more than a minute."""


class Period(StrEnum):
    """The period whose answers are counted."""

    MONTH = "month"
    YEAR = "year"
    ALL = "all"

    def since(self, today: StudyDay) -> StudyDay | None:
        """The first study day of the period; None if it has no beginning."""
        days = {Period.MONTH: 30, Period.YEAR: 365}.get(self)
        return None if days is None else StudyDay(today - days + 1)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of one period, of all time, and of the current state.

    Of the period: the numbers of `answers`, of their `cards` and their `days`; the milliseconds that they `took`; the
    number of answers by grade (`grades`) and by time (`times`, with the upper ends `SECONDS`); the recall of due cards
    that were `young` or `mature` (an interval below 21 days before the answer, or not); the real and predicted `recall`
    by interval before the answer (classes as in `intervals`, None for an empty one); the figures of the `decks` with
    answers; the `slowest` cards.
    Of all time: the number of answers on `every_day`, and the `streaks`. Of the current state: the `forecast` from
    today on; the number of cards by interval (`intervals`, with the upper ends `INTERVALS` and one class above) and by
    state (`stages`); the `leeches`, the worst first.
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
        """The recall of all due cards."""
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
    """The statistics of the answers in these steps, and of the cards.

    `fsrs` predicts the recall of cards that FSRS scheduled.
    """
    answers = [(step, step.entry) for step in steps if isinstance(step.entry, Review)]
    every_day = Counter(entry.moment.day for _step, entry in answers)
    since = period.since(today)
    period_answers = [(step, entry) for step, entry in answers if since is None or entry.moment.day >= since]
    due_answers = [
        (step, entry) for step, entry in period_answers if step.kind is AnswerKind.REVIEW and not step.before.is_new
    ]
    mature = [entry for step, entry in due_answers if step.before.interval >= MATURE]
    young = [entry for step, entry in due_answers if step.before.interval < MATURE]
    took: dict[CardId, list[int]] = {}
    for _step, entry in period_answers:
        took.setdefault(entry.card, []).append(entry.took)
    seconds = [entry.took / 1000 for _step, entry in period_answers if entry.took]
    card_schedules = [schedules.get(card.id, NEW) for card in cards]
    return Statistics(
        today=today,
        period=period,
        answers=len(period_answers),
        cards=len({entry.card for _step, entry in period_answers}),
        days=len({entry.moment.day for _step, entry in period_answers}),
        took=sum(entry.took for _step, entry in period_answers),
        grades=Counter(entry.grade for _step, entry in period_answers),
        times=count_by_class(seconds, SECONDS)[: len(SECONDS)],
        young=share_of(young),
        mature=share_of(mature),
        every_day=every_day,
        streaks=streaks(every_day, today),
        forecast=forecast(cards, schedules, today, FORECAST_DAYS),
        intervals=count_by_class(
            (schedule.interval for schedule in card_schedules if not schedule.is_new and not schedule.suspended),
            INTERVALS,
        ),
        stages=count_states(cards, schedules),
        recall=recall_by_interval(due_answers, fsrs),
        decks=figures_by_deck(cards, young, mature, took),
        leeches=leeches_of(cards, schedules, took),
        slowest=slowest_of(cards, took),
    )


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """The entries of a journal that count, with their effects; all cards, and their schedules."""

    steps: tuple[ReplayStep, ...]
    cards: tuple[Card, ...]
    schedules: Mapping[CardId, Schedule]
    today: StudyDay

    def evaluation(self) -> "Evaluation":
        """The evaluation of all schedulers on all answers, with fitted FSRS if the extra is installed."""
        from duly.study.record_fitting import evaluation_of

        return evaluation_of(step.journal_entry for step in self.steps)

    def statistics(self, deck: DeckName | None = None, period: Period = Period.ALL) -> Statistics:
        """The statistics of a deck and the decks below it. For None all answers count, also those to missing cards."""
        fsrs = fitted_fsrs([step.journal_entry for step in self.steps])
        if deck is None:
            return statistics(self.steps, self.cards, self.schedules, self.today, period, fsrs=fsrs)
        cards = tuple(card for card in self.cards if is_within(card.note.deck, deck))
        card_ids = {card.id for card in cards}
        steps = (step for step in self.steps if step.entry.card in card_ids)
        return statistics(steps, cards, self.schedules, self.today, period, fsrs=fsrs)
