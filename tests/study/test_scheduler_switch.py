"""Looking at a switch of schedulers before it is made, and moving the cards."""

from dataclasses import replace

from hypothesis import given
from tests.scheduling.histories import CAPITAL, journals, logged, moment, review
from tests.student import Student, answer, day

from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import ALL_CARDS, Entry, Fitting, ImportedSchedule, JournalEntry, SetDue
from duly.scheduling.replay import replay
from duly.scheduling.schedule import Schedule
from duly.scheduling.scheduler_registry import find_scheduler
from duly.settings import Settings
from duly.study.scheduler_switch import PERIODS, SwitchPreview, move_cards, preview_switch, schedules_under

FSRS = Settings(scheduler="fsrs")


def test_periods_follow_each_other_without_a_gap() -> None:
    assert [first for first, _ in PERIODS[1:]] == [last + 1 for _, last in PERIODS[:-1] if last is not None]


def test_cards_are_counted_on_their_days_and_on_those_of_the_other_scheduler(student: Student) -> None:
    student.writes("".join(f"- {{q: q{number}, a: x, id: n{number}}}\n" for number in range(4)))
    session = student.session()
    for grade in (Grade.EASY, Grade.GOOD, Grade.AGAIN):
        answer(session, grade)
    session.suspend()
    preview = preview_switch(student.collection(), FSRS)
    assert {str(card): due for card, due in preview.old_days.items()} == {
        f"n{number}/front": day(1) for number in range(3)
    }
    assert {str(card): due for card, due in preview.new_days.items()} == {
        "n0/front": day(8), "n1/front": day(2), "n2/front": day(1),
    }  # fmt: skip
    assert (preview.earlier, preview.later) == (0, 2)
    assert preview.counts() == [(0, 0), (3, 1), (0, 1), (0, 1), (0, 0), (0, 0), (0, 0)]


def test_a_look_changes_nothing(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    answer(student.session(), Grade.EASY)
    before = student.schedule("a/front")
    preview_switch(student.collection(), FSRS)
    assert student.schedule("a/front") == before


def test_another_retention_is_looked_at_as_well(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n")
    answer(student.session(FSRS), Grade.EASY)
    preview = preview_switch(student.collection(FSRS), replace(FSRS, retention=0.8))
    assert (list(preview.old_days.values()), list(preview.new_days.values())) == ([day(8)], [day(28)])


def test_moved_cards_come_on_the_new_days_and_undo_takes_it_back_whole(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n")
    session = student.session()
    answer(session, Grade.EASY)
    answer(session, Grade.GOOD)
    collection = student.collection()
    step = move_cards(collection, preview_switch(collection, FSRS))
    assert step is not None and len(step.entries) == 2
    assert [student.schedule(f"{name}/front").due for name in "ab"] == [day(8), day(2)]
    assert move_cards(collection, preview_switch(collection, FSRS)) is None
    collection.undo()
    assert [student.schedule(f"{name}/front").due for name in "ab"] == [day(1), day(1)]


def test_overdue_cards_count_for_today() -> None:
    late = SwitchPreview(Settings(), FSRS, day(0), {CAPITAL: day(-9)}, {CAPITAL: day(700)})
    assert late.counts() == [(1, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 1)]


def test_the_scheduler_that_is_asked_rules_with_its_own_retention_and_parameters() -> None:
    mine = Fsrs((0.3, 1.0, 30.0, *DEFAULT_PARAMETERS[3:]), retention=0.8)
    entries = logged(
        review(CAPITAL, 20_000, scheduler="fsrs", due=20_001),
        Fitting(ALL_CARDS, moment(20_000), DEFAULT_PARAMETERS),
    )
    assert schedules_under(mine, entries)[CAPITAL].due == 20_000 + mine.interval(30.0)


def test_a_day_set_by_hand_and_a_card_without_answers_stay_where_they_are() -> None:
    imported = Schedule(StudyDay(20_050), StudyDay(20_000), 50)
    facts: list[Entry] = [ImportedSchedule(CAPITAL, moment(20_000), imported, "x")]
    assert schedules_under(Fsrs(), logged(*facts))[CAPITAL].due == 20_050
    facts.append(SetDue(CAPITAL, moment(20_001), StudyDay(20_060)))
    assert schedules_under(Fsrs(), logged(*facts))[CAPITAL].due == 20_060


@given(journals())
def test_ruled_by_sm2_alone_every_card_that_was_learned_is_still_there(entries: list[JournalEntry]) -> None:
    assert schedules_under(find_scheduler("sm2-paper"), entries).keys() == replay(entries, find_scheduler).keys()
