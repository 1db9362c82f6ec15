"""Taking over what was learned in Anki."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.scheduling.histories import CAPITAL, DAY_LENGTH, RIVER, moment, review
from tests.student import EVENING, Student, answer, day, ids

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds
from duly.scheduling.foreign_progress import ForeignProgress
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import (
    Entry,
    EntryId,
    ImportedSchedule,
    JournalEntry,
    Moment,
    Reset,
    Review,
    Star,
    Suspend,
)
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.card_actions import perform
from duly.study.import_into_journal import ImportReport, import_into_journal
from duly.study.undo import redo, undo

NOW = moment(50)
STANDS = Schedule(interval=30, lapses=1, due=StudyDay(60), last=StudyDay(30), memory=Sm2Memory(2, 210))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "duly.db") as journal:
        yield journal


def given(entry: Entry) -> JournalEntry:
    """An entry as Anki's log has it."""
    return JournalEntry(EntryId("anki", entry.moment.at), entry)


def anki(card: CardId, *entries: Entry, stands: Schedule | None = None, suspended: bool = False) -> ForeignProgress:
    return ForeignProgress(card, tuple(map(given, entries)), stands, suspended)


def begun(stood: Schedule, before: int) -> JournalEntry:
    """How Anki's log begins in the middle, with an answer on the day `before`."""
    noon = moment(before).at
    return JournalEntry(
        EntryId("anki:begun", noon), ImportedSchedule(CAPITAL, moment(before, at=noon - 1), stood, "Anki")
    )


def schedules(journal: Journal) -> dict[CardId, Schedule]:
    """The schedules, which are always those that a replay gives."""
    assert journal.schedules() == replay(journal.entries(), find_scheduler)
    return journal.schedules()


def write(journal: Journal, *entries: Entry) -> None:
    """What was done here, one step after another."""
    for entry in entries:
        perform(journal, [entry.card], lambda _card, _before, entry=entry: entry)  # type: ignore[misc]


def test_answers_are_replayed_and_taken_over_once(journal: Journal) -> None:
    log = [review(CAPITAL, 1, 5), review(CAPITAL, 2, 4), review(CAPITAL, 8, 4)]
    assert import_into_journal(journal, [anki(CAPITAL, *log), anki(RIVER)], NOW) == ImportReport(cards=1, answers=3)
    assert schedules(journal) == {
        CAPITAL: Schedule(interval=16, due=StudyDay(24), last=StudyDay(8), memory=Sm2Memory(3, 260))
    }
    before = list(journal.entries())
    assert import_into_journal(journal, [anki(CAPITAL, *log), anki(RIVER)], NOW) == ImportReport(known=3)
    assert list(journal.entries()) == before
    assert import_into_journal(journal, [anki(CAPITAL, *log, review(CAPITAL, 24, 1))], NOW) == ImportReport(
        cards=1, answers=1, known=3
    )
    assert schedules(journal)[CAPITAL].lapses == 1


def test_answers_given_here_that_were_carried_there_are_known_and_later_ones_come_on_top(journal: Journal) -> None:
    write(journal, review(CAPITAL, 1), review(RIVER, 1), review(CAPITAL, 2))
    carried = [review(CAPITAL, 1), review(CAPITAL, 2)]
    river = [replace(review(RIVER, 1), moment=moment(1, at=moment(1).at + 1))]  # the next free millisecond
    report = import_into_journal(journal, [anki(CAPITAL, *carried, review(CAPITAL, 8)), anki(RIVER, *river)], NOW)
    assert report == ImportReport(cards=1, answers=1, known=3)
    assert schedules(journal)[CAPITAL].interval == 15


def test_an_answer_that_was_carried_there_and_undone_here_stays_undone(journal: Journal) -> None:
    write(journal, review(CAPITAL, 1), review(CAPITAL, 2))
    undo(journal, {CAPITAL}, NOW)
    assert import_into_journal(journal, [anki(CAPITAL, review(CAPITAL, 1), review(CAPITAL, 2))], NOW) == ImportReport(
        known=2
    )
    assert schedules(journal)[CAPITAL].interval == 1


def test_answers_from_before_ours_take_their_place_in_time(journal: Journal) -> None:
    write(journal, review(CAPITAL, 8))
    import_into_journal(journal, [anki(CAPITAL, review(CAPITAL, 1), review(CAPITAL, 2))], NOW)
    assert schedules(journal)[CAPITAL].interval == 15


def test_two_collections_of_one_learner_add_up_in_either_order(tmp_path: Path) -> None:
    phone = anki(CAPITAL, review(CAPITAL, 1), review(CAPITAL, 2), review(CAPITAL, 8))
    desktop = anki(CAPITAL, review(CAPITAL, 1), review(CAPITAL, 2), review(CAPITAL, 9, 2))
    results = []
    for name, order in (("a", (phone, desktop)), ("b", (desktop, phone))):
        with Journal.open(tmp_path / name) as journal:
            assert [import_into_journal(journal, [progress], NOW).answers for progress in order] == [3, 1]
            results.append((set(journal.entries()), schedules(journal)))
    assert results[0] == results[1]


def test_a_card_without_a_log_is_adopted_as_it_stands_once(journal: Journal) -> None:
    assert import_into_journal(journal, [anki(CAPITAL, stands=STANDS)], NOW) == ImportReport(cards=1, adopted=1)
    assert schedules(journal) == {CAPITAL: STANDS}
    assert (
        import_into_journal(journal, [anki(CAPITAL, stands=replace(STANDS, due=StudyDay(61)))], NOW) == ImportReport()
    )


def test_what_a_killed_sync_has_already_written_is_not_written_again(journal: Journal) -> None:
    """It wrote the journal, but not yet the state of the cards in Anki, so the next one sees them as changed."""
    suspended = ForeignProgress(CAPITAL, is_suspended=True, was_suspended=False)
    buried = ForeignProgress(RIVER, was_suspended=False, is_buried=True, star_change=True)
    assert import_into_journal(journal, [suspended, buried], NOW) == ImportReport(
        cards=2, suspended=1, buried=1, stars=1
    )
    assert import_into_journal(journal, [suspended, buried], NOW) == ImportReport()
    resumed = ForeignProgress(CAPITAL, is_suspended=False, was_suspended=True)
    assert import_into_journal(journal, [resumed], NOW) == ImportReport(cards=1, resumed=1)
    assert import_into_journal(journal, [resumed], NOW) == ImportReport()


def test_a_card_that_was_suspended_on_both_sides_is_suspended_once(journal: Journal) -> None:
    write(journal, Suspend(CAPITAL, moment(1)))
    suspended = ForeignProgress(CAPITAL, is_suspended=True, was_suspended=False)
    assert import_into_journal(journal, [suspended], NOW) == ImportReport()
    assert schedules(journal)[CAPITAL].suspended


@pytest.mark.parametrize("here", [review(CAPITAL, 3), Reset(CAPITAL, moment(3))])
def test_a_card_that_was_learned_here_is_not_adopted(journal: Journal, here: Entry) -> None:
    write(journal, here)
    assert import_into_journal(journal, [anki(CAPITAL, stands=STANDS)], NOW) == ImportReport()


def test_adopting_a_card_leaves_it_suspended_and_starred(journal: Journal) -> None:
    write(journal, Suspend(CAPITAL, moment(1)), Star(CAPITAL, moment(1)))
    import_into_journal(journal, [anki(CAPITAL, stands=STANDS)], NOW)
    assert schedules(journal) == {CAPITAL: replace(STANDS, suspended=True, starred=True)}


def test_a_log_that_begins_in_the_middle_goes_on_from_there(journal: Journal) -> None:
    stood = Schedule(interval=10, due=StudyDay(20), last=StudyDay(10), memory=Sm2Memory(2, 200))
    begun = JournalEntry(
        EntryId("anki:begun", moment(20).at), ImportedSchedule(CAPITAL, moment(20, moment(20).at - 1), stood, "Anki")
    )
    log = ForeignProgress(CAPITAL, (begun, given(review(CAPITAL, 20))), STANDS)
    assert import_into_journal(journal, [log], NOW) == ImportReport(cards=1, answers=1, earlier=1)
    assert schedules(journal)[CAPITAL] == replace(
        stood, interval=20, due=StudyDay(40), last=StudyDay(20), memory=Sm2Memory(3, 200)
    )
    assert import_into_journal(journal, [log], NOW) == ImportReport(known=1, earlier=1)


def test_where_a_card_was_learned_here_before_the_log_begins_there_its_history_here_counts(journal: Journal) -> None:
    write(journal, review(CAPITAL, 1), review(CAPITAL, 2))
    assert (
        import_into_journal(
            journal, [ForeignProgress(CAPITAL, (begun(STANDS, 8), given(review(CAPITAL, 8))))], NOW
        ).answers
        == 1
    )
    assert schedules(journal)[CAPITAL].interval == 15


def test_a_reset_there_is_one_here(journal: Journal) -> None:
    log = anki(CAPITAL, review(CAPITAL, 1), Reset(CAPITAL, moment(2)), review(CAPITAL, 3, 5))
    assert import_into_journal(journal, [log], NOW) == ImportReport(cards=1, answers=2)
    assert schedules(journal) == {
        CAPITAL: Schedule(interval=1, due=StudyDay(4), last=StudyDay(3), memory=Sm2Memory(1, 260))
    }


def test_suspension_follows_anki_only_where_anki_changes_its_mind(journal: Journal) -> None:
    def imported(suspended: bool) -> tuple[int, int, bool]:
        report = import_into_journal(journal, [anki(CAPITAL, suspended=suspended)], NOW)
        return report.suspended, report.resumed, schedules(journal).get(CAPITAL, NEW).suspended

    assert imported(True) == (1, 0, True)
    assert imported(True) == (0, 0, True)
    assert imported(False) == (0, 1, False)
    assert imported(False) == (0, 0, False)
    write(journal, Suspend(CAPITAL, moment(51)))
    assert imported(False) == (0, 0, True)


def test_due_days_are_worked_out_anew_unless_those_of_anki_are_to_be_kept(journal: Journal) -> None:
    log = anki(CAPITAL, review(CAPITAL, 1), review(CAPITAL, 2), stands=STANDS)
    assert import_into_journal(journal, [log], NOW) == ImportReport(cards=1, answers=2, earlier=1)
    assert schedules(journal)[CAPITAL].due == 8
    assert import_into_journal(journal, [log], NOW, keep_due=True) == ImportReport(cards=1, known=2, moved=1)
    assert schedules(journal)[CAPITAL].due == STANDS.due
    assert import_into_journal(journal, [log], NOW, keep_due=True) == ImportReport(known=2)
    soon = replace(log, schedule=replace(STANDS, due=StudyDay(55)))
    assert import_into_journal(journal, [soon], NOW) == ImportReport(known=2, later=1)


def test_a_due_day_is_not_kept_where_the_card_was_answered_here_since(journal: Journal) -> None:
    log = anki(CAPITAL, review(CAPITAL, 1), stands=STANDS)
    import_into_journal(journal, [log], NOW)
    write(journal, review(CAPITAL, 2))
    assert import_into_journal(journal, [log], NOW, keep_due=True) == ImportReport(known=1)
    assert schedules(journal)[CAPITAL].due == 8


def test_where_anything_fails_nothing_is_taken_over(journal: Journal) -> None:
    def broken() -> Sequence[ForeignProgress]:
        impossible = Moment(2**70, StudyDay(1), 0)
        return [anki(CAPITAL, review(CAPITAL, 1)), anki(RIVER, Suspend(RIVER, impossible))]

    with pytest.raises(OverflowError):
        import_into_journal(journal, broken(), NOW)
    assert list(journal.entries()) == []
    assert journal.schedules() == {}


def test_undo_takes_back_what_was_done_here_and_leaves_alone_what_was_done_in_anki(journal: Journal) -> None:
    write(journal, review(RIVER, 1), review(CAPITAL, 1))
    log = anki(CAPITAL, review(CAPITAL, 2), review(CAPITAL, 8), stands=STANDS, suspended=True)
    import_into_journal(journal, [log], NOW, keep_due=True)
    taken_back = [undo(journal, {CAPITAL, RIVER}, NOW) for _ in range(3)]
    assert [step and step.card for step in taken_back] == [CAPITAL, RIVER, None]
    assert schedules(journal).keys() == {CAPITAL}
    assert schedules(journal)[CAPITAL].repetitions == 2
    import_into_journal(journal, [anki(CAPITAL, review(CAPITAL, 9))], NOW)
    redone = redo(journal, {CAPITAL, RIVER}, NOW)
    assert redone is not None
    assert redone.card == RIVER
    assert RIVER in schedules(journal)


def test_what_was_answered_on_a_phone_today_is_done_for_today_in_the_terminal(tmp_path: Path) -> None:
    student = Student(tmp_path)
    student.writes("- {q: one, a: x, id: one}\n- {q: two, a: x, id: two}\n- {q: three, a: x, id: three}\n")
    collection = student.collection()
    session = collection.session()
    assert ids(session.queue.new) == ["one/front", "two/front", "three/front"]
    answer(session, Grade.GOOD, "one/front")
    two = CardId.parse("two/front")
    phone = Review(two, Moment(milliseconds(EVENING), day(0), 480), Grade.AGAIN, "sm2-paper")
    import_into_journal(collection.journal, [anki(two, phone)], Moment(milliseconds(EVENING), day(0), 480))
    session = collection.session()
    assert [ids(cards) for cards in (session.queue.new, session.queue.drills)] == [["three/front"], ["two/front"]]
    assert session.progress.done == 1
    assert student.schedule("two/front").due == day(1)
    student.leaves()


def test_many_answers_of_one_millisecond_are_all_taken_over(journal: Journal) -> None:
    noon = DAY_LENGTH // 2
    log = [replace(review(CAPITAL, 0), moment=moment(0, at=noon + at)) for at in range(5)]
    write(journal, replace(review(RIVER, 0), moment=moment(0, at=noon)))
    assert import_into_journal(journal, [anki(CAPITAL, *log)], NOW).answers == 5
