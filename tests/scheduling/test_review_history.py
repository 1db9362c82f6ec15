"""The history of a card that counts."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, journals, logged, moment, review, undo

from duly.scheduling.journal_entries import ImportedSchedule, JournalEntry, Reset, Review
from duly.scheduling.replay import replay
from duly.scheduling.review_history import answer_instants, histories
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler


def test_each_answer_knows_where_its_card_stood_before_and_after_it() -> None:
    journal = logged(review(CAPITAL, 1, 5), review(RIVER, 1), review(CAPITAL, 2, 3))
    first, second = histories(journal, find_scheduler)[CAPITAL].answers
    assert (first.before, first.after) == (NEW, second.before)
    assert (
        second.after == replay(journal, find_scheduler)[CAPITAL] == histories(journal, find_scheduler)[CAPITAL].schedule
    )
    assert (second.before.easiness, second.after.easiness, second.grade, second.took) == (260, 246, 3, 1500)


def test_what_was_undone_is_no_part_of_it() -> None:
    journal = logged(review(CAPITAL, 1), review(CAPITAL, 2, 0))
    journal += logged(undo(journal[1], 2), device="phone")
    assert [answer.grade for answer in histories(journal, find_scheduler)[CAPITAL].answers] == [4]


def test_it_begins_anew_with_a_reset_and_with_what_was_taken_over() -> None:
    before = [review(CAPITAL, 1), review(CAPITAL, 2)]
    assert histories(logged(*before, Reset(CAPITAL, moment(3))), find_scheduler) == {}
    anew = histories(logged(*before, Reset(CAPITAL, moment(3)), review(CAPITAL, 4)), find_scheduler)
    assert [answer.before for answer in anew[CAPITAL].answers] == [NEW]
    imported = Schedule(interval=20, last=moment(1).day, due=moment(3).day, memory=Sm2Memory(3))
    adoption = ImportedSchedule(CAPITAL, moment(3), imported, "x")
    over = histories(logged(*before, Reset(CAPITAL, moment(3)), adoption, review(CAPITAL, 4)), find_scheduler)
    assert [answer.before for answer in over[CAPITAL].answers] == [imported]


def test_what_was_taken_over_does_not_replace_what_was_learned_on_another_device() -> None:
    imported = Schedule(interval=20, last=moment(1).day, due=moment(21).day, memory=Sm2Memory(3))
    desk = logged(review(CAPITAL, 1), review(CAPITAL, 2))
    phone = logged(ImportedSchedule(CAPITAL, moment(3), imported, "Anki"), device="phone")
    assert histories([*desk, *phone], find_scheduler) == histories(desk, find_scheduler)


def test_answers_of_one_millisecond_get_one_each() -> None:
    desk = logged(review(CAPITAL, 1), review(RIVER, 1))
    phone = logged(review(RIVER, 1), device="phone")
    noon = moment(1).at
    assert answer_instants([*desk, *phone]) == {desk[0].id: noon, desk[1].id: noon + 1, phone[0].id: noon + 2}


def test_an_answer_from_before_1970_has_an_instant_after_it() -> None:
    (entry,) = logged(replace(review(CAPITAL, 1), moment=moment(1, at=-5)))
    assert answer_instants([entry]) == {entry.id: 1}


@given(journals(), st.data())
def test_instants_stay_as_they_are_when_a_journal_grows(journal: Sequence[JournalEntry], data: st.DataObject) -> None:
    part = data.draw(st.integers(0, len(journal)))
    instants = answer_instants(journal)
    assert instants.items() >= answer_instants(journal[:part]).items()
    assert len(set(instants.values())) == len(instants)
    assert instants.keys() == {record.id for record in journal if isinstance(record.entry, Review)}


@given(journals())
def test_histories_lead_to_where_a_replay_leads(journal: Sequence[JournalEntry]) -> None:
    by_card = histories(journal, find_scheduler)
    assert {card: history.schedule for card, history in by_card.items()} == replay(journal, find_scheduler)
    for history in by_card.values():
        for earlier, later in zip(history.answers, history.answers[1:], strict=False):
            assert earlier.instant != later.instant
