"""Study days: read off the wall clock, also where it jumps."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.vectors import VECTORS

from duly.scheduling.day import bounds, calendar_date, milliseconds, offset_minutes, study_day


@pytest.mark.parametrize(
    "item", VECTORS["learning_day"]["items"], ids=lambda item: f"{item['local']}-{item['rollover_hour']}"
)
def test_a_moment_counts_to_the_day_its_wall_clock_says(item: dict[str, Any]) -> None:
    moment = datetime.fromisoformat(item["local"])
    assert study_day(moment, item["rollover_hour"]) == item["learning_day"]
    assert study_day(moment.astimezone(ZoneInfo(item["tz"])), item["rollover_hour"]) == item["learning_day"]


def test_a_study_day_begins_at_four_in_the_morning() -> None:
    night = datetime(2026, 11, 24, 3, 59, 59, tzinfo=UTC)
    assert calendar_date(study_day(night)) == date(2026, 11, 23)
    assert calendar_date(study_day(night + timedelta(seconds=1))) == date(2026, 11, 24)


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26)])
def test_the_days_on_which_clocks_change_are_one_study_day_each(day: date) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begins = datetime(day.year, day.month, day.day, 4, tzinfo=berlin).astimezone(UTC)
    ends = (datetime(day.year, day.month, day.day, 4, tzinfo=berlin) + timedelta(days=1)).astimezone(UTC)
    hours = int((ends - begins) / timedelta(hours=1))
    dates = {calendar_date(study_day((begins + timedelta(hours=hour)).astimezone(berlin))) for hour in range(hours)}
    assert dates == {day}
    assert calendar_date(study_day(ends.astimezone(berlin))) == day + timedelta(days=1)


def test_a_moment_is_kept_in_milliseconds_of_utc_and_minutes_of_offset() -> None:
    kolkata = datetime(1970, 1, 1, 5, 30, 1, 234_567, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert milliseconds(kolkata) == 1_234
    assert offset_minutes(kolkata) == 330
    assert offset_minutes(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))) == -210


@given(st.builds(datetime.combine, st.dates(date(1990, 1, 1)), st.times(), st.timezones()), st.integers(0, 23))
def test_no_rollover_moves_a_moment_by_more_than_a_day(moment: datetime, rollover: int) -> None:
    today = (moment.date() - date(1970, 1, 1)).days
    assert study_day(moment, rollover) in (today, today - 1)
    assert study_day(moment, 0) == today


@given(
    st.builds(datetime.combine, st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.times(), st.timezones()),
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
    st.integers(0, 23),
)
def test_a_moment_is_within_the_bounds_of_its_day_and_no_other(
    moment: datetime, later: timedelta, rollover: int
) -> None:
    day, other = study_day(moment, rollover), study_day(moment + later, rollover)
    begins, ends = bounds(day, rollover)
    assert begins <= moment.replace(tzinfo=None) < ends
    assert (begins <= (moment + later).replace(tzinfo=None) < ends) == (day == other)
