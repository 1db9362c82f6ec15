"""Changing a setting in a file that a person keeps."""

from pathlib import Path

import pytest

from duly.errors import DulyError
from duly.settings import change_setting, read_settings

SETTINGS_TEXT = """\
# my settings
theme = "nord"   # dark

# not too many
new_per_day = 5

[keys]
"review.good" = "space,l"  # easier to reach
"""


def test_comments_order_and_all_other_lines_stay(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS_TEXT)
    assert change_setting(file, "new_per_day", 30).new_per_day == 30
    assert file.read_text() == SETTINGS_TEXT.replace("= 5", "= 30")


def test_a_new_setting_comes_before_the_first_table(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS_TEXT)
    assert change_setting(file, "fuzz", True).fuzz
    settings = read_settings(file)
    assert (settings.fuzz, settings.theme, dict(settings.keys)) == (True, "nord", {"review.good": "space,l"})
    assert set(SETTINGS_TEXT.splitlines()) < set(file.read_text().splitlines())


def test_a_default_takes_the_line_out(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS_TEXT)
    assert change_setting(file, "theme", None).theme == ""
    assert "theme" not in file.read_text()
    assert change_setting(file, "width", None) == read_settings(file)


def test_a_missing_file_is_created_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    change_setting(file, "language", "zh")
    assert file.read_text() == 'language = "zh"\n'


@pytest.mark.parametrize(
    ("text", "name", "value", "why"),
    [("", "new_per_day", 10_000, "between 0 and 9999"), ("", "scheduler", "sm3", "should be one of"),
     ("", "colour", "red", "there is no setting 'colour'"), ("a = = 1", "width", 60, "cannot be read"),
     ("rollover = 99", "width", 60, "rollover is 99")],
)  # fmt: skip
def test_an_invalid_value_is_not_written(text: str, name: str, value: str | int, why: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(DulyError, match=why):
        change_setting(file, name, value)
    assert file.read_text() == text
