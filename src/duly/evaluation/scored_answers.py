"""The answers of a journal in chronological order, and which of them are used to score predictions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.cards import CardId
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import AGAIN, rating
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import ImportedSchedule, JournalEntry, Reset, Review
from duly.scheduling.replay import without_undone


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a card. `elapsed` is in study days since the card's answer before it, 0 at its first.

    `is_first` marks the first answer since the card was new; predictions are measured on answers with `is_scored`.
    """

    card: CardId
    day: StudyDay
    grade: Grade
    elapsed: int
    is_first: bool
    is_scored: bool

    @property
    def rating(self) -> int:
        """FSRS's rating, 1 to 4."""
        return rating(self.grade)

    @property
    def is_recalled(self) -> bool:
        return self.rating > AGAIN


def answers(entries: Iterable[JournalEntry]) -> Sequence[Answer]:
    """The answers that count, in the order of their moments.

    Answers on a later day than the card's previous answer are scored, except for cards that were learned elsewhere
    without a log. Answers before a reset do not affect those after it.
    """
    all_answers: list[Answer] = []
    last_days: dict[CardId, StudyDay] = {}
    imported_cards: set[CardId] = set()
    for journal_entry in without_undone(entries):
        entry = journal_entry.entry
        match entry:
            case Reset():
                last_days.pop(entry.card, None)
                imported_cards.discard(entry.card)
            case ImportedSchedule():
                if entry.card not in last_days:
                    imported_cards.add(entry.card)
            case Review():
                last_day = last_days.get(entry.card)
                day = entry.moment.day if last_day is None else max(last_day, entry.moment.day)
                elapsed = 0 if last_day is None else day - last_day
                is_scored = elapsed > 0 and entry.card not in imported_cards
                all_answers.append(Answer(entry.card, day, entry.grade, elapsed, last_day is None, is_scored))
                last_days[entry.card] = day
    return all_answers
