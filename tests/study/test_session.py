"""A session: asking, grading, going back, over days and beside other sessions."""

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.student import EVENING, Student, answer, day, ids

from duly.cards import DeckName
from duly.errors import DulyError
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import JournalEntry, Review, Suspend, Undo
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule, Sm2Memory
from duly.scheduling.scheduler_protocol import AnswerKind
from duly.settings import DeckLimits, Settings
from duly.study.record_fitting import write_parameters
from duly.study.scope import Scope
from duly.study.session import Session

ABC = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n"
ONE = "- {q: a, a: x, id: a}\n"
GOOD, AGAIN, HARD, EASY = Grade.GOOD, Grade.AGAIN, Grade.HARD, Grade.EASY


def written(student: Student) -> list[JournalEntry]:
    """The journal as another process reads it."""
    with Journal.open(student.folder / "duly.db") as journal:
        return list(journal.entries())


def asked(session: Session) -> str | None:
    return str(session.card.id) if session.card else None


# Grading


def test_an_answer_is_in_the_file_before_the_next_card_is_asked(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.reveal()
    session.grade(GOOD, took=1234)
    (logged,) = written(student)
    entry = logged.entry
    assert isinstance(entry, Review)
    assert (str(entry.card), entry.grade, entry.scheduler, entry.took) == ("a/front", GOOD, "sm2-paper", 1234)
    assert (entry.moment.at, entry.moment.day, entry.moment.offset) == (EVENING.timestamp() * 1000, day(0), 480)
    assert student.schedule("a/front") == Schedule(interval=1, due=day(1), last=day(0), memory=Sm2Memory(1))
    assert asked(session) == "b/front"


def test_no_card_is_graded_before_it_was_turned_over(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    with pytest.raises(ValueError, match="graded once it shows"):
        session.grade(GOOD)
    answer(session, GOOD)
    assert not session.is_revealed
    with pytest.raises(ValueError, match="graded once it shows"):
        session.grade(GOOD)
    assert len(written(student)) == 1


def test_nothing_can_be_graded_when_today_is_done(student: Student) -> None:
    student.writes(ONE)
    session = student.session()
    answer(session, GOOD)
    session.reveal()
    assert (asked(session), session.is_revealed, session.schedule) == (None, False, NEW)
    with pytest.raises(ValueError, match="graded once it shows"):
        session.grade(GOOD)


@pytest.mark.parametrize(("took", "counted"), [(-5, 0), (59_999, 59_999), (3_600_000, 60_000)])
def test_the_time_an_answer_took_is_counted_up_to_a_minute(student: Student, took: int, counted: int) -> None:
    student.writes(ONE)
    session = student.session()
    session.reveal()
    session.grade(GOOD, took)
    entry = written(student)[0].entry
    assert isinstance(entry, Review) and entry.took == counted


def test_each_grade_leads_where_it_was_said_to_lead(student: Student) -> None:
    student.writes(ONE)
    for grade in Grade:
        session = student.session()
        future = session.outcomes[grade]
        session.reveal()
        assert session.grade(grade) == future
        session.undo()


def test_a_card_is_drilled_at_the_end_until_its_grade_is_four(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, AGAIN, "a/front")
    answer(session, HARD, "b/front")
    answer(session, GOOD, "c/front")
    answer(session, HARD, "a/front")
    answer(session, GOOD, "b/front")
    answer(session, AGAIN, "a/front")
    answer(session, EASY, "a/front")
    assert session.card is None
    assert student.schedule("a/front") == Schedule(interval=1, due=day(1), last=day(0), memory=Sm2Memory(1))


def test_drills_are_taken_up_by_the_next_session(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, AGAIN, "a/front")
    answer(session, AGAIN, "b/front")
    again = student.session()
    answer(again, GOOD, "c/front")
    answer(again, GOOD, "a/front")
    answer(again, GOOD, "b/front")
    assert again.card is None


def test_a_journal_that_cannot_be_written_leaves_the_card_asked(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.reveal()
    session.journal._connection.execute("pragma busy_timeout = 0")
    other = sqlite3.connect(student.folder / "duly.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(DulyError, match="another program is using the database"):
        session.grade(GOOD)
    assert (asked(session), session.is_revealed, session.progress.done) == ("a/front", True, 0)
    other.close()
    session.grade(GOOD)
    assert len(written(student)) == 1


def test_fuzz_moves_the_due_day_and_never_the_interval(student: Student) -> None:
    student.writes("".join(f"- {{q: q{number}, a: x, id: n{number}}}\n" for number in range(12)))
    fuzzy = Settings(fuzz=True)
    for nights in (1, 8, 20):
        session = student.session(fuzzy)
        while session.card:
            answer(session, GOOD)
        student.sleeps(nights)
    schedules = [student.schedule(f"n{number}/front") for number in range(12)]
    assert {schedule.interval for schedule in schedules} == {15}
    assert len({schedule.due for schedule in schedules}) > 1


TWELVE = "".join(f"- {{q: q{number}, a: x, id: n{number}}}\n" for number in range(12))


@pytest.mark.parametrize("scheduler", ["sm2-paper", "fsrs"])
def test_balance_parts_cards_evenly_and_the_day_is_in_the_journal(student: Student, scheduler: str) -> None:
    student.writes(TWELVE)
    even = Settings(balance=True, scheduler=scheduler)
    for nights in (1, 30, 90):
        session = student.session(even)
        while session.card:
            answer(session, GOOD)
        student.sleeps(nights)
    days = Counter(student.schedule(f"n{number}/front").due for number in range(12))
    assert len(days) > 4
    assert max(days.values()) - min(days.values()) <= 1
    assert {logged.entry.due for logged in written(student)[-12:] if isinstance(logged.entry, Review)} == set(days)


@pytest.mark.parametrize(("scheduler", "moves"), [("fsrs", True), ("sm2-paper", False)])
def test_a_drill_is_balanced_under_fsrs_where_it_plans_a_day(student: Student, scheduler: str, moves: bool) -> None:
    student.writes(ONE)
    session = student.session(Settings(balance=True, scheduler=scheduler))
    answer(session, AGAIN)
    answer(session, EASY)
    last = written(student)[-1].entry
    assert isinstance(last, Review) and (last.due is not None) == moves


# Undo and redo


def test_undo_asks_the_card_again_turned_over_with_its_schedule_of_before(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, EASY, "a/front")
    step = session.undo()
    assert step is not None and isinstance(step.entry, Review) and step.entry.grade is EASY
    assert (asked(session), session.is_revealed, session.schedule) == ("a/front", True, NEW)
    assert student.schedule("a/front") == NEW
    session.grade(AGAIN)
    assert asked(session) == "b/front"


def test_undo_goes_back_without_end_through_new_sessions_and_days(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    for grade in (GOOD, AGAIN, EASY, GOOD):
        answer(session, grade)
    student.sleeps()
    later = student.session()
    for grade in (HARD, EASY):
        answer(later, grade)
    last = student.session()
    undone = []
    while (step := last.undo()) is not None:
        assert isinstance(step.entry, Review)
        assert (asked(last), last.is_revealed) == (str(step.card), True)
        undone.append((str(step.card), step.entry.grade))
    assert undone == [
        ("b/front", EASY),
        ("a/front", HARD),
        ("b/front", GOOD),
        ("c/front", EASY),
        ("b/front", AGAIN),
        ("a/front", GOOD),
    ]
    assert [student.schedule(f"{note}/front") for note in "abc"] == [NEW] * 3
    assert len(written(student)) == 12


def test_nothing_to_undo_is_nothing_written(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    assert (session.undo(), session.redo(), written(student)) == (None, None, [])


def test_undo_reaches_cards_of_other_decks_but_asks_only_those_of_this_one(student: Student) -> None:
    student.writes("deck: one\ncards:\n- {q: a, a: x, id: a}\n", "1.yaml")
    student.writes("deck: two\ncards:\n- {q: b, a: x, id: b}\n", "2.yaml")
    collection = student.collection()
    answer(collection.session(DeckName("one")), GOOD, "a/front")
    two = collection.session(DeckName("two"))
    step = two.undo()
    assert step is not None and str(step.card) == "a/front"
    assert (asked(two), two.is_revealed) == ("b/front", False)


def test_undo_asks_its_card_although_the_limit_would_bring_another(student: Student) -> None:
    student.writes("deck: one\ncards:\n- {q: a, a: x, id: a}\n", "1.yaml")
    student.writes("deck: two\ncards:\n- {q: b, a: x, id: b}\n", "2.yaml")
    collection = student.collection(Settings(new_per_day=1))
    answer(collection.session(DeckName("two")), GOOD, "b/front")
    everything = collection.session()
    assert everything.card is None
    everything.undo()
    assert (asked(everything), everything.is_revealed) == ("b/front", True)


def test_an_answer_to_a_card_that_is_gone_from_the_decks_is_passed_over(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, GOOD, "a/front")
    answer(session, GOOD, "b/front")
    student.writes("- {q: a, a: x, id: a}\n- {q: c, a: x, id: c}\n")
    step = student.session().undo()
    assert step is not None and str(step.card) == "a/front"
    assert student.schedule("b/front").repetitions == 1


def test_redo_gives_back_what_undo_took_one_by_one(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, GOOD)
    answer(session, EASY)
    before = [student.schedule(f"{note}/front") for note in "abc"]
    session.undo()
    session.undo()
    first, second, third = session.redo(), session.redo(), session.redo()
    assert first is not None and second is not None and third is None
    assert [(str(step.card), type(step.entry)) for step in (first, second)] == [
        ("a/front", Review),
        ("b/front", Review),
    ]
    assert [student.schedule(f"{note}/front") for note in "abc"] == before
    assert (asked(session), session.is_revealed) == ("c/front", False)
    undone = session.undo()
    assert undone is not None and str(undone.card) == "b/front"


def test_redo_ends_with_the_next_answer(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, GOOD)
    session.undo()
    session.grade(EASY)
    assert session.redo() is None
    assert student.schedule("a/front").easiness == 260


def test_redo_works_in_a_new_session(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, GOOD)
    session.undo()
    step = student.session().redo()
    assert step is not None and str(step.card) == "a/front"
    assert student.schedule("a/front").repetitions == 1


GRADES = st.lists(st.sampled_from([AGAIN, HARD, GOOD, EASY]), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(GRADES, st.integers(1, 3))
def test_after_a_redo_the_session_stands_where_it_stood_after_the_answer(grades: list[Grade], undos: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        student = Student(Path(folder))
        student.writes(ABC)
        session = student.session()
        stood = [(ids(session.queue.cards), asked(session), session.is_revealed)]
        for grade in grades:
            if session.card is not None:
                answer(session, grade)
                stood.append((ids(session.queue.cards), asked(session), session.is_revealed))
        undos = min(undos, len(stood) - 1)
        for _ in range(undos):
            session.undo()
        for then in stood[len(stood) - undos :]:
            session.redo()
            assert (ids(session.queue.cards), asked(session), session.is_revealed) == then
        student.leaves()


# Suspending


def test_a_suspended_card_is_asked_no_more_until_that_is_undone(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.reveal()
    suspended = session.suspend()
    assert suspended is not None and str(suspended.card) == "a/front"
    assert (asked(session), session.is_revealed) == ("b/front", False)
    assert asked(student.session()) == "b/front"
    step = session.undo()
    assert step is not None and isinstance(step.entry, Suspend)
    assert asked(session) == "a/front"
    assert student.schedule("a/front") == NEW


def test_suspending_keeps_the_schedule(student: Student) -> None:
    student.writes(ONE)
    session = student.session()
    answer(session, AGAIN)
    session.suspend()
    schedule = student.schedule("a/front")
    assert (schedule.suspended, schedule.drill, schedule.due) == (True, True, day(1))
    assert session.suspend() is None


def test_burying_a_note_is_one_step_and_its_cards_come_again_tomorrow(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a, reverse: true}\n- {q: b, a: x, id: b}\n")
    siblings = Settings(bury_siblings=False)
    session = student.session(siblings)
    step = session.bury(note=True)
    assert step is not None and [str(entry.card) for entry in step.entries] == ["a/front", "a/back"]
    assert ids(session.queue.cards) == ["b/front"]
    undone = session.undo()
    assert undone is not None and len(undone.entries) == 2
    assert (asked(session), ids(session.queue.cards)) == ("a/front", ["a/front", "a/back", "b/front"])
    session.redo()
    assert asked(session) == "b/front"
    student.sleeps()
    assert ids(student.session(siblings).queue.cards) == ["a/front", "a/back", "b/front"]


def test_burying_a_card_leaves_its_sibling(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a, reverse: true}\n")
    session = student.session(Settings(bury_siblings=False))
    session.bury()
    assert asked(session) == "a/back"


def test_a_suspended_note_is_asked_no_more(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a, reverse: true}\n")
    student.session().suspend(note=True)
    student.sleeps(30)
    assert student.session().card is None


def test_a_star_leaves_the_card_as_it_is_and_a_second_takes_it_off(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.reveal()
    session.star()
    assert (asked(session), session.is_revealed, session.schedule.starred) == ("a/front", True, True)
    session.star()
    assert not student.schedule("a/front").starred
    session.undo()
    assert (asked(session), session.is_revealed, session.schedule.starred) == ("a/front", True, True)


def test_a_card_that_was_put_off_comes_on_that_day(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.set_due(day(2))
    assert asked(session) == "b/front"
    session.set_due(day(0))
    assert asked(session) == "b/front"
    student.sleeps(2)
    assert ids(student.session().queue.reviews) == ["b/front", "a/front"]


def test_a_new_card_that_was_put_off_is_a_review_on_its_day_and_begun_by_its_answer(student: Student) -> None:
    student.writes(ABC)
    one_new = Settings(new_per_day=1)
    student.session().set_due(day(1))
    student.sleeps()
    session = student.session(one_new)
    assert (ids(session.queue.reviews), ids(session.queue.new)) == (["a/front"], ["b/front"])
    answer(session, Grade.GOOD, "a/front")
    assert session.summary().new == 1
    assert student.session(one_new).progress.new == 0


def test_a_card_that_is_begun_anew_is_a_new_card_of_that_day_also_after_a_restart(student: Student) -> None:
    student.writes(ABC)
    answer(student.session(), Grade.GOOD, "a/front")
    student.sleeps()
    student.collection().actions.reset([student.session().scope_cards[0].id])
    two_new = Settings(new_per_day=2)
    answer(student.session(two_new), Grade.GOOD, "a/front")
    assert student.session(two_new).progress.new == 1


def test_what_is_taken_back_besides_answers_shows_its_question(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    session.reveal()
    session.suspend()
    session.reveal()
    session.undo()
    assert (asked(session), session.is_revealed) == ("a/front", False)


def test_nothing_asked_is_nothing_to_set_aside(student: Student) -> None:
    student.writes(ONE)
    session = student.session()
    answer(session, GOOD)
    assert (session.suspend(note=True), session.bury(), session.star(), session.set_due(day(3))) == (None,) * 4
    assert len(written(student)) == 1


# What it is about


def test_a_query_chooses_the_cards(student: Student) -> None:
    student.writes("deck: d\ncards:\n- {q: a, a: x, id: a, tags: [t]}\n- {q: b, a: x, id: b}\n")
    student.writes("deck: e\ncards:\n- {q: c, a: x, id: c, tags: [t]}\n", "e.yaml")
    collection = student.collection()
    assert ids(collection.session(Scope(query="tag:t")).queue.cards) == ["a/front", "c/front"]
    assert ids(collection.session(Scope(DeckName("d"), "tag:t")).queue.cards) == ["a/front"]
    with pytest.raises(DulyError, match="is:odd is unknown"):
        collection.session(Scope(query="is:odd"))


def test_a_card_that_its_query_no_longer_finds_stays_in_the_session(student: Student) -> None:
    student.writes(ABC)
    collection = student.collection()
    session = collection.session(Scope(query="is:new"))
    answer(session, AGAIN, "a/front")
    collection.reread()
    session.update_decks(collection.decks)
    assert ids(session.queue.cards) == ["b/front", "c/front", "a/front"]
    assert session.progress.total == 3


def test_ahead_asks_what_comes_due_and_waiting_counts(student: Student) -> None:
    student.writes(ABC)
    first = student.session()
    answer(first, GOOD, "a/front")
    student.sleeps()
    answer(student.session(), GOOD, "a/front")
    student.sleeps(2)
    assert ids(student.session().queue.cards) == ["b/front", "c/front"]
    collection = student.collection(Settings(reviews_per_day=0))
    ahead = collection.session(Scope(days_ahead=7))
    assert ids(ahead.queue.cards) == ["a/front"]
    ahead.reveal()
    assert ahead.grade(GOOD).kind is AnswerKind.AHEAD
    assert ahead.card is None
    assert student.schedule("a/front") == Schedule(interval=6, due=day(9), last=day(3), memory=Sm2Memory(2))
    undone = ahead.undo()
    assert undone is not None and asked(ahead) == "a/front"


def test_practice_asks_every_card_that_is_not_suspended_and_writes_nothing(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a, reverse: true}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n")
    session = student.session()
    answer(session, GOOD, "a/front")
    session.suspend()
    before = written(student)
    practice = student.collection(Settings(new_per_day=0)).practice(Scope(query="-id:x"))
    assert ids(practice.queue.cards) == ["a/front", "a/back", "c/front"]
    answer(practice, AGAIN, "a/front")
    answer(practice, EASY, "a/back")
    assert practice.undo() is not None and asked(practice) == "a/back"
    answer(practice, GOOD, "a/back")
    answer(practice, GOOD, "c/front")
    answer(practice, GOOD, "a/front")
    assert practice.card is None and practice.summary().answers == 4
    practice.journal.close()
    assert written(student) == before


def test_practice_of_a_query_knows_the_real_schedules(student: Student) -> None:
    student.writes(ABC)
    answer(student.session(), GOOD, "a/front")
    practice = student.collection().practice(Scope(query="-is:new"))
    assert ids(practice.queue.cards) == ["a/front"]
    practice.journal.close()


def test_the_limit_of_a_deck_holds_over_sessions_of_one_day(student: Student) -> None:
    student.writes("deck: d\ncards:\n- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n", "1.yaml")
    student.writes("deck: e\ncards:\n- {q: c, a: x, id: c}\n", "2.yaml")
    one_a_day = Settings(decks={"d": DeckLimits(new_per_day=1)})
    answer(student.session(one_a_day), GOOD, "a/front")
    assert ids(student.session(one_a_day).queue.cards) == ["c/front"]
    student.sleeps()
    assert ids(student.session(one_a_day).queue.new) == ["b/front", "c/front"]


# Progress, days, decks


def test_progress_counts_cards_not_answers(student: Student) -> None:
    student.writes(ABC)
    session = student.session()

    def seen() -> tuple[int, int, int, int, int]:
        now = session.progress
        return now.done, now.total, now.new, now.drills, now.due

    assert seen() == (0, 3, 3, 0, 0)
    answer(session, AGAIN)
    assert seen() == (0, 3, 2, 1, 0)
    answer(session, GOOD)
    assert seen() == (1, 3, 1, 1, 0)
    answer(session, GOOD)
    answer(session, GOOD, "a/front")
    assert seen() == (3, 3, 0, 0, 0)
    session.undo()
    assert seen() == (2, 3, 0, 1, 0)
    assert student.session().progress == session.progress


def test_progress_counts_only_the_deck_that_is_asked(student: Student) -> None:
    student.writes("deck: one\ncards:\n- {q: a, a: x, id: a}\n", "1.yaml")
    student.writes("deck: two\ncards:\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n", "2.yaml")
    collection = student.collection()
    answer(collection.session(DeckName("one")), GOOD)
    two = collection.session(DeckName("two")).progress
    assert (two.done, two.total) == (0, 2)
    assert (collection.session().progress.done, collection.session().progress.total) == (1, 3)


def test_the_limit_of_new_cards_holds_over_sessions_of_one_day(student: Student) -> None:
    student.writes(ABC)
    two_a_day = Settings(new_per_day=2)
    answer(student.session(two_a_day), GOOD, "a/front")
    session = student.session(two_a_day)
    answer(session, GOOD, "b/front")
    assert session.card is None
    student.sleeps()
    tomorrow = student.session(two_a_day).progress
    assert (tomorrow.due, tomorrow.new) == (2, 1)


def test_a_sibling_waits_for_another_day(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a, reverse: true}\n")
    session = student.session()
    answer(session, GOOD, "a/front")
    assert session.card is None
    assert student.session().card is None
    student.sleeps()
    session = student.session()
    answer(session, GOOD, "a/front")
    assert session.card is None
    student.sleeps()
    answer(student.session(), GOOD, "a/back")


@pytest.mark.parametrize(("rollover", "hours", "ahead"), [(4, 6, 0), (4, 7, 1), (0, 2, 0), (0, 3, 1)])
def test_an_answer_counts_to_the_day_that_ends_at_the_rollover(
    student: Student, rollover: int, hours: int, ahead: int
) -> None:
    student.writes(ONE)
    student.now = EVENING + timedelta(hours=hours)
    answer(student.session(Settings(rollover=rollover)), GOOD)
    assert student.schedule("a/front").last == day(ahead)


def test_a_session_left_open_overnight_goes_on_with_the_new_day(student: Student) -> None:
    student.writes(ABC)
    session = student.session(Settings(new_per_day=2))
    answer(session, GOOD, "a/front")
    student.sleeps()
    answer(session, GOOD, "b/front")
    assert student.schedule("b/front").last == day(1)
    assert ids(session.queue.cards) == ["a/front", "c/front"]
    assert (session.progress.done, session.progress.total) == (1, 3)


def test_a_clock_set_back_by_a_day_makes_no_answer_older_than_the_last(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    answer(session, GOOD, "a/front")
    student.now -= timedelta(days=1)
    answer(session, GOOD, "b/front")
    answer(student.session(), GOOD, "c/front")
    assert [student.schedule(f"{note}/front").last for note in "abc"] == [day(0)] * 3


def test_decks_read_again_keep_the_asked_card_in_front(student: Student) -> None:
    student.writes(ABC)
    collection = student.collection()
    session = collection.session()
    answer(session, GOOD, "a/front")
    student.writes("- {q: z, a: new, id: z}\n" + ABC)
    collection.reread()
    session.update_decks(collection.decks)
    assert asked(session) == "b/front"
    assert ids(session.queue.cards) == ["b/front", "z/front", "c/front"]


def test_decks_read_again_do_not_ask_what_another_session_has_answered(student: Student) -> None:
    student.writes(ABC)
    collection = student.collection()
    session = collection.session()
    answer(student.session(), GOOD, "a/front")
    session.update_decks(collection.decks)
    assert ids(session.queue.cards) == ["b/front", "c/front"]


def test_options_are_shuffled_anew_at_each_showing(student: Student) -> None:
    student.writes(ONE)
    session = student.session()
    first = session.shuffle_seed
    assert student.session().shuffle_seed == first
    answer(session, AGAIN)
    second = session.shuffle_seed
    student.sleeps()
    assert len({first, second, student.session().shuffle_seed}) == 3


def test_a_summary_of_today_is_the_same_after_a_restart(student: Student) -> None:
    student.writes(ABC)
    session = student.session()
    for grade in (AGAIN, GOOD, GOOD, GOOD):
        answer(session, grade)
    assert session.summary() == student.session().summary()
    assert (session.summary().answers, session.summary().cards) == (4, 3)


# Two sessions at once


def test_a_second_session_starts_from_what_the_other_wrote(student: Student) -> None:
    student.writes(ONE)
    first, two = student.session(), student.session()
    answer(first, AGAIN, "a/front")
    two.reveal()
    outcome = two.grade(GOOD)
    assert outcome.kind is AnswerKind.DRILL
    assert student.schedule("a/front") == outcome.schedule
    first.reveal()
    assert first.grade(EASY).kind is AnswerKind.EXTRA
    assert student.schedule("a/front") == outcome.schedule
    assert [logged.id.number for logged in written(student)] == [1, 2, 3]


def test_parameters_that_were_fitted_meanwhile_rule_the_next_answer(student: Student) -> None:
    student.writes(ONE)
    session = student.session(Settings(scheduler="fsrs"))
    write_parameters(student.collection().journal, [0.2, 1.2, 40.0, *DEFAULT_PARAMETERS[3:]], session.clock.moment())
    answer(session, GOOD)
    assert student.schedule("a/front").interval == 40


FSRS_8, FSRS_95 = (Settings(scheduler="fsrs", retention=share) for share in (0.8, 0.95))


def test_an_answer_leads_where_the_settings_of_its_session_say_and_stays_there_for_the_other(student: Student) -> None:
    student.writes("- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n")
    answer(student.session(FSRS_8), EASY, "a/front")
    answer(student.session(FSRS_95), EASY, "b/front")
    intervals = [student.schedule(card).interval for card in ("a/front", "b/front")]
    assert intervals == [Fsrs(retention=share).interval(DEFAULT_PARAMETERS[3]) for share in (0.8, 0.95)]
    assert intervals[0] > intervals[1]
    again = student.session(FSRS_95)
    assert again.undo() is not None and again.redo() is not None
    assert [student.schedule(card).interval for card in ("a/front", "b/front")] == intervals


def test_a_card_goes_from_sm2_to_fsrs_and_back_and_undo_leads_back_through_both(student: Student) -> None:
    student.writes(ONE)
    stood = [NEW]
    for chosen in (Settings(), FSRS_8, Settings(), FSRS_95):
        answer(student.session(chosen), GOOD, "a/front")
        stood.append(student.schedule("a/front"))
        student.sleeps(900)
    assert [type(schedule.memory) for schedule in stood[1:]] == [Sm2Memory, FsrsMemory, Sm2Memory, FsrsMemory]
    assert [schedule.easiness for schedule in stood[1::2]] == [250, 250]
    assert stood[3].repetitions == 3  # of all three answers, whoever ruled the second
    last = student.session()
    for before in reversed(stood[:-1]):
        assert last.undo() is not None
        assert student.schedule("a/front") == before


@pytest.mark.parametrize(("grade", "again"), [(AGAIN, True), (HARD, False), (GOOD, False)])
def test_under_fsrs_only_what_was_forgotten_is_asked_again_today(student: Student, grade: Grade, again: bool) -> None:
    student.writes(ONE)
    session = student.session(Settings(scheduler="fsrs"))
    answer(session, grade)
    assert asked(session) == ("a/front" if again else None)
    assert asked(student.session(Settings(scheduler="fsrs"))) == asked(session)  # after a restart as well


def test_undo_takes_back_what_another_session_did_last(student: Student) -> None:
    student.writes(ABC)
    first, two = student.session(), student.session()
    answer(first, GOOD, "a/front")
    answer(two, EASY, "a/front")
    answer(first, GOOD, "b/front")
    step = two.undo()
    assert step is not None and str(step.card) == "b/front"


# Anything at all


def answer_if_asked(session: Session, grade: Grade) -> None:
    if session.card is not None:
        answer(session, grade)


ACTIONS: dict[str, Callable[[Student, Session], object]] = {
    "again": lambda _, session: answer_if_asked(session, AGAIN),
    "hard": lambda _, session: answer_if_asked(session, HARD),
    "good": lambda _, session: answer_if_asked(session, GOOD),
    "undo": lambda _, session: session.undo(),
    "redo": lambda _, session: session.redo(),
    "suspend": lambda _, session: session.suspend(),
    "bury the note": lambda _, session: session.bury(note=True),
    "star": lambda _, session: session.star(),
    "put off": lambda _, session: session.set_due(StudyDay(session.today + 2)),
    "sleep": lambda student, _: student.sleeps(),
    "holiday": lambda student, _: student.sleeps(9),
    "clock set back": lambda student, _: student.sleeps(-2),
}
SETTINGS = st.sampled_from(
    [
        Settings(),
        Settings(fuzz=True),
        Settings(balance=True),
        Settings(scheduler="fsrs", retention=0.8),
        Settings(scheduler="fsrs", retention=0.95, balance=True),
    ]
)
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 1)), max_size=25)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.tuples(SETTINGS, SETTINGS))
def test_schedules_always_equal_the_replay_of_the_journal_whatever_each_session_is_set_to(
    steps: list[tuple[str, int]], both: tuple[Settings, Settings]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        student = Student(Path(folder))
        student.writes("- {q: a, a: x, id: a, reverse: true}\n- {q: b, a: x, id: b}\n")
        sessions = [student.session(each) for each in both]
        entries: list[JournalEntry] = []
        for action, which in steps:
            ACTIONS[action](student, sessions[which])
            before, entries = entries, written(student)
            assert entries[: len(before)] == before
            student.schedule("a/front")
        last = student.session()
        while last.undo() is not None:
            pass
        assert [student.schedule(card) for card in ("a/front", "a/back", "b/front")] == [NEW] * 3
        assert all(isinstance(logged.entry, Undo) for logged in written(student)[len(entries) :])
        student.leaves()
