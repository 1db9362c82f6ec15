"""The summary of a study day, computed from the journal, so that it is the same after a restart."""

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

    `new` counts cards that were answered for the first time ever, `new_mature` cards that became mature; `retention` is
    the share of due cards that were remembered. `hard_cards` failed at least twice; `due_tomorrow` is the number of
    cards due then.
    """

    answers: int
    cards: int
    took: int
    grades: Mapping[Grade, int]
    new: int
    new_mature: int
    retention: Share
    hard_cards: tuple[Card, ...]
    due_tomorrow: int

    @property
    def pass_share(self) -> float | None:
        """The share of answers that were 3 or better; None if there was none."""
        if not self.answers:
            return None
        return sum(number for grade, number in self.grades.items() if grade.is_pass) / self.answers


def day_summary(
    steps: Iterable[ReplayStep], scope: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> DaySummary:
    """The summary of the answers among `steps` that were given to the cards of `scope` on the day `today`."""
    cards = {card.id: card for card in scope}
    scope_answers = [
        (step, step.entry) for step in steps if isinstance(step.entry, Review) and step.entry.card in cards
    ]
    today_answers = [(step, entry) for step, entry in scope_answers if entry.moment.day == today]
    reviews = [entry for _step, entry in today_answers]
    due_reviews = [entry for step, entry in today_answers if step.kind is AnswerKind.REVIEW and not step.before.is_new]
    failures = Counter(review.card for review in reviews if not review.grade.is_pass)
    tomorrow = StudyDay(today + 1)
    card_schedules = (schedules.get(card, NEW) for card in cards)
    return DaySummary(
        answers=len(reviews),
        cards=len({review.card for review in reviews}),
        took=sum(review.took for review in reviews),
        grades=Counter(review.grade for review in reviews),
        new=sum(step.before.is_new for step, _entry in today_answers),
        new_mature=len(
            {entry.card for step, entry in today_answers if step.before.interval < MATURE <= step.after.interval}
        ),
        retention=Share(sum(review.grade.is_pass for review in due_reviews), len(due_reviews)),
        hard_cards=tuple(cards[card] for card, times in failures.items() if times >= 2),
        due_tomorrow=sum(
            1 for schedule in card_schedules if is_due(schedule, tomorrow) and not is_set_aside(schedule, tomorrow)
        ),
    )
