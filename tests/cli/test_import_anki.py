"""``duly import`` of what comes from Anki."""

import json
import shutil
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.learner import Learner

from duly.deckfile.load import load
from duly.errors import DulyError
from duly.exchange import file_assignment

run = partial(call, "import")


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    someone = Learner(tmp_path_factory.mktemp("learner") / "anki")
    someone.adds("Basic", "q", 'a <img src="a.png">', deck="Languages::日本語")
    someone.adds("Basic", "Q?", "a", deck="What: is/this?")
    someone.adds("Basic", "QQ?", "a", deck="What* is/this?")
    someone.adds("Cloze", "{{c1::x}}", deck=".hidden")
    someone.collection.media.write_data("a.png", b"picture")
    yield someone
    someone.close()


@pytest.fixture(scope="module")
def package(learner: Learner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learner.packs(tmp_path_factory.mktemp("package") / "all.apkg")


def test_decks_become_files_whose_decks_have_the_names_that_they_had(package: Path, tmp_path: Path) -> None:
    result = run(package, "--to", tmp_path / "cards")
    assert result.exit_code == 0
    loaded = load([tmp_path / "cards"])
    assert loaded.problems == ()
    assert {note.deck for note in loaded.notes} == {"Languages::日本語", "What: is/this?", "What* is/this?", ".hidden"}
    assert {file.relative_to(tmp_path / "cards").as_posix() for file in loaded.files} == {
        "Languages/日本語.yaml", "What_ is_this_.yaml", "What_ is_this_-2.yaml", "_hidden.yaml",
    }  # fmt: skip
    assert (tmp_path / "cards" / "media" / "a.png").read_bytes() == b"picture"


def test_a_deck_whose_file_another_deck_has_gets_one_of_its_own(tmp_path: Path) -> None:
    someone = Learner(tmp_path / "anki")
    someone.adds("Basic", "one", "a", deck="a?b")
    run(someone.packs(tmp_path / "first.apkg"), "--to", tmp_path / "cards")
    someone.adds("Basic", "two", "a", deck="a*b")
    someone.adds("Basic", "three", "a", deck="A?B")
    run(someone.packs(tmp_path / "second.apkg"), "--to", tmp_path / "cards")
    someone.close()
    assert {(note.question, note.deck) for note in load([tmp_path / "cards"]).notes} == {
        ("one", "a?b"), ("two", "a*b"), ("three", "a?b"),
    }  # fmt: skip


def test_the_report_says_what_was_done_and_what_was_not(package: Path, tmp_path: Path) -> None:
    result = run(package, "--to", tmp_path / "cards")
    assert f"{tmp_path}/cards/Languages/日本語.yaml: 1 note added\n" in result.stdout
    assert f"{package}: 4 notes taken over, 0 already there\n" in result.stdout
    assert "note types whose look (templates, styles) is kept for Anki but not shown: 2\n    Basic\n" in result.stdout
    assert ".duly/anki;" in result.stdout


def test_the_report_as_json_names_everything(package: Path, tmp_path: Path) -> None:
    report = json.loads(run(package, "--to", tmp_path / "cards", "--json").stdout)
    assert sum(report["added"].values()) == 4
    assert {loss["kind"]: loss["cases"] for loss in report["not_carried"]} == {"look": ["Basic", "Cloze"]}


def test_a_second_import_changes_nothing_and_an_edited_note_stays(package: Path, tmp_path: Path) -> None:
    run(package, "--to", tmp_path / "cards")
    deck = tmp_path / "cards" / "_hidden.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("::x}}", "::mine}}"), encoding="utf-8")
    before = {file: file.read_bytes() for file in (tmp_path / "cards").rglob("*") if file.is_file()}
    result = run(package, "--to", tmp_path / "cards")
    assert (result.exit_code, "0 notes taken over, 4 already there" in result.stdout) == (0, True)
    assert "Not carried over" not in result.stdout
    assert {file: file.read_bytes() for file in (tmp_path / "cards").rglob("*") if file.is_file()} == before


def test_a_note_that_an_error_keeps_out_is_not_added_again(package: Path, tmp_path: Path) -> None:
    run(package, "--to", tmp_path / "cards")
    (tmp_path / "cards" / "media" / "a.png").unlink()
    deck = tmp_path / "cards" / "Languages" / "日本語.yaml"
    before = deck.read_bytes()
    assert "0 notes taken over, 4 already there" in run(package, "--to", tmp_path / "cards").stdout
    assert deck.read_bytes() == before


def test_a_damaged_package_leaves_everything_as_it_was(package: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.apkg").write_bytes(package.read_bytes()[:-2000])
    result = run(tmp_path / "bad.apkg", "--to", tmp_path / "cards")
    assert "bad.apkg" in str(result.exception)
    assert not (tmp_path / "cards").exists()


def test_beside_a_card_that_cannot_be_read_no_package_is_imported(package: Path, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "mine.yaml").write_text("- q: no answer yet\n")
    result = run(package, "--to", tmp_path / "cards")
    assert str(result.exception).startswith("nothing was imported")
    assert [file.name for file in (tmp_path / "cards").iterdir()] == ["mine.yaml"]


def test_a_package_is_recognised_by_its_content(package: Path, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(package.read_bytes())
    assert "4 notes taken over" in run(tmp_path / "export.zip", "--to", tmp_path / "cards").stdout


def test_a_deck_too_large_for_one_file_goes_into_several(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learner: Learner
) -> None:
    for number in range(3):
        learner.adds("Basic", f"long {number} " + "x" * 300, "a", deck="long")
    monkeypatch.setattr(file_assignment, "LARGEST_FILE", 500)
    run(learner.packs(tmp_path / "long.apkg"), "--to", tmp_path / "cards")
    loaded = load([tmp_path / "cards"])
    assert [note.deck for note in loaded.notes if "long" in note.question] == ["long"] * 3
    assert {"long.yaml", "long-part2.yaml", "long-part3.yaml"} <= {file.name for file in loaded.files}
    assert package.exists()


def test_no_command_of_a_note_reaches_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202e"
    someone = Learner(tmp_path / "anki")
    note = someone.adds("Basic", f"q {evil}", f'<img src="{evil}.png">', tags="x")
    someone.adds("Basic", f"only a question {evil}", "")
    db = someone.collection.db
    assert db is not None
    db.execute("update notes set guid = ?, tags = ? where id = ?", f"g{evil}", f" a::::{evil} ", note.id)
    db.execute("update notetypes set name = ? where name = 'Basic'", f"Basic {evil}")
    db.execute("update decks set name = ? where id = 1", f"Default {evil}")
    someone.close()
    result = run(tmp_path / "anki" / "collection.anki2", "--to", tmp_path / "cards")
    assert "Not carried over" in result.stdout
    assert not {character for character in result.output if unicodedata.category(character) in ("Cc", "Cf")} - {"\n"}


def test_lost_origins_of_notes_are_restored_by_another_import(tmp_path: Path) -> None:
    someone = Learner(tmp_path / "anki")
    someone.adds("Basic", "Capital of Peru?", "Lima")
    someone.adds("Cloze", "{{c1::CSR}} is sparse.")
    package = someone.packs(tmp_path / "all.apkg")
    cards = tmp_path / "cards"
    run(package, "--to", cards)
    before = {file: file.read_bytes() for file in cards.rglob("*") if file.is_file()}
    shutil.rmtree(cards / ".duly" / "anki")
    second_run = run(package, "--to", cards)
    assert "0 notes taken over, 2 already there" in second_run.stdout
    assert {file: file.read_bytes() for file in cards.rglob("*") if file.is_file()} == before
    exported = call("export", cards, "-o", tmp_path / "back.apkg")
    assert exported.exit_code == 0
    assert someone.imports(tmp_path / "back.apkg") == {"duplicate": 2}
    someone.close()


@pytest.mark.parametrize("linked", ["media", "Languages", ".duly"])
def test_a_link_out_of_the_folder_of_the_decks_keeps_everything_out(package: Path, tmp_path: Path, linked: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / linked).symlink_to(tmp_path / "elsewhere")
    result = run(package, "--to", tmp_path / "cards")
    assert isinstance(result.exception, DulyError)
    assert "leads out of its folder" in str(result.exception)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert [file.name for file in (tmp_path / "cards").iterdir()] == [linked]
