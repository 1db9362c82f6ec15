"""``duly import``."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.calling import call

from duly.cards import derived_id
from duly.deckfile.load import load
from duly.errors import DulyError

DOCUMENT = Path(__file__).parents[1] / "importers" / "gpt-qa.txt"


run = partial(call, "import")


def summary(result: Result) -> list[str]:
    """What was printed, without the lines that say how each file was read."""
    return [line for line in result.stdout.splitlines() if "read as" not in line]


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
    assert (result.exit_code, result.stdout) == (
        0,
        f"{source}: read as questions and answers (qa)\n{cards}/gpt-qa.yaml: 11 notes added, 0 already there\n",
    )
    loaded = load([cards])
    assert (len(loaded.notes), loaded.problems) == (11, ())
    assert {(note.deck, note.is_stamped) for note in loaded.notes} == {("gpt 问答", True)}
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


@pytest.mark.parametrize(
    ("name", "file"), [("aux.txt", "aux_.yaml"), ("what?.md", "what_.yaml"), ("v1.2..md", "v1.2_.yaml")]
)
def test_a_text_whose_name_some_system_refuses_gives_its_deck_a_file_that_every_system_takes(
    tmp_path: Path, cards: Path, name: str, file: str
) -> None:
    (tmp_path / name).write_text("Q: one?\nA: 1\n")
    run(tmp_path / name, "--to", cards)
    assert [(note.place.file, note.deck) for note in load([cards]).notes if note.place] == [
        (cards / file, Path(name).stem)
    ]


def test_importing_again_changes_nothing(text: Path, cards: Path) -> None:
    run(text, "--to", cards)
    before = (cards / "notes.yaml").read_bytes()
    result = run(text, "--to", cards)
    assert (result.exit_code, summary(result)) == (0, [f"{cards}/notes.yaml: 0 notes added, 2 already there"])
    assert (cards / "notes.yaml").read_bytes() == before


def test_new_questions_are_appended_and_what_was_edited_stays(text: Path, cards: Path) -> None:
    run(text, "--to", cards)
    deck = cards / "notes.yaml"
    edited_text = deck.read_text(encoding="utf-8").replace("q: one?", "q: one, reworded?").replace("a: '2'", "a: mine")
    deck.write_text(edited_text, encoding="utf-8")
    text.write_text(text.read_text(encoding="utf-8") + "\nQ: three?\nA: drei\n", encoding="utf-8")
    result = run(text, "--to", cards)
    assert summary(result) == [
        f"{deck}: 1 note added, 2 already there",
        "  1 of them reads differently in the text and stays as it is here; --update takes over what the text says:"
        f" {deck}:8:5 (a)",
    ]
    added_text = deck.read_text(encoding="utf-8").removeprefix(edited_text)
    assert added_text.startswith("\n  - q: three?\n    a: drei\n    id: ")


def test_a_card_that_was_moved_to_another_file_or_given_another_id_is_not_added_again(text: Path, cards: Path) -> None:
    (cards / "deep").mkdir(parents=True)
    (cards / "deep" / "other.yaml").write_text("- q: one?\n  a: moved\n  id: own-id\n")
    result = run(text, "--to", cards)
    assert summary(result)[0] == f"{cards}/notes.yaml: 1 note added, 1 already there"


@pytest.mark.parametrize("name", ["notes.yaml", "other.yaml"])
@pytest.mark.parametrize(
    ("content", "place"),
    [(b"- q: one?\n", ":1:3"), (b"- q: 'one?\n  a: x\n", ":1:6"), (b"- q: one?\n  a: caf\xe9\n", ":2:9")],
)
def test_an_unreadable_card_prevents_an_import_that_might_duplicate_it(
    text: Path, cards: Path, name: str, content: bytes, place: str
) -> None:
    cards.mkdir()
    (cards / name).write_bytes(content)
    result = run(text, "--to", cards)
    assert isinstance(result.exception, DulyError)
    assert str(result.exception).startswith(f"nothing was imported, for cards in {cards} that cannot be read")
    assert f"{cards / name}{place}: error: " in result.stderr
    assert {file: file.read_bytes() for file in cards.iterdir()} == {cards / name: content}
    (cards / name).write_text("- q: one?\n  a: mended\n")
    assert summary(run(text, "--to", cards))[0] == f"{cards}/notes.yaml: 1 note added, 1 already there"


def test_passages_without_a_card_are_shown_and_are_no_error(text: Path, cards: Path) -> None:
    text.write_text("hello\nQ: one?\nA: 1\n")
    result = run(text, "--to", cards)
    assert result.exit_code == 0
    assert f"{text}:1:1: warning: this text belongs to no question and was left out\n  hello\n  ^\n" in result.stderr


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        (b"Q: caf\xe9?\nA: x", ":1:7", "byte 0xe9 is not UTF-8"),
        (b"nothing here", ":1:1", "no question was found"),
        (b"", ":1:1", "no question was found"),
    ],
)
def test_a_file_that_cannot_be_read_fails_and_the_others_are_imported(
    text: Path, cards: Path, data: bytes, place: str, sentence: str
) -> None:
    bad = text.with_name("bad.txt")
    bad.write_bytes(data)
    result = run(bad, text, "--to", cards)
    assert (result.exit_code, summary(result)) == (1, [f"{cards}/notes.yaml: 2 notes added, 0 already there"])
    assert f"{bad}{place}: error: " in result.stderr
    assert sentence in result.stderr
    assert [file.name for file in cards.iterdir()] == ["notes.yaml"]


def test_a_byte_order_mark_and_windows_line_ends_are_understood(text: Path, cards: Path) -> None:
    text.write_bytes("问：一？\r\n答：1\r\n2\r\n".encode("utf-8-sig"))
    assert run(text, "--to", cards).exit_code == 0
    assert "q: 一？\n  a: |-\n    1\n    2\n" in (cards / "notes.yaml").read_text(encoding="utf-8")


def test_a_deck_file_cannot_be_imported_as_a_text(cards: Path) -> None:
    cards.mkdir()
    deck = cards / "a.yaml"
    deck.write_text("- q: x\n  a: y\n")
    assert run(deck, "--to", cards).exit_code == 1
    assert deck.read_text() == "- q: x\n  a: y\n"


@pytest.mark.parametrize("arguments", [[], ["--to", "x"], ["gone.txt", "--to", "x"], [str(DOCUMENT)], ["."]])
def test_a_wrong_call_is_told_so(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_question_without_an_answer_makes_no_file(text: Path, cards: Path) -> None:
    text.write_text("Q: one?\n")
    result = run(text, "--to", cards)
    assert (result.exit_code, summary(result)) == (1, [])
    assert "this question has no answer, so it was left out" in result.stderr
    assert "no card was found here, read as questions and answers" in result.stderr
    assert not cards.exists()


def test_a_table_is_read_in_its_encoding_and_says_so(tmp_path: Path, cards: Path) -> None:
    table = tmp_path / "单词.csv"
    table.write_bytes("正面,背面,标签\n猫,cat,动物\n狗,dog,动物\n".encode("gb18030"))
    result = run(table, "--to", cards)
    assert result.stdout == (
        f"{table}: read as a table (csv, GB18030)\n{cards}/单词.yaml: 2 notes added, 0 already there\n"
    )
    assert (cards / "单词.yaml").read_text(encoding="utf-8").startswith("- q: 猫\n  a: cat\n  id: ")
    assert summary(run(table, "--to", cards)) == [f"{cards}/单词.yaml: 0 notes added, 2 already there"]


def test_columns_encoding_and_format_may_be_named(tmp_path: Path, cards: Path) -> None:
    table = tmp_path / "words.txt"
    table.write_bytes("caf\xe9,n.,coffee,Drinks\n".encode("cp1252"))
    result = run(table, "--to", cards, "--format", "csv", "--encoding", "cp1252", "--map", "q=1,a=3,tags=4")
    assert (result.exit_code, summary(result)) == (0, [f"{cards}/words.yaml: 1 note added, 0 already there"])
    (note,) = load([cards]).notes
    assert (note.question, note.tags) == ("café", ("Drinks",))
    assert "these columns were left out: 2" in result.stderr


def test_a_missing_column_is_the_only_message(tmp_path: Path, cards: Path) -> None:
    table = tmp_path / "words.csv"
    table.write_text("front,back\na,b\n", encoding="utf-8")
    result = run(table, "--to", cards, "--map", "tags=Kind")
    assert (result.exit_code, result.stderr.count("error")) == (1, 1)
    assert f"{table}:1:1: error: there is no column Kind here; there are: front, back" in result.stderr


def test_each_deck_has_its_file(tmp_path: Path, cards: Path) -> None:
    table = tmp_path / "all.csv"
    table.write_text("q,a,deck\none?,1,\ntwo?,2,ml::sparse\nthree?,3,../x: y\n", encoding="utf-8")
    result = run(table, "--to", cards)
    assert summary(result) == [
        f"{cards}/all.yaml: 1 note added, 0 already there",
        f"{cards}/ml/sparse.yaml: 1 note added, 0 already there",
        f"{cards}/__x_ y.yaml: 1 note added, 0 already there",
    ]
    assert [(note.question, note.deck) for note in load([cards]).notes] == [
        ("three?", "../x: y"), ("one?", "all"), ("two?", "ml::sparse"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--format", "csv"], "no card was found here, read as a table"),
        (["--map", "q=1"], "--map has no effect on questions and answers"),
        (["--cloze", "bold"], "--cloze has no effect on questions and answers"),
        (["--format", "jsonl"], "no card was found here, read as JSON Lines"),
        (["--format", "obsidian"], "no card was found here, read as a note of Obsidian"),
    ],
)
def test_a_wish_that_does_not_fit_the_file_is_a_problem(
    text: Path, cards: Path, options: list[str], sentence: str
) -> None:
    result = run(text, "--to", cards, *options)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert not cards.exists()


def test_images_go_with_their_cards_and_a_missing_one_is_reported(tmp_path: Path, cards: Path) -> None:
    (tmp_path / "cell.png").write_bytes(b"PNG")
    text = tmp_path / "n.md"
    text.write_text("Q: Cell?\nA: ![](cell.png)\n\nQ: Leaf?\nA: ![](leaf.png)\n", encoding="utf-8")
    result = run(text, "--to", cards)
    assert result.exit_code == 0
    assert f"{text}:5:8: warning: no file leaf.png was found below {tmp_path}" in result.stderr
    assert (cards / "cell.png").read_bytes() == b"PNG"
    assert [problem.kind for problem in load([cards]).problems] == ["missing-media"]
    assert run(text, "--to", cards).stderr == ""


def test_notes_of_obsidian_go_to_the_decks_of_their_tags(tmp_path: Path, cards: Path) -> None:
    for name, text in (
        ("一.md", "#flashcards/生物\n细胞::单位\n"),
        ("二.md", "#flashcards/生物\nThe **leaf** is green\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(tmp_path / "一.md", tmp_path / "二.md", "--to", cards, "--cloze", "bold")
    assert result.stdout == (
        f"{tmp_path}/一.md: read as a note of Obsidian (obsidian)\n{cards}/生物.yaml: 1 note added, 0 already there\n"
        f"{tmp_path}/二.md: read as a note of Obsidian (obsidian)\n{cards}/生物.yaml: 1 note added, 0 already there\n"
    )
    assert [note.question for note in load([cards]).notes] == ["细胞", "The {{c1::leaf}} is green"]


@pytest.mark.parametrize(
    "options",
    [["--format", "x"], ["--map", "q"], ["--map", "x=1"], ["--map", ""], ["--encoding", "rot13"], ["--encoding", "x"]],
)
def test_impossible_options_are_usage_errors(text: Path, cards: Path, options: list[str]) -> None:
    assert run(text, "--to", cards, *options).exit_code == 2


def test_a_new_deck_file_names_the_script_of_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("问：什么是过拟合？\n答：对没见过的数据说不准。\n", encoding="utf-8")
    call("import", "a.txt", "--to", "cards")
    before = Path("cards/a.yaml").read_text(encoding="utf-8")
    assert before.startswith("language: zh-Hans\ncards:\n")
    Path("a.txt").write_text("問：什麼是過擬合？\n答：對沒見過的資料說不準。\n", encoding="utf-8")
    call("import", "a.txt", "--to", "cards")
    after = Path("cards/a.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.count("language") == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run(tmp_path / "pipe", "--to", tmp_path / "cards")
    assert (result.exit_code, "is a pipe; write what comes out of it to a file" in result.stderr) == (2, True)
