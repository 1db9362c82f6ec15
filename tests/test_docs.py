"""The documents say what is so."""

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from duly.cli.commands import COMMANDS
from duly.tui.app import DulyApp
from duly.tui.keys import written
from duly.tui.screens.asker import Asker
from duly.tui.screens.browse import Browse
from duly.tui.screens.card_info import CardInfo
from duly.tui.screens.chooser import Chooser
from duly.tui.screens.decks import Decks
from duly.tui.screens.first_run import FirstRun
from duly.tui.screens.new_card import NewCard
from duly.tui.screens.reader import Reader
from duly.tui.screens.review import Review
from duly.tui.screens.reworded import Reworded
from duly.tui.screens.settings import SettingsScreen
from duly.tui.screens.statistics import StatisticsScreen
from duly.tui.screens.summary import Summary

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "shown",
    [
        DulyApp,
        Decks,
        Review,
        Reworded,
        Summary,
        StatisticsScreen,
        Browse,
        CardInfo,
        SettingsScreen,
        FirstRun,
        Chooser,
        Asker,
        NewCard,
        Reader,
    ],
)
def test_every_binding_is_in_the_list_of_keys(shown: type[DOMNode]) -> None:
    listed = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8").splitlines()
    for binding in shown.BINDINGS:
        assert isinstance(binding, Binding)
        assert f"| `{binding.id}` | `{written(binding.key)}` | {binding.description} |" in listed


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"duly {name}" not in readme] == []


def test_the_readme_holds_the_two_commands_that_do_all_the_set_up() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install . && duly export cards -o gpt.apkg && duly quiz cards\n" in readme
    assert "pip install '.[test]' && pytest\n" in readme
