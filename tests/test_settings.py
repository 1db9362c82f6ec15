"""The learner's settings."""

from pathlib import Path

import pytest

from duly.errors import DulyError
from duly.scheduling.scheduler_registry import SCHEDULER_NAMES
from duly.settings import DEFAULTS, SCHEDULERS, DeckLimits, read_settings


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == DEFAULTS


def test_decks_have_limits_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[decks."ml::sparse"]\nnew_per_day = 5\n[decks.gpt]\nnew_per_day = 0\nreviews_per_day = 9\n'
    )
    assert dict(read_settings(tmp_path / "config.toml").decks) == {
        "ml::sparse": DeckLimits(new_per_day=5),
        "gpt": DeckLimits(new_per_day=0, reviews_per_day=9),
    }


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    assert read_settings(tmp_path / "config.toml") == DEFAULTS


def test_settings_in_the_file_replace_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'language = "zh"\nscheduler = "sm2-vendor"\nnew_per_day = 0\nrollover = 23\nraw_grades = true\n'
        '[keys]\n"review.good" = "space,l"\n'
    )
    settings = read_settings(tmp_path / "config.toml")
    assert (settings.language, settings.scheduler, settings.new_per_day, settings.rollover, settings.raw_grades) == (
        "zh",
        "sm2-vendor",
        0,
        23,
        True,
    )
    assert dict(settings.keys) == {"review.good": "space,l"}
    assert (settings.reviews_per_day, settings.width) == (DEFAULTS.reviews_per_day, DEFAULTS.width)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nwe_per_day = 3", "there is no setting 'nwe_per_day'; there are balance, bury_siblings, decks,"),
        ('new_per_day = "3"', "new_per_day is '3', but should be like 20"),
        ("new_per_day = true", "new_per_day is True, but should be like 20"),
        ("new_per_day = 3.5", "new_per_day is 3.5, but should be like 20"),
        ("new_per_day = -1", "new_per_day is -1, but should lie between 0 and 9999"),
        ("rollover = 24", "rollover is 24, but should lie between 0 and 23"),
        ("width = 19", "width is 19, but should lie between 20 and 400"),
        ("fuzz = 1", "fuzz is 1, but should be like False"),
        ('language = "fr"', "language is 'fr', but should be one of '', 'en', 'zh'"),
        ('scheduler = "sm3"', "scheduler is 'sm3', but should be one of 'sm2-paper',"),
        ("keys = 3", "keys is 3, but should be like {'review.good': 'space,l'}"),
        ("[keys]\nx = 3", "keys is {'x': 3}, but should be like"),
        ("decks = 3", 'write the limits of a deck like [decks."ml::sparse"], then lines with one of new_per_day, rev'),
        ("[decks.ml]\nwidth = 3", 'write the limits of a deck like [decks."ml::sparse"]'),
        ("[decks]\nml = 3", 'write the limits of a deck like [decks."ml::sparse"]'),
        ("[decks.ml]\nnew_per_day = -1", "new_per_day is -1, but should lie between 0 and 9999"),
        ("new_per_day = ", "the settings cannot be read: Invalid value"),
    ],
)
def test_invalid_settings_are_refused_with_their_file(line: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(line)
    with pytest.raises(DulyError) as caught:
        read_settings(file)
    assert str(caught.value).startswith(f"{file}: {sentence}")


def test_a_file_that_is_no_text_or_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"width = 88 # \xff\n")
    with pytest.raises(DulyError, match="the settings cannot be read"):
        read_settings(tmp_path / "config.toml")
    with pytest.raises(DulyError, match="the settings cannot be read"):
        read_settings(tmp_path)


def test_every_scheduler_that_can_be_set_exists() -> None:
    assert set(SCHEDULERS) == set(SCHEDULER_NAMES)


@pytest.mark.parametrize(("written", "language"), [("zh-CN", "zh"), ("zh_Hans", "zh"), ("EN", "en"), ("", "")])
def test_a_language_may_be_written_with_its_region(tmp_path: Path, written: str, language: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'language = "{written}"\n')
    assert read_settings(file).language == language
