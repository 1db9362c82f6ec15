"""The forecast from today."""

from tests.student import Student, answer

from duly.scheduling.grade import Grade
from duly.study.forecast import DEFAULT_MILLISECONDS

AB = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n"


def test_where_nothing_was_learned_there_is_no_streak_and_a_card_takes_what_is_usual(student: Student) -> None:
    student.writes(AB)
    seen = student.collection().home_forecast()
    assert (seen.streak, sum(seen.due), len(seen.due), seen.milliseconds_per_card) == (0, 0, 14, DEFAULT_MILLISECONDS)


def test_a_card_takes_all_its_answers_of_a_day_together(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    for grade, took in ((Grade.AGAIN, 9000), (Grade.GOOD, 4000), (Grade.GOOD, 3000)):
        session.reveal()
        session.grade(grade, took)
    seen = student.collection().home_forecast()
    assert (seen.streak, seen.due[:3], seen.milliseconds_per_card) == (1, (0, 2, 0), 8000)


def test_a_day_of_which_every_answer_was_undone_is_no_day_of_the_streak(student: Student) -> None:
    student.writes(AB)
    answer(student.session(), Grade.GOOD)
    student.sleeps()
    session = student.session()
    answer(session, Grade.GOOD)
    assert student.collection().home_forecast().streak == 2
    session.undo()
    collection = student.collection()
    assert (collection.journal.days(), collection.home_forecast().streak) == ((collection.clock.today - 1,), 1)
    session.redo()
    assert student.collection().home_forecast().streak == 2
