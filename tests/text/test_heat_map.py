"""The heat map: a line of months above a column for each week."""

import pytest

from duly.i18n import set_language
from duly.markup.terminal.styled_lines import line_text
from duly.scheduling.day import StudyDay
from duly.text.charts.heat_map import heat_map

MONTHS = {
    "en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    "zh": {f"{number}月" for number in range(1, 13)},
}


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize(("width", "months"), [(40, 7), (60, 11), (78, 11), (120, 11)])
def test_a_space_parts_the_names_of_the_months_and_none_is_left_out(language: str, width: int, months: int) -> None:
    set_language(language)
    for today in range(20_000, 20_366, 5):
        names = line_text(heat_map({}, StudyDay(today), width)[0]).split()
        assert len(names) >= months and set(names) <= MONTHS[language], (today, names)
