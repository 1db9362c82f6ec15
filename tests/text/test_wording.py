"""The words for grades and spans of days."""

import pytest

from duly.i18n import set_language
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.grade import BUTTONS, Grade
from duly.scheduling.schedule import NEW, FsrsMemory, Schedule
from duly.scheduling.sm2 import PROFILES
from duly.text.wording import grade_name, next_interval, span


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (6, "6 days"), (59, "59 days"), (60, "2.0 months"), (365, "12.0 months"), (729, "24.0 months"),
     (730, "2.0 years"), (3650, "10.0 years")],
)  # fmt: skip
def test_a_span_is_said_in_days_then_months_then_years(days: int, words: str) -> None:
    assert span(days) == words


def test_spans_and_grades_are_said_in_chinese() -> None:
    set_language("zh")
    assert span(3) == "3 天"
    assert [grade_name(grade) for grade in (Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY)] == [
        "重来", "困难", "良好", "简单",
    ]  # fmt: skip


def test_every_grade_has_a_name_of_its_own() -> None:
    assert len({grade_name(grade) for grade in Grade}) == len(Grade)


def test_a_grade_that_asks_again_today_is_marked() -> None:
    today = StudyDay(20_000)
    futures = PROFILES["sm2-paper"].outcomes(NEW, today)
    assert next_interval(futures[Grade.AGAIN], today) == "↻ 1 day"
    assert next_interval(futures[Grade.EASY], today) == "1 day"


def test_grades_that_lead_to_one_day_under_fsrs_show_one_day() -> None:
    today = StudyDay(20_001)
    forgettable = Schedule(today, StudyDay(20_000), 1, memory=FsrsMemory(0.3, 9.9))
    interval_texts = {
        grade: next_interval(outcome, today) for grade, outcome in Fsrs().outcomes(forgettable, today).items()
    }
    assert [interval_texts[grade] for grade in BUTTONS] == ["↻ 1 day", "1 day", "1 day", "1 day"]
