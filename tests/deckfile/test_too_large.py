"""No file is written that would not be read any more."""

from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.load import load
from duly.deckfile.schema import add_modeline
from duly.deckfile.write.add import add_notes
from duly.deckfile.write.stamp import stamp
from duly.deckfile.write.update import update_notes
from duly.errors import DulyError
from duly.exchange import file_assignment

LIMIT = 20_000


@pytest.fixture(autouse=True)
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duly.deckfile.yaml.source.LARGEST", LIMIT)
    monkeypatch.setattr(file_assignment, "LARGEST_FILE", LIMIT * 6 // 10)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with room for 10 bytes more."""
    file = tmp_path / "cards" / "deck.yaml"
    file.parent.mkdir()
    text = "- {q: one, a: two, id: one}\n- {q: three, a: four}\n"
    file.write_text(f"{text}# {'x' * (LIMIT - len(text) - 13)}\n", encoding="utf-8")
    assert file.stat().st_size == LIMIT - 10
    return file


def test_stamping_a_file_near_the_limit_is_refused_with_nothing_changed(file: Path) -> None:
    before = file.read_bytes()
    stamping = stamp(file)
    assert [problem.kind for problem in stamping.problems] == ["too-large"]
    assert (stamping.count, file.read_bytes()) == (0, before)
    result = call("stamp", file)
    assert (result.exit_code, file.read_bytes()) == (1, before)


def test_adding_to_a_file_near_the_limit_is_refused_with_nothing_changed(file: Path) -> None:
    before = file.read_bytes()
    note = Note(NoteId("five"), Basic("five", "six"), DeckName("deck"))
    problem = add_notes(file, [note])
    assert problem is not None
    assert (problem.kind, file.read_bytes()) == ("too-large", before)
    new = file.with_name("new.yaml")
    problem = add_notes(new, [note._replace(kind=Basic("five", "x" * LIMIT))])
    assert problem is not None
    assert (problem.kind, new.exists()) == ("too-large", False)


def test_revising_a_file_near_the_limit_is_refused_with_nothing_changed(file: Path) -> None:
    before = file.read_bytes()
    revised = update_notes(file, {NoteId("one"): {"a": "a longer answer"}})
    assert (revised.notes, [problem.kind for problem in revised.problems]) == (frozenset(), ["too-large"])
    assert file.read_bytes() == before


def test_naming_the_schema_in_a_file_near_the_limit_is_refused_with_nothing_changed(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(DulyError, match="would be larger than"):
        add_modeline(file, Path("schema.json"))
    assert file.read_bytes() == before


def test_a_table_that_is_too_large_for_one_file_goes_into_several(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = [f"question {number},answer {'x' * 40} {number}\n" for number in range(600)]
    table.write_text("".join(rows[:500]), encoding="utf-8")
    folder = tmp_path / "cards"
    assert call("import", table, "--to", folder).exit_code == 0
    files = sorted(folder.iterdir())
    assert len(files) > 2
    assert all(file.stat().st_size <= LIMIT for file in files)
    assert call("check", folder).exit_code == 0
    assert {note.deck for note in load([folder]).notes} == {"table"}

    table.write_text("".join(rows), encoding="utf-8")
    assert ", 500 already there" in call("import", table, "--to", folder).output
    assert call("check", folder).exit_code == 0
    assert len(load([folder]).notes) == 600


def test_a_file_of_another_deck_is_not_taken_for_the_next_part(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    other = folder / "table-part2.yaml"
    other.write_text("- {q: other, a: deck}\n", encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("".join(f"question {number},{'x' * 60}\n" for number in range(200)), encoding="utf-8")
    assert call("import", table, "--to", folder).exit_code == 0
    assert other.read_text(encoding="utf-8") == "- {q: other, a: deck}\n"
    assert (folder / "table-part3.yaml").exists()


def test_a_single_field_that_is_too_large_is_refused_and_the_rest_is_imported(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"one,two\nthree,{'x' * LIMIT}\nfive,six\n", encoding="utf-8")
    result = call("import", table, "--to", tmp_path / "cards")
    assert (result.exit_code, "would be larger than" in result.stderr) == (1, True)
    assert call("check", tmp_path / "cards").exit_code == 0
    assert {note.question for note in load([tmp_path / "cards"]).notes} == {"one", "five"}
