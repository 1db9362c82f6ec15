"""``duly settings``: what is set, and a switch of schedulers looked at before it is made."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli import calling

from duly.cli import shared_options
from duly.locations import journal_file, settings_file
from duly.settings import DEFAULTS, read_settings


def call(*words: str, **how: str) -> Result:
    """A command as in a new process, which reads the settings anew."""
    shared_options.settings.cache_clear()
    return calling.call(*words, **how)


@pytest.fixture(autouse=True)
def learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DULY_NOW", "2026-11-24T21:30:00+08:00")
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text("- {q: one, a: x, id: one}\n- {q: two, a: x, id: two}\n")
    call("quiz", "--plain", input="\n4\n\n3\n")
    yield
    shared_options.settings.cache_clear()  # other tests have settings of their own


def days() -> list[str]:
    return [card["schedule"]["due"] for card in json.loads(call("list", "--json").stdout)]


def test_the_settings_are_printed_as_a_file_that_can_be_read_again() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('width = 70\n[decks.ml]\nnew_per_day = 3\n[keys]\n"review.good" = "l"\n')
    run = call("settings")
    assert run.stdout.startswith(f"# {settings_file()}\n")
    assert tomllib.loads(run.stdout)["decks"] == {"ml": {"new_per_day": 3}}
    copied_file = settings_file().with_name("again.toml")
    copied_file.write_text(run.stdout)
    assert read_settings(copied_file) == read_settings(settings_file())


def test_a_dry_run_shows_both_columns_and_changes_nothing() -> None:
    before = journal_file().read_bytes()
    run = call("settings", "--scheduler", "fsrs", "--dry-run")
    assert run.stdout.splitlines() == [
        "             sm2-paper  fsrs 0.9",
        "today                0         0",
        "tomorrow             2         0",
        "2–7 days             0         1",
        "8–30 days            0         1",
        "31–90 days           0         0",
        "91–365 days          0         0",
        "later                0         0",
        "",
        "Of 2 cards, 0 would come sooner and 2 later.",
        "Nothing was changed.",
    ]
    assert journal_file().read_bytes() == before
    assert not settings_file().exists()


def test_a_switch_is_in_the_settings_and_cards_keep_their_days() -> None:
    run = call("settings", "--scheduler", "fsrs", "--retention", "0.85")
    assert "A card keeps its day until you answer it" in run.stdout
    assert (read_settings(settings_file()).scheduler, read_settings(settings_file()).retention) == ("fsrs", 0.85)
    assert days() == ["2026-11-25", "2026-11-25"]


def test_rescheduled_cards_come_on_the_days_that_were_shown() -> None:
    run = call("settings", "--scheduler", "fsrs", "--reschedule")
    assert "2 cards were moved" in run.stdout
    assert days() == ["2026-12-02", "2026-11-26"]


def test_back_to_sm2_and_back_again_comes_to_the_same() -> None:
    preview = json.loads(call("settings", "--scheduler", "fsrs", "--json").stdout)
    assert preview["is_written"] is True
    call("settings", "--scheduler", "sm2-paper")
    assert read_settings(settings_file()) == DEFAULTS
    assert json.loads(call("settings", "--scheduler", "fsrs", "--json").stdout) == preview


def test_an_answer_after_the_switch_is_ruled_by_the_new_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    call("settings", "--scheduler", "fsrs")
    monkeypatch.setenv("DULY_NOW", "2026-11-25T21:30:00+08:00")
    call("quiz", "--plain", input="\n3\n\n3\n")
    reviews = [json.loads(line) for line in call("journal", "--json").stdout.splitlines()]
    assert [review["scheduler"] for review in reviews] == ["sm2-paper", "sm2-paper", "fsrs", "fsrs"]
    assert all(card["schedule"]["stability"] > 0 for card in json.loads(call("list", "--json").stdout))


def test_invalid_values_are_usage_errors() -> None:
    assert call("settings", "--scheduler", "sm3").exit_code == 2
    assert call("settings", "--retention", "0.5").exit_code == 2
    assert call("settings", "--dry-run").exit_code == 2
