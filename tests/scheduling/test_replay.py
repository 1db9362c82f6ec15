"""A journal comes to the same schedules wherever it is replayed."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, journals, logged, moment, review, reviews, undo

from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Bury,
    ImportedSchedule,
    JournalEntry,
    Reset,
    Resume,
    Review,
    SetDue,
    Suspend,
    Undo,
)
from duly.scheduling.replay import in_order, replay, without_undone
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.sm2 import PROFILES


def test_no_entries_leave_every_card_new() -> None:
    assert replay([], find_scheduler) == {}


def test_answers_come_to_what_the_scheduler_says_one_after_another() -> None:
    journal = logged(review(CAPITAL, 0), review(RIVER, 0, 5), review(CAPITAL, 1), review(CAPITAL, 7))
    assert replay(journal, find_scheduler) == {
        CAPITAL: Schedule(interval=15, due=StudyDay(22), last=StudyDay(7), memory=Sm2Memory(3)),
        RIVER: Schedule(interval=1, due=StudyDay(1), last=StudyDay(0), memory=Sm2Memory(1, 260)),
    }


def test_each_answer_is_given_to_the_scheduler_it_names() -> None:
    journal = logged(review(CAPITAL, 0, 1), review(CAPITAL, 1, 1, "sm2-vendor"))
    assert replay(journal, find_scheduler)[CAPITAL].easiness == 196


def test_a_chosen_due_day_is_trusted_and_the_interval_stays() -> None:
    schedule = replay(logged(review(CAPITAL, 0), review(CAPITAL, 1, due=9)), find_scheduler)[CAPITAL]
    assert (schedule.interval, schedule.due) == (6, 9)


def test_an_answer_after_a_chosen_due_day_is_due_by_that_day() -> None:
    early = logged(review(CAPITAL, 0), review(CAPITAL, 1, due=9), review(CAPITAL, 7))
    late = logged(review(CAPITAL, 0), review(CAPITAL, 1, due=9), review(CAPITAL, 9))
    assert replay(early, find_scheduler)[CAPITAL].repetitions == 2
    assert replay(late, find_scheduler)[CAPITAL].repetitions == 3


def test_suspend_and_resume_leave_nothing_behind() -> None:
    suspended = logged(review(CAPITAL, 0), Suspend(CAPITAL, moment(0)))
    resumed = logged(review(CAPITAL, 0), Suspend(CAPITAL, moment(0)), Resume(CAPITAL, moment(3)))
    answered = replay(logged(review(CAPITAL, 0)), find_scheduler)[CAPITAL]
    assert replay(suspended, find_scheduler)[CAPITAL] == replace(answered, suspended=True)
    assert replay(resumed, find_scheduler)[CAPITAL] == answered


def test_a_suspended_new_card_is_known_to_be_suspended() -> None:
    assert replay(logged(Suspend(CAPITAL, moment(0))), find_scheduler) == {CAPITAL: Schedule(suspended=True)}


def test_bury_names_the_day_until_which_the_card_is_set_aside() -> None:
    journal = logged(review(CAPITAL, 0), Bury(CAPITAL, moment(1), StudyDay(2)))
    assert replay(journal, find_scheduler)[CAPITAL].buried_until == 2


def test_reset_makes_a_card_new_again() -> None:
    journal = logged(review(CAPITAL, 0), Bury(CAPITAL, moment(0), StudyDay(1)), Reset(CAPITAL, moment(0)))
    assert replay(journal, find_scheduler) == {}


def test_reset_keeps_a_card_suspended() -> None:
    journal = logged(review(CAPITAL, 0), Suspend(CAPITAL, moment(0)), Reset(CAPITAL, moment(1)))
    assert replay(journal, find_scheduler) == {CAPITAL: Schedule(suspended=True)}


def test_set_due_moves_the_day_and_nothing_else() -> None:
    before = replay(logged(review(CAPITAL, 0)), find_scheduler)[CAPITAL]
    journal = logged(review(CAPITAL, 0), SetDue(CAPITAL, moment(0), StudyDay(40)))
    assert replay(journal, find_scheduler)[CAPITAL] == replace(before, due=StudyDay(40))


def test_an_adopted_card_goes_on_from_where_it_stood_elsewhere() -> None:
    stood = Schedule(interval=100, lapses=2, due=StudyDay(50), last=StudyDay(-50), memory=Sm2Memory(5, 230))
    journal = logged(ImportedSchedule(CAPITAL, moment(0), stood, "anki"), review(CAPITAL, 50))
    schedule = replay(journal, find_scheduler)[CAPITAL]
    assert (schedule.repetitions, schedule.interval, schedule.lapses, schedule.due) == (6, 230, 2, 280)


def test_an_undone_answer_counts_for_nothing() -> None:
    first, second = logged(review(CAPITAL, 0), review(CAPITAL, 1, 1))
    undone = logged(first.entry, second.entry, undo(second, 1))
    assert replay(undone, find_scheduler) == replay([first], find_scheduler)


def test_a_card_whose_only_answer_is_undone_is_new() -> None:
    (only,) = logged(review(CAPITAL, 0))
    assert replay(logged(only.entry, undo(only, 0)), find_scheduler) == {}


def test_a_chain_of_ten_thousand_undos_of_undos_is_followed_to_its_end() -> None:
    journal = logged(review(CAPITAL, 0))
    for _ in range(10_000):
        journal.append(JournalEntry(replace(journal[-1].id, number=len(journal) + 1), undo(journal[-1], 0)))
    assert without_undone(journal) == (journal[0],)
    assert without_undone(journal[:-1]) == ()


def test_entries_of_several_devices_are_taken_by_their_moments() -> None:
    desk = logged(review(CAPITAL, 0, 5), review(CAPITAL, 7, 3), device="desk")
    phone = logged(review(CAPITAL, 1, 4), device="phone")
    assert in_order([*desk, *phone]) == [desk[0], phone[0], desk[1]]
    assert replay([*phone, *desk], find_scheduler)[CAPITAL] == Schedule(
        StudyDay(23), StudyDay(7), 16, drill=True, memory=Sm2Memory(3, 246)
    )


def test_a_clock_that_was_set_back_does_not_change_the_order_on_its_device() -> None:
    desk = logged(review(CAPITAL, 9), review(CAPITAL, 3))
    assert in_order(reversed(desk)) == desk


def test_an_undo_holds_even_where_its_clock_is_behind_that_of_its_target() -> None:
    fast = logged(Review(CAPITAL, moment(1, at=2_000), Grade.GOOD, "sm2-paper"), device="fast")
    slow = logged(Undo(CAPITAL, moment(1, at=1_000), fast[0].id), device="slow")
    assert replay([*fast, *slow], find_scheduler) == {}


@given(st.sampled_from([tuple(PROFILES), ("fsrs",)]).flatmap(lambda names: journals(reviews(names))), st.data())
def test_a_journal_of_one_scheduler_may_be_replayed_in_two_parts(
    journal: Sequence[JournalEntry], data: st.DataObject
) -> None:
    facts = without_undone(journal)
    part = data.draw(st.integers(0, len(facts)))
    adopted = [
        JournalEntry(replace(record.id, device="a"), ImportedSchedule(card, moment(0, at=0), schedule, "first part"))
        for record, (card, schedule) in zip(facts, replay(facts[:part], find_scheduler).items(), strict=False)
    ]
    rest = [
        JournalEntry(replace(record.id, number=record.id.number + len(facts)), record.entry) for record in facts[part:]
    ]
    assert replay([*adopted, *rest], find_scheduler) == replay(journal, find_scheduler)


@given(journals())
def test_the_order_in_which_entries_arrive_changes_nothing(journal: Sequence[JournalEntry]) -> None:
    assert replay(reversed(journal), find_scheduler) == replay(journal, find_scheduler)


@given(journals())
def test_entries_about_other_cards_change_nothing(journal: Sequence[JournalEntry]) -> None:
    alone = replay((record for record in journal if record.entry.card == RIVER), find_scheduler)
    assert alone.get(RIVER, NEW) == replay(journal, find_scheduler).get(RIVER, NEW)


@given(journals())
def test_undoing_an_entry_that_has_no_undo_yet_is_as_if_it_had_never_been(journal: Sequence[JournalEntry]) -> None:
    targets = {record.entry.target for record in journal if isinstance(record.entry, Undo)}
    for record in journal:
        if record.id not in targets:
            last = JournalEntry(replace(record.id, number=len(journal) + 1), undo(record, 20_400))
            without = [other for other in journal if other.id != record.id]
            assert without_undone([*journal, last]) == without_undone(without)
