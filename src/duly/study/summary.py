"""What a study day came to, computed from the journal: it is the same after a restart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duly.cards import Card, CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.entries import Logged, Review
from duly.scheduling.grade import Grade
from duly.scheduling.schedule import NEW, Schedule
from duly.study.queue import is_due, is_set_aside


@dataclass(frozen=True, slots=True)
class Summary:
    """A day's answers: how many, on how many cards, the milliseconds they took, their grades.

    `hard` are the cards that failed at least twice; `tomorrow` is the number of cards that are due then.
    """

    answers: int
    cards: int
    took: int
    grades: Mapping[Grade, int]
    hard: tuple[Card, ...]
    tomorrow: int

    @property
    def remembered(self) -> float | None:
        """The share of answers that were 3 or better; None if there was none."""
        if not self.answers:
            return None
        return sum(number for grade, number in self.grades.items() if grade.passed) / self.answers


def summary(
    answered: Iterable[Logged], scope: Iterable[Card], schedules: Mapping[CardId, Schedule], today: StudyDay
) -> Summary:
    """The summary of the answers that were given to the cards of `scope` on the day `today`."""
    cards = {card.id: card for card in scope}
    reviews = [one.entry for one in answered if isinstance(one.entry, Review) and one.entry.card in cards]
    failures = Counter(review.card for review in reviews if not review.grade.passed)
    tomorrow = StudyDay(today + 1)
    waiting = (schedules.get(card, NEW) for card in cards)
    return Summary(
        answers=len(reviews),
        cards=len({review.card for review in reviews}),
        took=sum(review.took for review in reviews),
        grades=Counter(review.grade for review in reviews),
        hard=tuple(cards[card] for card, times in failures.items() if times >= 2),
        tomorrow=sum(1 for one in waiting if is_due(one, tomorrow) and not is_set_aside(one, tomorrow)),
    )
