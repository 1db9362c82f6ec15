"""What each fact of a journal did."""

from collections.abc import Sequence

from hypothesis import given, settings
from tests.scheduling.histories import CAPITAL, journals, logged, review, undo

from duly.cards import CardId
from duly.scheduling.journal_entries import JournalEntry
from duly.scheduling.replay import replay, replay_steps, without_undone
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_protocol import AnswerKind
from duly.scheduling.scheduler_registry import find_scheduler


def test_each_answer_has_its_kind_and_the_schedules_around_it() -> None:
    history = logged(review(CAPITAL, 1, 3), review(CAPITAL, 1, 4), review(CAPITAL, 2, 4))
    steps = list(replay_steps(history, find_scheduler))
    assert [step.kind for step in steps] == [AnswerKind.REVIEW, AnswerKind.DRILL, AnswerKind.REVIEW]
    assert [(step.before.interval, step.after.interval) for step in steps] == [(0, 1), (1, 1), (1, 6)]
    assert (steps[0].before, steps[1].before) == (NEW, steps[0].after)


def test_a_day_that_fuzz_chose_is_the_day_it_is_due() -> None:
    (step,) = replay_steps(logged(review(CAPITAL, 1, 4, due=9)), find_scheduler)
    assert step.after.due == 9


def test_what_was_undone_did_nothing() -> None:
    first, second = logged(review(CAPITAL, 1, 4), review(CAPITAL, 2, 2))
    undone = logged(first.entry, second.entry, undo(second, 2))
    assert [step.journal_entry.id.number for step in replay_steps(undone, find_scheduler)] == [1]


@settings(deadline=None)
@given(journals())
def test_the_last_step_of_a_card_leaves_it_where_the_replay_does(history: Sequence[JournalEntry]) -> None:
    last: dict[CardId, Schedule] = {}
    steps = list(replay_steps(history, find_scheduler))
    for step in steps:
        assert step.before == last.get(step.entry.card, NEW)
        last[step.entry.card] = step.after
    assert tuple(step.journal_entry for step in steps) == without_undone(history)
    assert {card: schedule for card, schedule in last.items() if schedule != NEW} == replay(history, find_scheduler)
