"""What is left of today, counted."""

from tests.student import Student, answer

from duly.scheduling.grade import Grade
from duly.settings import DEFAULTS, Settings
from duly.study.collection import DueCounts, due_counts
from duly.study.decks import read_decks

TWO = "- q: one\n  a: '1'\n- q: two\n  a: '2'\n"


def left(student: Student, settings: Settings = DEFAULTS) -> DueCounts:
    decks, journal = read_decks([student.folder]), student.collection().journal
    return due_counts(decks, journal, settings, lambda: student.now)


def sorts(left: DueCounts) -> tuple[int, ...]:
    return tuple(left[sort] for sort in ("due", "drill", "new", "done"))


def test_what_is_left_is_told_of_all_and_of_each_deck(student: Student) -> None:
    student.writes(TWO)
    counts = left(student)
    assert sorts(counts) == (0, 0, 2, 0)
    assert counts["decks"] == [{"deck": "deck", "due": 0, "drill": 0, "new": 2, "total": 2}]


def test_an_answer_an_edit_a_day_and_a_setting_count(student: Student) -> None:
    student.writes(TWO)
    answer(student.session(), Grade.GOOD)
    assert sorts(left(student)) == (0, 0, 1, 1)
    student.writes(TWO + "- q: three\n  a: '3'\n")
    assert sorts(left(student)) == (0, 0, 2, 1)
    student.sleeps()
    assert sorts(left(student)) == (1, 0, 2, 0)
    assert sorts(left(student, Settings(new_per_day=1))) == (1, 0, 1, 0)
