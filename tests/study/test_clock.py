"""The learner's clock beside what the journal holds."""

from datetime import timedelta

import pytest
from tests.student import Student, answer, day

from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Bury, Review
from duly.scheduling.replay import replay, without_undone
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.future_entries import future_entries, redate_future, undo_future


def test_a_clock_that_is_behind_the_journal_says_by_how_much(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    assert student.collection().clock.lag == timedelta(0)
    answer(student.session(), Grade.GOOD)
    assert student.collection().clock.lag == timedelta(0)
    student.now -= timedelta(hours=30)
    assert student.collection().clock.lag == timedelta(hours=30)


def test_today_is_never_before_a_day_that_was_answered_on(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    answer(student.session(), Grade.GOOD)
    student.now -= timedelta(hours=30)
    assert student.collection().clock.today == day(0)
    student.sleeps(4)
    assert student.collection().clock.today == day(3)


def was_ahead(student: Student) -> None:
    """Answers a card a year ahead, then sets the clock right."""
    student.writes("- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n")
    student.sleeps(365)
    answer(student.session(), Grade.GOOD)
    student.sleeps(-365)


def test_a_clock_that_was_ahead_once_does_not_freeze_the_study_day(student: Student) -> None:
    was_ahead(student)
    session = student.session()
    assert (session.today, session.clock.last_future_day) == (day(0), day(365))
    answer(session, Grade.GOOD)
    student.sleeps()
    assert student.collection().clock.today == day(1)
    assert [logged.entry.moment.day for logged in student.collection().journal.answers_on(day(0))] == [day(0)]


def test_the_clock_that_was_ahead_while_a_session_lasts_is_believed_once_it_is_right(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n")
    student.sleeps(365)
    session = student.session()
    answer(session, Grade.GOOD)
    student.sleeps(-365)
    assert session.today == day(0)


def test_an_answer_from_the_future_is_dated_anew_by_entries(student: Student) -> None:
    was_ahead(student)
    journal, clock = student.collection().journal, student.collection().clock
    old = tuple(journal.entries())
    assert future_entries(old, clock) == old
    assert redate_future(journal, clock) == old
    entries = tuple(journal.entries())
    assert entries[:1] == old
    (now,) = without_undone(entries)
    assert isinstance(now.entry, Review)
    assert (now.entry.moment, now.entry.grade) == (clock.moment(), Grade.GOOD)
    assert journal.schedules() == replay(entries, find_scheduler)
    assert (future_entries(entries, clock), clock.last_future_day) == ((), None)
    assert redate_future(journal, clock) == ()


def test_an_answer_that_was_given_today_but_counted_to_the_future_keeps_its_moment(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    collection = student.collection()
    moment = collection.clock.moment(day(365))
    with collection.journal.transaction() as transaction:
        transaction.append(Review(collection.decks.cards[0].id, moment, Grade.GOOD, "sm2-paper"), NEW)
    student.sleeps(3)
    redate_future(collection.journal, collection.clock)
    (now,) = without_undone(collection.journal.entries())
    assert (now.entry.moment.at, now.entry.moment.day) == (moment.at, day(0))


def test_days_that_an_entry_names_move_with_it(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    collection = student.collection()
    student.sleeps(400)
    collection.actions.bury([collection.decks.cards[0].id])
    student.sleeps(-400)
    redate_future(collection.journal, collection.clock)
    (now,) = without_undone(collection.journal.entries())
    assert isinstance(now.entry, Bury)
    assert (now.entry.moment.day, now.entry.until) == (day(0), day(1))


def test_entries_from_the_future_are_undone_and_that_is_undone_in_one_step(student: Student) -> None:
    was_ahead(student)
    collection = student.collection()
    assert len(undo_future(collection.journal, collection.clock)) == 1
    assert collection.journal.schedules() == {}
    collection.redo()
    assert collection.clock.last_future_day == day(365)


@pytest.mark.parametrize("days", [2, 365, 20_000])
def test_an_undo_after_a_clock_was_ahead_takes_the_last_answer_back(student: Student, days: int) -> None:
    was_ahead(student)
    student.sleeps(-days)
    session = student.session()
    card = session.card
    answer(session, Grade.GOOD)
    step = session.undo()
    assert step is not None
    assert card is not None
    assert step.card == card.id
