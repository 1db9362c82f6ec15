"""The learner's habits, from the last weeks of the journal: ratings, and the time answers take."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import AGAIN, EASY, GOOD, HARD, rating
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import ReplayStep
from duly.scheduling.scheduler_protocol import AnswerKind

WEEKS = 8
"""The number of weeks from which habits are computed."""

LEAST_ANSWERS = 50
"""With fewer answers than these, default habits are used."""

LONGEST_ANSWER = 60.0
"""The maximum time of an answer in seconds; more is an interruption."""

RATINGS = (AGAIN, HARD, GOOD, EASY)


@dataclass(frozen=True, slots=True)
class Habits:
    """The shares of the four ratings among first answers, and of Hard, Good and Easy among later right answers; the
    mean seconds of an answer to a new card, of a right and a wrong answer, and of a drill; the mean number of drills
    after a lapse; the share of days with answers."""

    first_shares: tuple[float, float, float, float] = (0.2, 0.1, 0.6, 0.1)
    pass_shares: tuple[float, float, float] = (0.1, 0.8, 0.1)
    new_seconds: float = 15.0
    pass_seconds: float = 8.0
    failure_seconds: float = 15.0
    drill_seconds: float = 6.0
    drills_per_lapse: float = 1.2
    studied_share: float = 1.0


DEFAULT_HABITS = Habits()


def habits(steps: Iterable[ReplayStep], today: StudyDay) -> Habits:
    """The habits of the last eight weeks before today; `DEFAULT_HABITS` if there are too few answers."""
    recent = [
        (step, step.entry)
        for step in steps
        if isinstance(step.entry, Review) and today - 7 * WEEKS <= step.entry.moment.day < today
    ]
    if len(recent) < LEAST_ANSWERS:
        return DEFAULT_HABITS
    first_ratings = Counter(rating(entry.grade) for step, entry in recent if step.before.is_new)
    later_answers = [(step, entry) for step, entry in recent if not step.before.is_new and not _is_same_day(step)]
    pass_ratings = Counter(rating(entry.grade) for _, entry in later_answers if rating(entry.grade) != AGAIN)
    drills = [entry for step, entry in recent if _is_same_day(step)]
    failures = {(entry.card, entry.moment.day) for step, entry in recent if rating(entry.grade) == AGAIN}
    days = {entry.moment.day for _, entry in recent}
    return Habits(
        _shares(first_ratings, RATINGS, DEFAULT_HABITS.first_shares),
        _shares(pass_ratings, RATINGS[1:], DEFAULT_HABITS.pass_shares),
        _seconds([entry for step, entry in recent if step.before.is_new], DEFAULT_HABITS.new_seconds),
        _seconds([entry for _, entry in later_answers if rating(entry.grade) != AGAIN], DEFAULT_HABITS.pass_seconds),
        _seconds([entry for _, entry in later_answers if rating(entry.grade) == AGAIN], DEFAULT_HABITS.failure_seconds),
        _seconds(drills, DEFAULT_HABITS.drill_seconds),
        _drills_per_lapse(drills, failures),
        len(days) / (today - min(days)),
    )


def _is_same_day(step: ReplayStep) -> bool:
    return step.kind in (AnswerKind.DRILL, AnswerKind.EXTRA)


def _drills_per_lapse(drills: Sequence[Review], failures: set[tuple[CardId, StudyDay]]) -> float:
    """The mean number of repetitions of a card on the day it was forgotten."""
    if not failures:
        return DEFAULT_HABITS.drills_per_lapse
    return sum((entry.card, entry.moment.day) in failures for entry in drills) / len(failures)


def _shares(counts: Counter[int], ratings: Sequence[int], default: Any) -> Any:
    total = counts.total()
    return tuple(counts[rating] / total for rating in ratings) if total else default


def _seconds(answers: Sequence[Review], default: float) -> float:
    times = [min(answer.took / 1000, LONGEST_ANSWER) for answer in answers if answer.took]
    return sum(times) / len(times) if times else default
