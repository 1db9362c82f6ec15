"""What a day came to."""

from tests.student import Student, answer, ids

from duly.scheduling.grade import Grade
from duly.study.recall import Share

AB = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n"


def test_a_day_without_answers_has_no_share(student: Student) -> None:
    student.writes(AB)
    sums = student.session().summary()
    assert (sums.answers, sums.cards, sums.took, sums.pass_share, sums.hard_cards, sums.due_tomorrow) == (
        0,
        0,
        0,
        None,
        (),
        0,
    )


def test_answers_cards_times_and_grades_are_counted(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    for grade, took in ((Grade.AGAIN, 1000), (Grade.HARD, 200), (Grade.AGAIN, 30), (Grade.GOOD, 4)):
        session.reveal()
        session.grade(grade, took)
    sums = session.summary()
    assert (sums.answers, sums.cards, sums.took, sums.pass_share) == (4, 2, 1234, 0.5)
    assert sums.grades == {Grade.AGAIN: 2, Grade.HARD: 1, Grade.GOOD: 1}
    assert sums.due_tomorrow == 2


def test_a_card_is_hard_that_failed_twice(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    for grade in (Grade.AGAIN, Grade.WRONG, Grade.BLACKOUT, Grade.GOOD, Grade.GOOD):
        answer(session, grade)
    assert ids(session.summary().hard_cards) == ["a/front"]


def test_what_was_undone_does_not_count(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    answer(session, Grade.AGAIN)
    session.undo()
    assert session.summary().answers == 0
    session.redo()
    assert session.summary().answers == 1


def test_yesterday_and_cards_set_aside_do_not_count(student: Student) -> None:
    student.writes(AB)
    session = student.session()
    answer(session, Grade.GOOD, "a/front")
    answer(session, Grade.GOOD, "b/front")
    assert session.summary().due_tomorrow == 2
    student.sleeps()
    session = student.session()
    session.suspend()
    sums = session.summary()
    assert (sums.answers, sums.due_tomorrow) == (0, 1)


def test_what_was_new_what_was_due_and_what_became_mature_are_counted(student: Student) -> None:
    student.writes(AB)
    for sleeps in (1, 6, 15):
        session = student.session()
        answer(session, Grade.GOOD, "a/front")
        assert session.summary().new_mature == 0
        student.sleeps(sleeps)
    session = student.session()
    answer(session, Grade.GOOD, "a/front")
    answer(session, Grade.AGAIN, "b/front")
    answer(session, Grade.GOOD, "b/front")
    sums = session.summary()
    assert (sums.new, sums.new_mature, sums.retention, sums.answers) == (1, 1, Share(1, 1), 3)
