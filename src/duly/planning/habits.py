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
    """Shares of the four ratings at first answers, and of Hard, Good and Easy among those that were right; mean seconds
    of an answer to a new card, of one that was right or wrong, and of a drill; drills after a card was forgotten; the
    share of days that are studied."""

    first: tuple[float, float, float, float] = (0.2, 0.1, 0.6, 0.1)
    passed: tuple[float, float, float] = (0.1, 0.8, 0.1)
    new_seconds: float = 15.0
    passed_seconds: float = 8.0
    failed_seconds: float = 15.0
    drill_seconds: float = 6.0
    drills: float = 1.2
    studied: float = 1.0


EVERYBODY = Habits()


def habits(effects: Iterable[ReplayStep], today: StudyDay) -> Habits:
    """The habits of the last eight weeks before today; those of `EVERYBODY` where there are too few answers."""
    recent = [
        (effect, effect.logged.entry)
        for effect in effects
        if isinstance(effect.logged.entry, Review) and today - 7 * WEEKS <= effect.logged.entry.moment.day < today
    ]
    if len(recent) < LEAST_ANSWERS:
        return EVERYBODY
    firsts = Counter(rating(entry.grade) for effect, entry in recent if effect.before.is_new)
    later = [(effect, entry) for effect, entry in recent if not effect.before.is_new and not _is_same_day(effect)]
    passes = Counter(rating(entry.grade) for _, entry in later if rating(entry.grade) != AGAIN)
    drills = [entry for effect, entry in recent if _is_same_day(effect)]
    failed = {(entry.card, entry.moment.day) for effect, entry in recent if rating(entry.grade) == AGAIN}
    days = {entry.moment.day for _, entry in recent}
    return Habits(
        _shares(firsts, RATINGS, EVERYBODY.first),
        _shares(passes, RATINGS[1:], EVERYBODY.passed),
        _seconds([entry for effect, entry in recent if effect.before.is_new], EVERYBODY.new_seconds),
        _seconds([entry for _, entry in later if rating(entry.grade) != AGAIN], EVERYBODY.passed_seconds),
        _seconds([entry for _, entry in later if rating(entry.grade) == AGAIN], EVERYBODY.failed_seconds),
        _seconds(drills, EVERYBODY.drill_seconds),
        _drills_each(drills, failed),
        len(days) / (today - min(days)),
    )


def _is_same_day(effect: ReplayStep) -> bool:
    return effect.kind in (AnswerKind.DRILL, AnswerKind.EXTRA)


def _drills_each(drills: Sequence[Review], failed: set[tuple[CardId, StudyDay]]) -> float:
    """The mean number of repetitions of a card on the day it was forgotten."""
    if not failed:
        return EVERYBODY.drills
    return sum((entry.card, entry.moment.day) in failed for entry in drills) / len(failed)


def _shares(counts: Counter[int], ratings: Sequence[int], otherwise: Any) -> Any:
    total = counts.total()
    return tuple(counts[rating] / total for rating in ratings) if total else otherwise


def _seconds(answers: Sequence[Review], otherwise: float) -> float:
    times = [min(answer.took / 1000, LONGEST_ANSWER) for answer in answers if answer.took]
    return sum(times) / len(times) if times else otherwise
