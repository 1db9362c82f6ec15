"""``duly evaluate`` and ``duly optimize``, on a journal of a learner made by chance."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.evaluation.learner import journal

from duly.errors import DulyError
from duly.journal import Journal
from duly.scheduling.journal_entries import Fitting
from duly.scheduling.replay import replay
from duly.scheduling.scheduler_registry import find_scheduler

pytestmark = pytest.mark.slow

PREDICTORS = ("average", "moving-average", "sm2", "sm2-calibrated", "fsrs", "fsrs-fitted")
FIGURES = {"log_loss", "rmse_bins", "auc"}


@pytest.fixture
def learned(tmp_path: Path) -> Path:
    """The database of a learner with 400 cards."""
    file = tmp_path / "learned.db"
    entries = journal(400)
    with Journal.open(file) as opened_journal:
        with opened_journal.transaction() as transaction:
            for logged in entries:
                transaction.import_entry(logged)
        opened_journal.replace_schedules(replay(entries, find_scheduler))
    return file


def test_the_figures_are_printed_as_a_table_and_a_verdict_in_words(learned: Path) -> None:
    run = call("evaluate", "--db", learned)
    lines = run.stdout.splitlines()
    assert lines[0].startswith("2800 answers scored, ")
    assert [line.split()[0] for line in lines[3:9]] == list(PREDICTORS)
    assert lines[-1].startswith("FSRS predicts your answers better than SM-2: log loss -")


def test_as_json_every_predictor_has_its_three_figures(learned: Path) -> None:
    report = json.loads(call("evaluate", "--db", learned, "--json").stdout)
    assert set(report) == {"scored", "tested", "recall", "predictors", "differences", "verdict"}
    assert tuple(report["predictors"]) == PREDICTORS
    assert all(set(figures) == FIGURES for figures in report["predictors"].values())
    assert all(set(difference) == {"a", "b", "log_loss", "low", "high"} for difference in report["differences"])


def test_without_the_extra_it_says_how_to_get_it(learned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duly.evaluation.fsrs_fit.LIBRARY", "no_such_library")
    assert json.loads(call("evaluate", "--db", learned, "--json").stdout)["predictors"]["fsrs-fitted"] is None
    assert "pip install 'duly[fsrs]'" in call("evaluate", "--db", learned).stdout
    assert "pip install 'duly[fsrs]'" in str(call("optimize", "--db", learned).exception)


def test_an_empty_journal_says_how_many_answers_are_missing(tmp_path: Path) -> None:
    run = call("evaluate", "--db", tmp_path / "none.db")
    assert run.exit_code == 0
    assert "400 more are needed" in run.stdout
    refused = call("optimize", "--db", tmp_path / "none.db").exception
    assert isinstance(refused, DulyError)
    assert "400 are missing" in str(refused)


def test_fitted_parameters_are_an_entry_of_the_journal_and_rule_every_memory(learned: Path) -> None:
    dry_run_lines = call("optimize", "--db", learned, "--dry-run").stdout.splitlines()
    with Journal.open(learned) as opened_journal:
        before = list(opened_journal.entries())
    assert not any(isinstance(logged.entry, Fitting) for logged in before)
    output_lines = call("optimize", "--db", learned).stdout.splitlines()
    with Journal.open(learned) as opened_journal:
        *earlier_entries, last = opened_journal.entries()
        assert isinstance(last.entry, Fitting)
        assert dry_run_lines[0] == output_lines[0] == ", ".join(f"{value:.4f}" for value in last.entry.parameters)
        assert earlier_entries == before
        assert opened_journal.schedules() == replay(opened_journal.entries(), find_scheduler)
