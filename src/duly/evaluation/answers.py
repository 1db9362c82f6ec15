"""The answers of a journal in chronological order, and which of them predictions are scored on."""

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

    `first` marks the first answer since the card was new; `scored` says whether predictions are measured on it.
    """

    card: CardId
    day: StudyDay
    grade: Grade
    elapsed: int
    first: bool
    scored: bool

    @property
    def rating(self) -> int:
        """FSRS's rating, 1 to 4."""
        return rating(self.grade)

    @property
    def recalled(self) -> bool:
        return self.rating > AGAIN


def answers(logged: Iterable[JournalEntry]) -> Sequence[Answer]:
    """The answers that count, in the order of their moments.

    Scored are those on a later day than the card's answer before. Cards whose learning began elsewhere, without a log,
    are not scored, and what was before a reset is forgotten.
    """
    all_answers: list[Answer] = []
    last: dict[CardId, StudyDay] = {}
    adopted: set[CardId] = set()
    for fact in without_undone(logged):
        entry = fact.entry
        match entry:
            case Reset():
                last.pop(entry.card, None)
                adopted.discard(entry.card)
            case ImportedSchedule():
                if entry.card not in last:
                    adopted.add(entry.card)
            case Review():
                before = last.get(entry.card)
                day = entry.moment.day if before is None else max(before, entry.moment.day)
                elapsed = 0 if before is None else day - before
                scored = elapsed > 0 and entry.card not in adopted
                all_answers.append(Answer(entry.card, day, entry.grade, elapsed, before is None, scored))
                last[entry.card] = day
    return all_answers
