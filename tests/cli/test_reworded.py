"""Reworded questions and progress without a card, as the commands tell of them."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.cli.test_quiz import duly
from tests.learner import Learner
from tests.tui.terminal import Terminal

from duly.cards import derived_id
from duly.cli.shared_options import now
from duly.errors import DulyError
from duly.tui.screens.export_package import write_package
from duly.work_progress import silent_watch

pytestmark = pytest.mark.slow

OLD, NEW = derived_id("What does CSR stand for?"), derived_id("What is CSR short for?")
REWORDED = "- q: What is CSR short for?\n  a: compressed sparse row\n"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck whose only card was learned and then reworded."""
    file = tmp_path / "d.yaml"
    file.write_text("- q: What does CSR stand for?\n  a: compressed sparse row\n")
    duly("quiz", file, typed=["", "3"])
    file.write_text(REWORDED)
    return file


def test_check_warns_with_the_place_and_what_to_do(deck: Path) -> None:
    run = duly("check", deck)
    assert run.returncode == 0
    assert run.stdout.startswith(
        f"{deck}:1:3: warning: this seems to be the question 'What does CSR stand for?' in other words; "
        f"to keep its progress, write id: {OLD} here, or say yes in duly stamp\n"
        f"  {REWORDED.splitlines()[0]}\n    ^\n"
    )
    assert [problem["kind"] for problem in json.loads(duly("check", "--json", deck).stdout)["problems"]] == ["reworded"]


def test_the_first_export_warns_of_it(deck: Path) -> None:
    run = duly("export", "--yes", deck, "-o", deck.with_suffix(".apkg"))
    assert run.returncode == 0
    assert run.stderr.startswith(f"{deck}:1:3: warning: this seems to be the question 'What does CSR stand for?'")


def test_a_script_that_stamps_must_decide_with_an_option(deck: Path) -> None:
    run = duly("stamp", deck)
    assert (run.returncode, run.stdout, deck.read_text()) == (1, "", REWORDED)
    assert "in other words" in run.stderr
    assert duly("stamp", "--relink", deck).stdout == f"{deck}:1:3: progress kept\nnothing to stamp\n"
    assert deck.read_text() == f"{REWORDED}  id: {OLD}\n"


def test_without_relinking_the_question_gets_an_id_of_its_own(deck: Path) -> None:
    assert duly("stamp", "--no-relink", deck).stdout == f"{deck}: 1 note stamped\n"
    assert deck.read_text() == f"{REWORDED}  id: {NEW}\n"


@pytest.mark.parametrize(("typed", "asked"), [(["x", "Y"], False), (["n", "q"], True), (["", "q"], True)])
def test_the_quiz_asks_before_the_first_card(typed: list[str], asked: bool, deck: Path) -> None:
    run = duly("quiz", deck, typed=typed)
    assert run.stdout.startswith(f"{deck}:1:3: this question seems to have been reworded.\n  was: What does CSR")
    assert ("[1/1]" in run.stdout or "[2/2]" in run.stdout) == asked
    assert deck.read_text() == (REWORDED if asked else f"{REWORDED}  id: {OLD}\n")


def test_orphans_are_listed_and_given_to_a_card(deck: Path) -> None:
    def run_list(*arguments: str) -> subprocess.CompletedProcess[str]:
        return duly("orphans", deck, *arguments)

    assert run_list().stdout == (
        f"{OLD}  d  1 repetition\n    What does CSR stand for?\n1 note is gone and has progress\n"
    )
    (row,) = json.loads(run_list("--json").stdout)
    assert (row["id"], row["deck"], row["file"], row["answer"]) == (OLD, "d", str(deck), "compressed sparse row")
    assert row["cards"]["front"]["interval"] == 1
    assert run_list("--relink", "gone", NEW).returncode == 2
    assert run_list("--relink", OLD, NEW).stdout == f"{deck}:1:3: progress kept\n"
    assert deck.read_text() == f"{REWORDED}  id: {OLD}\n"
    assert run_list().stdout == "0 notes are gone and have progress\n"


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck of two cards that was exported, and of which one was reworded since; nothing was learned here."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "d.yaml"
    file.write_text("- q: What does CSR stand for?\n  a: compressed sparse row\n- {q: Other?, a: other}\n")
    assert call("export", file).exit_code == 0
    file.write_text(f"{REWORDED}- {{q: Other?, a: other}}\n")
    return file


def test_check_and_stamp_know_what_was_only_exported(exported: Path, own_world: Path) -> None:
    run = call("check", exported)
    assert f"{exported}:1:3: warning: this seems to be the question 'What does CSR stand for?'" in run.output
    assert f"write id: {OLD} here" in run.output
    assert "in other words" in call("stamp", exported).stderr
    assert call("stamp", "--relink", exported).stdout == f"{exported}:1:3: progress kept\nnothing to stamp\n"
    assert exported.read_text().startswith(f"{REWORDED}  id: {OLD}\n")
    assert not (own_world / "duly.db").exists()


def test_stamp_takes_it_for_a_new_question_where_that_is_said(exported: Path) -> None:
    assert call("stamp", "--no-relink", exported).exit_code == 0
    assert exported.read_text().startswith(f"{REWORDED}  id: {NEW}\n")
    assert "1 new, 0 changed, 1 as they were" in call("export", exported).stdout


def test_a_question_that_was_learned_too_is_told_once(deck: Path) -> None:
    deck.write_text(deck.read_text().replace("What is CSR short for?", "What does CSR stand for?"))
    duly("export", deck, "-o", deck.with_suffix(".apkg"))
    deck.write_text(REWORDED)
    assert duly("check", deck).stdout.count("in other words") == 1
    assert duly("stamp", "--relink", deck).stdout.count("progress kept") == 1


def test_a_memory_of_exports_that_is_damaged_stops_no_check_but_no_id_is_written_before_it_is_moved_away(
    exported: Path, own_world: Path
) -> None:
    memory = own_world / "exports.db"
    memory.write_bytes(b"damaged" * 1000)
    run = call("check", exported)
    assert run.exit_code == 0
    assert "the memory of exports, is damaged" in run.stderr
    assert "in other words" not in run.output
    before = exported.read_text()
    assert isinstance(call("stamp", exported).exception, DulyError)
    assert exported.read_text() == before
    memory.unlink()
    assert "2 notes stamped" in call("stamp", exported).stdout


def test_an_export_leaves_it_out_and_says_first_what_to_write_where(exported: Path) -> None:
    run = call("export", exported)
    assert run.exit_code == 1
    assert run.stderr.startswith(f"{exported}:1:3: warning: this seems to be the question 'What does CSR stand for?'")
    assert run.stderr.splitlines()[-1] == (
        "1 note that seems to be an old one in other words was left out, or Anki might have it twice; settle it with"
        " duly stamp, and export again."
    )
    assert run.stdout.splitlines()[:2] == [
        "d.apkg: 1 note, 1 card in 1 deck; 0 images and sounds",
        "Since the last export: 0 new, 0 changed, 1 as they were.",
    ]
    assert "no more" not in run.stdout
    exported.write_text(exported.read_text().replace("sparse row\n", f"sparse row\n  id: {OLD}\n"))
    assert "0 new, 1 changed, 1 as they were" in call("export", exported).stdout


def test_it_is_left_out_until_that_is_settled_also_where_its_deck_was_renamed(exported: Path) -> None:
    renamed = exported.rename(exported.with_name("renamed.yaml"))
    for _run in range(2):
        assert "1 note that seems to be an old one" in call("export", renamed, "-o", "d.apkg").stderr
    assert call("stamp", "--no-relink", renamed).exit_code == 0
    run = call("export", renamed, "-o", "d.apkg")
    assert "1 note is here no more" in run.stdout
    assert f'"Duly ID:{OLD}"  What does CSR stand for?' in run.stdout


def test_the_screens_leave_it_out_too_and_say_so(exported: Path) -> None:
    sentence = write_package((exported,), Path("d.apkg"), now(), silent_watch)
    assert sentence.startswith(
        "d.apkg: 1 note, 1 card in 1 deck; 0 images and sounds\n1 note that seems to be an old one"
    )
    call("stamp", "--no-relink", exported)
    assert "1 note is here no more" in write_package((exported,), Path("d.apkg"), now(), silent_watch)


@pytest.mark.parametrize(
    ("key", "beside", "counts"), [("y", f"  id: {OLD}\n", "0 new, 1 changed"), ("n", "- {", "1 new")]
)
def test_at_a_terminal_an_export_asks_before_it_writes(
    key: str, beside: str, counts: str, exported: Path, own_world: Path
) -> None:
    terminal = Terminal("export", exported, environment={"DULY_HOME": str(own_world)})
    terminal.shows("now: What is CSR short for?")
    terminal.shows("Keep its progress?")
    terminal.press(f"{key}\r")
    terminal.shows(counts)
    assert terminal.close() == 0
    assert exported.read_text().startswith(REWORDED + beside)


def test_anki_keeps_one_note_with_its_progress_and_the_new_words(exported: Path, tmp_path: Path) -> None:
    old = exported.read_text().replace("What is CSR short for?", "What does CSR stand for?")
    new = exported.read_text()
    exported.write_text(old)
    call("export", exported)
    learner = Learner(tmp_path / "anki")
    learner.imports(tmp_path / "d.apkg")
    learner.reviews(OLD)
    learned = learner.card(OLD).ivl
    exported.write_text(new)
    call("export", exported)
    assert learner.imports(tmp_path / "d.apkg") == {"duplicate": 1}
    call("stamp", "--relink", exported)
    call("export", exported)
    assert learner.imports(tmp_path / "d.apkg") == {"updated": 1, "duplicate": 1}
    assert "What is CSR short for?" in learner.question(OLD)
    assert learner.card(OLD).ivl == learned > 0
    learner.close()
