"""What a study day came to, computed from the journal: it is the same after a restart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review
from duly.scheduling.replay import ReplayStep
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_protocol import AnswerKind
from duly.study.card_state import MATURE
from duly.study.queue import is_due, is_set_aside
from duly.study.recall import Share


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day's answers: how many, on how many cards, the milliseconds they took, their grades.

    `new` counts cards answered for the first time ever, `matured` those whose interval came to be a mature one;
    `retention` is what was remembered of cards that were due. `hard` are the cards that failed at least twice;
    `tomorrow` is the number of cards that are due then.
    """

    answers: int
    cards: int
    took: int
    grades: Mapping[Grade, int]
    new: int
    matured: int
    retention: Share
    hard: tuple[Card, ...]
    tomorrow: int

    @property
    def remembered(self) -> float | None:
        """The share of answers that were 3 or better; None if there was none."""
        if not self.answers:
            return None
        return sum(number for grade, number in self.grades.items() if grade.is_pass) / self.answers


def day_summary(
    steps: Iterable[ReplayStep], scope: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> DaySummary:
    """The summary of the answers among `steps` that were given to the cards of `scope` on the day `today`."""
    cards = {card.id: card for card in scope}
    given = [(step, step.entry) for step in steps if isinstance(step.entry, Review) and step.entry.card in cards]
    answers = [(step, entry) for step, entry in given if entry.moment.day == today]
    reviews = [entry for _step, entry in answers]
    of_due = [entry for step, entry in answers if step.kind is AnswerKind.REVIEW and not step.before.is_new]
    failures = Counter(review.card for review in reviews if not review.grade.is_pass)
    tomorrow = StudyDay(today + 1)
    waiting = (schedules.get(card, NEW) for card in cards)
    return DaySummary(
        answers=len(reviews),
        cards=len({review.card for review in reviews}),
        took=sum(review.took for review in reviews),
        grades=Counter(review.grade for review in reviews),
        new=sum(step.before.is_new for step, _entry in answers),
        matured=len({entry.card for step, entry in answers if step.before.interval < MATURE <= step.after.interval}),
        retention=Share(sum(review.grade.is_pass for review in of_due), len(of_due)),
        hard=tuple(cards[card] for card, times in failures.items() if times >= 2),
        tomorrow=sum(1 for schedule in waiting if is_due(schedule, tomorrow) and not is_set_aside(schedule, tomorrow)),
    )
