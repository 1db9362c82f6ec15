"""The day a learner means."""

import pytest
from tests.student import TODAY

from duly.errors import DulyError
from duly.study.parse_due_day import due_day, number_of_days


@pytest.mark.parametrize(
    ("text", "ahead"), [("0", 0), ("3", 3), (" +12 ", 12), ("１０", 10), ("2026-03-01", 0), ("2026-04-01", 31)]
)
def test_days_are_counted_from_today_or_named_by_their_date(text: str, ahead: int) -> None:
    assert due_day(text, TODAY) == TODAY + ahead


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "'' is not a day"), ("soon", "'soon' is not a day"), ("-1", "'-1' is not a day"),
     ("2026-02-30", "is not a day"),
     ("2026-02-28", "2026-02-28 is over"), ("40000", "40000 is too far away"), ("9999-01-01", "is too far away")],
)  # fmt: skip
def test_what_is_no_day_to_come_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(DulyError, match=why):
        due_day(text, TODAY)


def test_a_number_of_days_is_one_or_more() -> None:
    assert number_of_days("７") == 7
    for text in ("0", "", "x", "40000", "-2"):
        with pytest.raises(DulyError, match="is not a number of days"):
            number_of_days(text)
