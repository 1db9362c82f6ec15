"""The heat map: a line of months above a column for each week."""

import pytest

from duly.i18n import set_language
from duly.markup.terminal.lines import text
from duly.scheduling.day import StudyDay
from duly.text.charts.heat_map import heat_map

MONTHS = {
    "en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    "zh": {f"{number}月" for number in range(1, 13)},
}


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize("width", [40, 60, 78, 120])
def test_a_space_parts_the_names_of_the_months(language: str, width: int) -> None:
    set_language(language)
    for today in range(20_000, 20_366, 5):
        names = text(heat_map({}, StudyDay(today), width)[0]).split()
        assert names and set(names) <= MONTHS[language], (today, names)
