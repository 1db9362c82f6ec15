"""``duly add``: a card from the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.tui.terminal import Terminal

from duly.cards import Choice, Occlusion, derived_id
from duly.study.decks import read_decks

DULY = (sys.executable, "-c", "from duly.cli import main; main()")


@pytest.fixture(autouse=True)
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("cards").mkdir()
    return Path("cards")


def add(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DULY, "add", *arguments],
        stdin=subprocess.DEVNULL, text=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, timeout=60,
        check=False,
    )  # fmt: skip


def test_a_card_is_added_with_all_it_may_have(collection: Path) -> None:
    options = ("--wrong", "COO", "--wrong", "DIA", "--tag", "sparse", "--hint", "c", "--extra", "e", "--source", "s")
    run = add("--q", "Which is by rows?", "--a", "CSR", "--deck", "ml::sparse", *options)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"Added to {Path('cards/ml/sparse.yaml')}: Which is by rows?\n"
    (note,) = read_decks([collection]).notes
    assert (note.kind, note.id) == (Choice("Which is by rows?", "CSR", ("COO", "DIA")), derived_id("Which is by rows?"))
    assert (note.deck, note.tags, note.hint, note.extra, note.source) == ("ml::sparse", ("sparse",), "c", "e", "s")


def test_a_file_may_be_named_and_needs_no_folder_of_cards(tmp_path: Path) -> None:
    Path("cards").rmdir()
    assert add("--to", "mine.yaml", "--q", "a", "--a", "x").returncode == 0
    assert add("--to", "mine.yaml", "--q", "b", "--a", "x").returncode == 0
    assert [note.question for note in read_decks([tmp_path / "mine.yaml"]).notes] == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--q", "a"), "duly: a card needs an answer\n"),
        (("--q", "same", "--a", "y"), "duly: cards/d.yaml:1:3: this question is already there\n"),
        ((), "give the question with --q and the answer with --a"),
    ],
)
def test_a_card_that_cannot_be_added_is_an_error_and_nothing_is_written(
    arguments: tuple[str, ...], sentence: str, collection: Path
) -> None:
    (collection / "d.yaml").write_text("- {q: same, a: x}\n")
    run = add(*arguments)
    assert run.returncode == 2 and sentence in run.stderr
    assert [file.name for file in collection.iterdir()] == ["d.yaml"]


def test_on_a_terminal_it_asks_for_one_card_after_another(collection: Path) -> None:
    terminal = Terminal("add", "--deck", "d", environment={})
    terminal.shows("Question: ")
    terminal.press("注意力？\n\n")
    terminal.shows("Answer: ")
    terminal.press("first line\nsecond line\n\n")
    terminal.shows("Added to cards/d.yaml: 注意力？")
    terminal.shows("Question: ")
    terminal.press("no answer\n\n\n")
    terminal.shows("a card needs an answer")
    terminal.shows("Question: ")
    terminal.press("\n")
    terminal.close()
    (note,) = read_decks([collection]).notes
    assert (note.question, getattr(note.kind, "answer", "")) == ("注意力？", "first line\nsecond line")


def test_a_picture_is_added_with_its_regions_and_a_path_beside_the_file(collection: Path) -> None:
    (collection / "heart.png").write_bytes(b"picture")
    regions = ("--region", "1 rect .1 .1 .2 .2 = left atrium", "--region", "2 rect .5 .5 .2 .2")
    run = add("--image", "cards/heart.png", *regions, "--q", "Which part?", "--deck", "bio::heart")
    assert (run.returncode, run.stderr) == (0, "")
    (note,) = read_decks([collection]).notes
    assert note.place and note.place.file == collection / "bio" / "heart.yaml"
    assert note.kind == Occlusion("Which part?", "../heart.png", (regions[1], regions[3]))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--image", "cards/heart.png"), "a picture needs a region"),
        (("--q", "a", "--region", "1 rect .1 .1 .2 .2"), "a region its picture"),
        (("--image", "cards/heart.png", "--region", "1 rect .1"), "'1 rect .1' is not a region"),
        (("--image", "cards/heart.png", "--region", "1 rect 2 2 1 1"), "outside of the picture"),
        (("--image", "cards/heart.png", "--region", "1 rect .1 .1 .2 .2", "--a", "b"), "has no answer"),
        (("--image", "notes.yaml", "--region", "1 rect .1 .1 .2 .2"), "notes.yaml is not a picture"),
        (("--image", "other.png", "--region", "1 rect .1 .1 .2 .2"), "other.png lies outside of"),
    ],
)
def test_a_picture_that_cannot_be_asked_is_said_and_not_added(
    arguments: tuple[str, ...], sentence: str, collection: Path
) -> None:
    (collection / "heart.png").write_bytes(b"picture")
    Path("other.png").write_bytes(b"picture")
    Path("notes.yaml").write_bytes(b"cards: []")
    run = add(*arguments)
    assert run.returncode == 2 and sentence in run.stderr
    assert [file.name for file in collection.iterdir()] == ["heart.png"]
