"""``duly import``."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duly.cards import derived_id
from duly.cli.import_ import command
from duly.deckfile.load import load

DOCUMENT = Path(__file__).parents[1] / "importers" / "gpt-qa.txt"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text("# 笔记\nQ: one?\nA: 1\n\nQ: two?\nA: 2\n", encoding="utf-8")
    return file


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    return tmp_path / "cards"


def test_the_document_becomes_a_deck_without_problems(tmp_path: Path, cards: Path) -> None:
    source = shutil.copy(DOCUMENT, tmp_path)
    result = run(source, "--to", cards)
    assert (result.exit_code, result.stdout) == (0, f"{cards}/gpt-qa.yaml: 11 notes added, 0 already there\n")
    loaded = load([cards])
    assert (len(loaded.notes), loaded.problems) == (11, ())
    assert {(note.deck, note.stamped) for note in loaded.notes} == {("gpt 问答", True)}
    assert Path(source).read_bytes() == DOCUMENT.read_bytes()


def test_the_file_is_one_that_a_person_would_have_written(text: Path, cards: Path) -> None:
    run(text, "--to", cards)
    assert (
        (cards / "notes.yaml").read_text(encoding="utf-8")
        == f"""\
deck: 笔记
cards:
  - q: one?
    a: '1'
    id: {derived_id("one?")}
    source: notes.txt, line 2

  - q: two?
    a: '2'
    id: {derived_id("two?")}
    source: notes.txt, line 5
"""
    )


def test_importing_again_changes_nothing(text: Path, cards: Path) -> None:
    run(text, "--to", cards)
    before = (cards / "notes.yaml").read_bytes()
    result = run(text, "--to", cards)
    assert (result.exit_code, result.stdout) == (0, f"{cards}/notes.yaml: 0 notes added, 2 already there\n")
    assert (cards / "notes.yaml").read_bytes() == before


def test_new_questions_are_appended_and_what_was_edited_stays(text: Path, cards: Path) -> None:
    run(text, "--to", cards)
    deck = cards / "notes.yaml"
    edited = deck.read_text(encoding="utf-8").replace("q: one?", "q: one, reworded?").replace("a: '2'", "a: mine")
    deck.write_text(edited, encoding="utf-8")
    text.write_text(text.read_text(encoding="utf-8") + "\nQ: three?\nA: drei\n", encoding="utf-8")
    result = run(text, "--to", cards)
    assert result.stdout == f"{deck}: 1 note added, 2 already there\n"
    added = deck.read_text(encoding="utf-8").removeprefix(edited)
    assert added.startswith("\n  - q: three?\n    a: drei\n    id: ")


def test_a_card_that_was_moved_to_another_file_or_given_another_id_is_not_added_again(text: Path, cards: Path) -> None:
    (cards / "deep").mkdir(parents=True)
    (cards / "deep" / "other.yaml").write_text("- q: one?\n  a: moved\n  id: own-id\n")
    result = run(text, "--to", cards)
    assert result.stdout == f"{cards}/notes.yaml: 1 note added, 1 already there\n"


def test_a_deck_file_with_mistakes_is_left_alone(text: Path, cards: Path) -> None:
    cards.mkdir()
    deck = cards / "notes.yaml"
    deck.write_text("- q: broken\n")
    result = run(text, "--to", cards)
    assert result.exit_code == 1
    assert f"{deck}:1:1: error: this file has mistakes" in result.stderr
    assert deck.read_text() == "- q: broken\n"


def test_what_could_not_be_placed_is_shown_and_does_not_fail(text: Path, cards: Path) -> None:
    text.write_text("hello\nQ: one?\nA: 1\n")
    result = run(text, "--to", cards)
    assert result.exit_code == 0
    assert f"{text}:1:1: warning: this text belongs to no question and was left out\n  hello\n  ^\n" in result.stderr


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (b"Q: caf\xe9?\nA: x", ":1:7", "byte 0xe9 is not UTF-8"),
        ("Q: x\nA: y".encode("utf-16"), ":1:1", "is not UTF-8"),
        (b"nothing here", ":1:1", "no question was found"),
        (b"", ":1:1", "no question was found"),
    ],
)
def test_a_file_that_cannot_be_read_fails_and_the_others_are_imported(
    text: Path, cards: Path, data: bytes, place: str, said: str
) -> None:
    bad = text.with_name("bad.txt")
    bad.write_bytes(data)
    result = run(bad, text, "--to", cards)
    assert (result.exit_code, result.stdout) == (1, f"{cards}/notes.yaml: 2 notes added, 0 already there\n")
    assert f"{bad}{place}: error: " in result.stderr
    assert said in result.stderr
    assert [file.name for file in cards.iterdir()] == ["notes.yaml"]


def test_a_byte_order_mark_and_windows_line_ends_are_understood(text: Path, cards: Path) -> None:
    text.write_bytes("问：一？\r\n答：1\r\n2\r\n".encode("utf-8-sig"))
    assert run(text, "--to", cards).exit_code == 0
    assert "q: 一？\n  a: |-\n    1\n    2\n" in (cards / "notes.yaml").read_text(encoding="utf-8")


def test_a_deck_file_is_no_text_to_import(cards: Path) -> None:
    cards.mkdir()
    deck = cards / "a.yaml"
    deck.write_text("- q: x\n  a: y\n")
    assert run(deck, "--to", cards).exit_code == 1
    assert deck.read_text() == "- q: x\n  a: y\n"


@pytest.mark.parametrize(
    "arguments", [[], ["--to", "x"], ["gone.txt", "--to", "x"], [str(DOCUMENT)], [".", "--to", "x"]]
)
def test_a_wrong_call_is_told_so(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_question_without_an_answer_makes_no_file(text: Path, cards: Path) -> None:
    text.write_text("Q: one?\n")
    result = run(text, "--to", cards)
    assert (result.exit_code, result.stdout) == (0, f"{cards}/notes.yaml: 0 notes added, 0 already there\n")
    assert not cards.exists()
