"""``duly import --fsrs``: parameters and desired retention out of a real Anki."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.learner import Learner

from duly.errors import DulyError
from duly.journal import Journal
from duly.locations import journal_file, settings_file
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, GREATEST_PARAMETERS
from duly.scheduling.journal_entries import Fitting
from duly.settings import read_settings

CUSTOM_PARAMETERS = (
    *(0.3241, 1.2, 2.3, 8.2, 6.4, 0.83, 3.0, 0.001, 1.8, 0.16),
    *(0.79, 1.48, 0.06, 0.26, 1.64, 0.6, 1.87, 0.54, 0.09, 0.06, 0.15),
)


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "anki")
    someone.collection.set_config("fsrs", val=True)
    someone.adds("Basic", "in the default deck", "x")
    yield someone
    someone.close()


def set_preset(
    owner: Learner, deck: str, parameters: Sequence[float], retention: float, key: str = "fsrsParams6"
) -> None:
    """Gives a deck a preset of its own, named like it; that of the default deck is there already."""
    decks = owner.collection.decks
    number = decks.id(deck)
    config = decks.get_config(1 if deck == "Default" else decks.add_config_returning_id(deck))  # type: ignore[arg-type]
    assert config is not None
    config |= {key: list(parameters), "desiredRetention": retention}
    decks.update_config(config)
    held = decks.get(number)  # type: ignore[arg-type]
    assert held is not None
    decks.set_config_id_for_deck_dict(held, config["id"])


def imported(file: Path, *more: str) -> dict[str, object]:
    run = call("import", file, "--fsrs", "--json", *more)
    assert run.exception is None, run.output
    report: dict[str, object] = json.loads(run.stdout)
    return report


def written_parameters() -> list[tuple[float, ...]]:
    with Journal.open(journal_file(), create=False) as journal:
        return [logged.entry.parameters for logged in journal.entries() if isinstance(logged.entry, Fitting)]


GENERATIONS: dict[str, Callable[[Learner, Path], Path]] = {
    "apkg": lambda owner, folder: owner.packs(folder / "new.apkg"),
    "old apkg": lambda owner, folder: owner.packs(folder / "old.apkg", legacy=True),
    "colpkg": lambda owner, folder: owner.packs_collection(folder / "new.colpkg"),
    "collection": lambda owner, _: Path(owner.collection.path),
}


@pytest.mark.parametrize("generation", GENERATIONS)
def test_parameters_and_retention_of_the_preset_with_most_cards_are_taken(
    owner: Learner, tmp_path: Path, generation: str
) -> None:
    owner.adds("Basic", "one", "x", deck="Few")
    owner.adds("Basic", "two", "x", deck="Many")
    owner.adds("Basic", "three", "x", deck="Many")
    owner.adds("Basic", "four", "x", deck="Without")
    set_preset(owner, "Few", [0.5] * 21, 0.8)
    set_preset(owner, "Many", CUSTOM_PARAMETERS, 0.87)
    report = imported(GENERATIONS[generation](owner, tmp_path))
    assert (report["preset"], report["cards"], report["others"]) == ("Many", 2, ["Few"])
    assert (report["parameters"], report["retention"], report["clipped"]) == (list(CUSTOM_PARAMETERS), 0.87, [])
    assert written_parameters() == [CUSTOM_PARAMETERS]
    assert read_settings(settings_file()).retention == 0.87


def test_another_preset_is_taken_by_its_name(owner: Learner, tmp_path: Path) -> None:
    owner.adds("Basic", "one", "x", deck="Few")
    set_preset(owner, "Few", CUSTOM_PARAMETERS, 0.8)
    file = owner.packs(tmp_path / "out.apkg")
    report = imported(file, "--preset", "Default")
    assert (report["values"], report["parameters"], report["retention"]) == (0, list(DEFAULT_PARAMETERS), 0.9)
    assert str(call("import", file, "--fsrs", "--preset", "none").exception).endswith(
        "has no preset 'none'; there are Default, Few"
    )


@pytest.mark.parametrize(("number", "key"), [(17, "fsrsWeights"), (19, "fsrsParams5")])
def test_parameters_of_an_older_anki_are_filled_up_and_that_is_said(
    owner: Learner, tmp_path: Path, number: int, key: str
) -> None:
    set_preset(owner, "Default", CUSTOM_PARAMETERS[:number], 0.9, key)
    report = imported(owner.packs(tmp_path / "out.apkg"))
    assert report["values"] == number
    assert (len(written_parameters()[0]), written_parameters()[0][20]) == (21, 0.5)
    output = call("import", tmp_path / "out.apkg", "--fsrs").stdout
    assert f"Filled up from the {number} parameters of FSRS-" in output


def test_parameters_out_of_bounds_are_clipped_and_named(owner: Learner, tmp_path: Path) -> None:
    set_preset(owner, "Default", (500.0, *CUSTOM_PARAMETERS[1:4], 0.5, *CUSTOM_PARAMETERS[5:]), 0.9)
    output = call("import", owner.packs(tmp_path / "out.apkg"), "--fsrs").stdout
    assert "Out of bounds, and clipped as Anki does: w0, w4" in output
    assert written_parameters()[0][:5] == (GREATEST_PARAMETERS[0], *CUSTOM_PARAMETERS[1:4], 1.0)


def test_a_second_import_writes_nothing_and_a_dry_run_neither(owner: Learner, tmp_path: Path) -> None:
    set_preset(owner, "Default", CUSTOM_PARAMETERS, 0.9)
    file = owner.packs(tmp_path / "out.apkg")
    assert imported(file, "--dry-run")["is_written"] is False
    assert not journal_file().exists() and not settings_file().exists()
    assert imported(file) == imported(file)
    assert written_parameters() == [CUSTOM_PARAMETERS]


def test_a_collection_that_never_had_fsrs_is_refused_and_nothing_is_written(owner: Learner, tmp_path: Path) -> None:
    owner.collection.set_config("fsrs", val=False)
    run = call("import", owner.packs(tmp_path / "out.apkg"), "--fsrs")
    assert isinstance(run.exception, DulyError) and "has no parameters of FSRS" in str(run.exception)
    assert not journal_file().exists()


def test_parameters_that_no_fsrs_has_are_refused(owner: Learner, tmp_path: Path) -> None:
    set_preset(owner, "Default", CUSTOM_PARAMETERS[:5], 0.9)
    run = call("import", owner.packs(tmp_path / "out.apkg"), "--fsrs")
    assert str(run.exception).endswith("the preset 'Default' has parameters that FSRS cannot have")


def test_a_file_not_from_anki_and_a_preset_without_fsrs_are_usage_errors(tmp_path: Path) -> None:
    (tmp_path / "qa.txt").write_text("Q: one\nA: two\n")
    run = call("import", tmp_path / "qa.txt", "--fsrs")
    assert (run.exit_code, "is not a file of Anki" in run.output) == (2, True)
    assert call("import", tmp_path / "qa.txt", "--preset", "x", "--dry-run").exit_code == 2
