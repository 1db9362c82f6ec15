"""A learner made by chance from a fixed seed, who remembers as FSRS says and is asked by SM-2."""

from random import Random

from duly.cards import FRONT, CardId, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs, rating
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import EntryId, JournalEntry, Moment, Review
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler

DAY = 86_400_000
PASSES = (Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.EASY)


def journal(cards: int, answers_each: int = 8, seed: int = 3, took: int = 0) -> list[JournalEntry]:
    """The journal of a learner with so many cards; `took` are the milliseconds of every answer."""
    dice, world, sm2 = Random(seed), Fsrs(), find_scheduler("sm2-paper")
    given: list[tuple[int, CardId, StudyDay, Grade]] = []
    for number in range(cards):
        card = CardId(NoteId(f"n{number}"), FRONT)
        schedule, day = NEW, StudyDay(20_000 + dice.randrange(200))
        memory, last = None, day
        for _answer in range(answers_each):
            grade = dice.choice(PASSES)
            if memory is None:
                memory = world.first_memory(rating(grade))
            else:
                recalled = dice.random() < world.retrievability(memory.stability, day - last)
                grade = grade if recalled else Grade.AGAIN
                memory = world.next_memory(memory, rating(grade), day - last)
            given.append((day * DAY + dice.randrange(DAY), card, day, grade))
            schedule, last = sm2.answer(schedule, grade, day).schedule, day
            assert schedule.due is not None
            day = StudyDay(schedule.due + dice.choice((0, 0, 1, 4)))
    given.sort(key=lambda answer: (answer[0], answer[1]))
    return [
        JournalEntry(EntryId("desk", number), Review(card, Moment(at, day, 0), grade, "sm2-paper", took))
        for number, (at, card, day, grade) in enumerate(given, 1)
    ]
