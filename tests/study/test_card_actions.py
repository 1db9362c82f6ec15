"""What is done with cards besides answering them, and undone as one step."""

import pytest
from tests.student import Student, answer, day

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Star, Suspend
from duly.scheduling.schedule import NEW, Schedule
from duly.study.card_actions import Actions

ABC = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n"
A, B, C = (CardId.parse(f"{note}/front") for note in "abc")
EVERY = (A, B, C)


@pytest.fixture
def actions(student: Student) -> Actions:
    student.writes(ABC)
    return student.collection().actions


def stands(student: Student) -> list[Schedule]:
    return [student.schedule(str(card)) for card in EVERY]


def number_of_entries(student: Student) -> int:
    with Journal.open(student.folder / "duly.db") as journal:
        return len(list(journal.entries()))


def test_many_cards_are_suspended_and_resumed_in_one_step_each(student: Student, actions: Actions) -> None:
    done = actions.suspend(EVERY)
    assert done is not None and [entry.card for entry in done.entries] == [A, B, C]
    assert [schedule.suspended for schedule in stands(student)] == [True] * 3
    actions.resume([A])
    assert [schedule.suspended for schedule in stands(student)] == [False, True, True]
    actions.undo(EVERY)
    actions.undo(EVERY)
    assert stands(student) == [NEW] * 3
    again = actions.redo(EVERY)
    assert again is not None and all(isinstance(entry, Suspend) for entry in again.entries)
    assert [schedule.suspended for schedule in stands(student)] == [True] * 3


def test_what_changes_nothing_is_not_written(student: Student, actions: Actions) -> None:
    assert actions.resume(EVERY) is None
    assert actions.unstar(EVERY) is None
    assert actions.reset(EVERY) is None
    assert actions.suspend(()) is None
    assert number_of_entries(student) == 0
    actions.star([A])
    done = actions.star(EVERY)
    assert done is not None and [entry.card for entry in done.entries] == [B, C]
    actions.bury([A])
    assert actions.bury([A]) is None


def test_a_toggle_gives_to_all_what_some_have_and_takes_it_where_all_have_it(
    student: Student, actions: Actions
) -> None:
    actions.star([B])
    for expected in (True, False):
        actions.toggle_star(EVERY)
        assert [schedule.starred for schedule in stands(student)] == [expected] * 3
    actions.suspend([B])
    for expected in (True, False):
        actions.toggle_suspended(EVERY)
        assert [schedule.suspended for schedule in stands(student)] == [expected] * 3


def test_a_buried_card_is_asked_again_tomorrow(student: Student, actions: Actions) -> None:
    actions.bury([A])
    assert student.schedule("a/front") == Schedule(buried_until=day(1))
    assert str(student.session().queue.cards[0].id) == "b/front"
    student.sleeps()
    assert str(student.session().queue.cards[0].id) == "a/front"


def test_a_card_comes_on_the_day_that_was_set(student: Student, actions: Actions) -> None:
    answer(student.session(), Grade.AGAIN, "a/front")
    actions.bury([A])
    actions.set_due([A, B], day(3))
    assert student.schedule("a/front") == Schedule(interval=1, due=day(3), last=day(0))
    assert student.schedule("b/front") == Schedule(due=day(3))
    assert [str(card.id) for card in student.session().queue.cards] == ["c/front"]
    student.sleeps(3)
    assert [str(card.id) for card in student.session().queue.reviews] == ["a/front", "b/front"]


def test_a_reset_card_is_new_and_keeps_its_star(student: Student, actions: Actions) -> None:
    answer(student.session(), Grade.EASY, "a/front")
    actions.star([A])
    actions.reset([A])
    assert student.schedule("a/front") == Schedule(starred=True)
    actions.undo(EVERY)
    assert student.schedule("a/front").repetitions == 1


def test_an_answer_keeps_the_star(student: Student, actions: Actions) -> None:
    actions.star([A])
    answer(student.session(), Grade.GOOD, "a/front")
    assert student.schedule("a/front").starred


def test_undo_takes_back_answers_and_actions_in_their_order(student: Student, actions: Actions) -> None:
    answer(student.session(), Grade.GOOD, "a/front")
    actions.star([B])
    first, second = actions.undo(EVERY), actions.undo(EVERY)
    assert first is not None and isinstance(first.entry, Star)
    assert second is not None and second.card == A
    assert actions.undo(EVERY) is None


def test_undo_leaves_cards_alone_that_are_not_known(student: Student, actions: Actions) -> None:
    actions.suspend(EVERY)
    taken_back = actions.undo([B])
    assert taken_back is not None and [entry.card for entry in taken_back.entries] == [B]
    assert [schedule.suspended for schedule in stands(student)] == [True, False, True]
