"""The learner's clock beside what the journal holds."""

from datetime import timedelta

from tests.student import Student, answer, day

from duly.scheduling.grade import Grade


def test_a_clock_that_is_behind_the_journal_says_by_how_much(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    assert student.desk().clock.behind == timedelta(0)
    answer(student.session(), Grade.GOOD)
    assert student.desk().clock.behind == timedelta(0)
    student.now -= timedelta(hours=30)
    assert student.desk().clock.behind == timedelta(hours=30)


def test_today_is_never_before_a_day_that_was_answered_on(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    answer(student.session(), Grade.GOOD)
    student.now -= timedelta(hours=30)
    assert student.desk().clock.today == day(0)
    student.sleeps(4)
    assert student.desk().clock.today == day(3)
