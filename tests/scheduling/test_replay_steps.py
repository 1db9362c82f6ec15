"""What each fact of a journal did."""

from collections.abc import Sequence

from hypothesis import given, settings
from tests.scheduling.histories import CAPITAL, journals, logged, review, undo

from duly.cards import CardId
from duly.scheduling.entries import JournalEntry
from duly.scheduling.replay import replay, replay_steps, without_undone
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler import AnswerKind
from duly.scheduling.schedulers import named


def test_each_answer_has_its_kind_and_the_schedules_around_it() -> None:
    history = logged(review(CAPITAL, 1, 3), review(CAPITAL, 1, 4), review(CAPITAL, 2, 4))
    told = list(replay_steps(history, named))
    assert [one.kind for one in told] == [AnswerKind.REVIEW, AnswerKind.DRILL, AnswerKind.REVIEW]
    assert [(one.before.interval, one.after.interval) for one in told] == [(0, 1), (1, 1), (1, 6)]
    assert (told[0].before, told[1].before) == (NEW, told[0].after)


def test_a_day_that_fuzz_chose_is_the_day_it_is_due() -> None:
    (told,) = replay_steps(logged(review(CAPITAL, 1, 4, due=9)), named)
    assert told.after.due == 9


def test_what_was_undone_did_nothing() -> None:
    first, second = logged(review(CAPITAL, 1, 4), review(CAPITAL, 2, 2))
    undone = logged(first.entry, second.entry, undo(second, 2))
    assert [one.logged.id.number for one in replay_steps(undone, named)] == [1]


@settings(deadline=None)
@given(journals())
def test_the_last_effect_on_a_card_leaves_it_where_the_replay_does(history: Sequence[JournalEntry]) -> None:
    last: dict[CardId, Schedule] = {}
    told = list(replay_steps(history, named))
    for one in told:
        assert one.before == last.get(one.logged.entry.card, NEW)
        last[one.logged.entry.card] = one.after
    assert tuple(one.logged for one in told) == without_undone(history)
    assert {card: schedule for card, schedule in last.items() if schedule != NEW} == replay(history, named)
