"""The documents say what is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import call
from textual.binding import Binding
from textual.dom import DOMNode

from duly.cards import Basic, Choice, Cloze, Reversed, Typed
from duly.cli.commands import COMMANDS
from duly.deckfile.load import load
from duly.tui.app import DulyApp
from duly.tui.keys import readable_keys
from duly.tui.screens.browse import Browse
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.exam import ExamScreen
from duly.tui.screens.first_run import FirstRun
from duly.tui.screens.new_card import NewCard
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.review import Review
from duly.tui.screens.rewording_question import RewordingScreen
from duly.tui.screens.select import Select
from duly.tui.screens.settings import SettingsScreen
from duly.tui.screens.statistics import StatisticsScreen
from duly.tui.screens.summary import Summary
from duly.tui.screens.text_page import TextPage

ROOT = Path(__file__).parent.parent
GUIDES = (ROOT / "README.md", ROOT / "docs" / "zh.md")


@pytest.mark.parametrize(
    "shown",
    [
        DulyApp,
        DecksScreen,
        Review,
        RewordingScreen,
        Summary,
        StatisticsScreen,
        ExamScreen,
        Browse,
        CardInfo,
        SettingsScreen,
        FirstRun,
        Select,
        Prompt,
        NewCard,
        TextPage,
    ],
)
def test_every_binding_is_in_the_list_of_keys(shown: type[DOMNode]) -> None:
    documented_keys = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8").splitlines()
    for binding in shown.BINDINGS:
        assert isinstance(binding, Binding)
        assert f"| `{binding.id}` | `{readable_keys(binding.key)}` | {binding.description} |" in documented_keys


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a Markdown file that are in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES)
def test_the_cards_that_a_guide_shows_are_cards(guide: Path, tmp_path: Path) -> None:
    decks = [block for block in blocks(guide, "yaml") if "cards:" in block or block.startswith("- q:")]
    for number, deck in enumerate(decks):
        (tmp_path / f"{number}.yaml").write_text(deck, encoding="utf-8")
    loaded = load([tmp_path])
    assert len(decks) == 2
    assert loaded.problems == ()
    assert {type(note.kind) for note in loaded.notes} == {Basic, Reversed, Typed, Choice, Cloze}


def test_the_chinese_guide_shows_no_command_that_the_readme_does_not() -> None:
    english, chinese = [
        [line.partition("#")[0].rstrip() for block in blocks(guide, "sh") for line in block.splitlines()]
        for guide in GUIDES
    ]
    assert chinese and [line for line in chinese if line not in english] == []


def test_the_chinese_guide_reads_the_text_it_shows(tmp_path: Path) -> None:
    [text] = blocks(GUIDES[1], "text")
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    assert call("import", tmp_path / "notes.txt", "--to", tmp_path / "cards").exit_code == 0
    assert [note.question for note in load([tmp_path / "cards"]).notes] == ["什么是泛化能力？"]


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"duly {name}" not in readme] == []


def test_the_readme_holds_the_two_commands_that_do_all_the_set_up() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install . && duly export cards -o gpt.apkg && duly quiz cards\n" in readme
    assert "pip install '.[test]' && pytest\n" in readme


@pytest.fixture(scope="module")
def movies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the moving pictures, made anew."""
    folder = tmp_path_factory.mktemp("movies")
    subprocess.run([sys.executable, ROOT / "docs" / "movie.py", folder], check=True)
    return folder


@pytest.mark.parametrize(
    ("file", "page", "words"),
    [
        ("movie.svg", "README.md", ("- q: What does CSR stand for?", "Compressed sparse row", "3 Good", "Done for")),
        ("movie.zh.svg", "docs/zh.md", ("- q: CSR 是什么的缩写？", "压缩稀疏行", "3 良好", "今天学完了")),
    ],
)
def test_the_moving_picture_is_small_and_shows_a_card_written_and_learned(
    file: str, page: str, words: tuple[str, ...], movies: Path
) -> None:
    for movie in (ROOT / "docs" / file, movies / file):
        text = movie.read_text(encoding="utf-8")
        assert len(text) < 20_000
        assert all(shown in text for shown in words)
    assert file in (ROOT / page).read_text(encoding="utf-8")
